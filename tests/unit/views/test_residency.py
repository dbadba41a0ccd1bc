from dataclasses import replace

import pytest

from console.policy.bedrock import Profile
from console.policy.question import Answer, Fault
from console.policy.request import Result
from console.policy.residency import Crossing, Leg, Passage, Stop
from console.policy.truth import Leaf, Truth
from console.views.residency import crossing_as_json, crossings_in_words, verdict

ACCOUNT = "111122223333"
STEM = "arn:aws:bedrock:eu-west-1::foundation-model/m"
EU = Profile(arn=f"arn:aws:bedrock:eu-west-2:{ACCOUNT}:inference-profile/eu.m", models=(STEM,))
TAGGED = Leaf("StringEquals", "aws:PrincipalTag/team", ("risk",), variables=False, source="p#1")
WHOLE, PARTLY, NOTHING = (
    Stop(statement="regions#1", level="r-1", truth=True),
    Stop(statement="regions#2", level="ou-1", truth=TAGGED),
    Stop(statement="", level="ou-2", truth=True),
)


def leg(*stops: Stop) -> Leg:
    return Leg(
        action="bedrock:InvokeModel",
        resource=STEM,
        region="eu-west-1",
        passage=Passage.STOPPED,
        who=0,
        stops=stops,
    )


def answer(number: int, *, truth: Truth = True) -> Answer:
    result = Result.ALLOWED if truth is True else Result.ALLOWED_IF
    return Answer(principal=f"role-{number}", account=ACCOUNT, result=result, truth=truth)


CLOSED = Crossing(
    account=ACCOUNT,
    profile=EU,
    outside=("eu-west-1",),
    passage=Passage.STOPPED,
    legs=(leg(WHOLE),),
    answers=(),
    faults=(),
)
OPEN = replace(CLOSED, passage=Passage.OPEN, legs=(leg(PARTLY, NOTHING),))


def test_what_lets_data_leave_comes_first_with_who_and_by_which_profile() -> None:
    many = replace(OPEN, answers=tuple(answer(number) for number in range(7)))
    lines = list(crossings_in_words([CLOSED, many]))
    assert lines[0] == f"can leave to eu-west-1: {EU.name} in eu-west-2"
    assert lines[1:7] == [*(f"  by role-{number}" for number in range(5)), "  and by 2 more"]
    assert "  regions#2 at ou-1 stops it if aws:PrincipalTag/team is risk" in lines
    assert "  stopped at ou-2: no policy attached there allows it" in lines
    assert lines[-2:] == [
        f"cannot leave to eu-west-1: {EU.name} in eu-west-2",
        "  stopped by regions#1 at r-1",
    ]


def test_a_condition_on_who_can_is_said() -> None:
    lines = list(
        crossings_in_words([replace(OPEN, passage=Passage.OPEN_IF, answers=(answer(1, truth=TAGGED),))])
    )
    assert lines[0].startswith("can leave, if a condition holds")
    assert lines[1] == "  by role-1, if aws:PrincipalTag/team is risk"


def test_where_no_statement_stops_it_nobody_can_make_the_call() -> None:
    lines = list(crossings_in_words([replace(CLOSED, legs=(leg(),))]))
    assert lines[-1] == "  nobody can make the whole call"


def test_of_whom_it_is_not_known_is_said() -> None:
    faults = (
        Fault(account=ACCOUNT, principal="", reason="iam.role: denied"),
        Fault(account=ACCOUNT, principal="role-9", reason="a policy is not understood"),
    )
    lines = list(crossings_in_words([replace(CLOSED, passage=Passage.NOT_KNOWN, faults=faults)]))
    assert lines[0].startswith("not known")
    assert "  not known: everybody here: iam.role: denied" in lines
    assert "  not known: role-9: a policy is not understood" in lines


@pytest.mark.parametrize(
    ("models", "words"),
    [((STEM,), "stays in approved Regions"), ((), "not known: it names no model")],
)
def test_a_profile_that_leads_nowhere_else_stays(models: tuple[str, ...], words: str) -> None:
    assert verdict(replace(CLOSED, outside=(), profile=Profile(arn=EU.arn, models=models))) == words


def test_a_machine_reads_the_same() -> None:
    said = crossing_as_json(replace(OPEN, answers=(answer(1), answer(2, truth=TAGGED))))
    assert said["verdict"] == "can leave"
    assert ["residual" in each for each in said["principals"]] == [False, True]
    assert ["residual" in each for each in said["legs"][0]["stops"]] == [True, False]
