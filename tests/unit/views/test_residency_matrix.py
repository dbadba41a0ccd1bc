from dataclasses import replace
from typing import Any

from console.policy.bedrock import Profile
from console.policy.question import Answer, Fault
from console.policy.request import Result
from console.policy.residency import Ceiling, Crossing, Leg, Passage, Stop
from console.policy.truth import Leaf
from console.views.residency_matrix import Seen, details, matrix

HERE = "111122223333"
MODEL = "arn:aws:bedrock:{}::foundation-model/m"
ARN = f"arn:aws:bedrock:eu-west-2:{HERE}:inference-profile/eu.m"
PROFILE = Profile(
    arn=ARN, models=tuple(MODEL.format(each) for each in ("eu-west-2", "eu-west-1", "us-east-1"))
)
VPCE = Leaf("StringEquals", "aws:SourceVpce", ("vpce-1",), variables=False, source="p#1")
STOP = Stop(statement="p-1#London", level="ou-1", truth=True)
SEEN = Seen(
    names={HERE: "payments", "p-1": "london-only", "ou-1": "Workloads"},
    evidence={(HERE, ARN): (4,), (HERE, ""): (5,)},
    approved=("eu-west-2",),
)


def crossing(passage: Passage, legs: dict[str, Passage], **more: Any) -> Crossing:
    made = tuple(
        Leg(action="b:I", resource=MODEL.format(region), region=region, passage=each, who=0, stops=())
        for region, each in legs.items()
    )
    said = {"answers": (), "faults": (), "legs": made, **more}
    return Crossing(
        account=HERE, profile=PROFILE, outside=("eu-west-1", "us-east-1"), passage=passage, **said
    )


def test_each_region_says_whether_data_could_go_there() -> None:
    legs = {"eu-west-2": Passage.OPEN, "eu-west-1": Passage.OPEN, "us-east-1": Passage.OPEN_IF}
    table = matrix([crossing(Passage.OPEN_IF, legs)], [], [], SEEN)
    assert [column.title for column in table.columns[4:]] == ["eu-west-2, approved", "eu-west-1", "us-east-1"]
    (row,) = table.rows
    assert row.cells[4:] == ("stays", "can leave", "can leave, if")
    assert row.evidence == (4,)


def test_a_call_that_is_stopped_anywhere_goes_nowhere() -> None:
    legs = {"eu-west-1": Passage.OPEN, "us-east-1": Passage.STOPPED}
    (row,) = matrix([crossing(Passage.STOPPED, legs)], [], [], SEEN).rows
    assert row.cells[4:] == ("stays", "stopped", "stopped")
    assert not row.is_gap


def test_what_is_not_known_is_a_gap_and_comes_before_what_is_stopped() -> None:
    rows = matrix(
        [crossing(Passage.STOPPED, {}), crossing(Passage.NOT_KNOWN, {})],
        [],
        [("*", "organizations.policy: denied"), (HERE, "bedrock.inference_profile in x: denied")],
        SEEN,
    ).rows
    assert [row.is_gap for row in rows] == [True, True, True, False]
    assert rows[0].cells[2] == "the organisation as a whole"
    assert rows[1].evidence == (5,)
    assert rows[2].cells[5] == "not known"
    said = details(rows[1].about, SEEN, rows[1].evidence)
    assert said.cells() == [["not known", "not read: Inference profiles in x: denied"]]


def test_an_account_that_was_not_read_says_what_is_stopped_for_everybody() -> None:
    def unread(passage: Passage, stops: tuple[Stop, ...]) -> Ceiling:
        return Ceiling(
            account=HERE,
            reason="iam.role: denied",
            profile=ARN,
            destinations=("eu-west-2", "us-east-1"),
            outside=("us-east-1",),
            passage=passage,
            stops=stops,
        )

    other = crossing(Passage.OPEN, {"eu-west-1": Passage.OPEN})
    closed, open_, _ = matrix(
        [other], [unread(Passage.STOPPED, (STOP,)), unread(Passage.NOT_KNOWN, ())], [], SEEN
    ).rows
    assert closed.cells[4:] == ("stays", "no route", "stopped for everybody")
    assert (closed.is_gap, open_.is_gap) == (False, True)
    assert open_.cells[6] == "not known"
    assert [line.cells for line in details(closed.about, SEEN, (4,)).rows] == [
        ("not known", "who there is was not read: IAM roles: denied"),
        ("stop", "stopped by p-1#London at ou-1; that is london-only (p-1) at Workloads (ou-1)"),
    ]


def test_who_could_make_the_call_and_of_whom_it_is_not_known_is_said() -> None:
    answers = (
        Answer(principal="a", account=HERE, result=Result.ALLOWED, truth=True),
        Answer(principal="b", account=HERE, result=Result.ALLOWED_IF, truth=VPCE),
    )
    faults = (Fault(account=HERE, principal="", reason="the tree goes round"),)
    leg = Leg(
        action="b:I",
        resource="m",
        region="r",
        passage=Passage.OPEN,
        who=0,
        stops=(Stop(statement="q#1", level="r-1", truth=True),),
    )
    open_ = replace(crossing(Passage.OPEN, {}, answers=answers, faults=faults), legs=(leg,))
    assert [line.cells for line in details(open_, SEEN, ()).rows] == [
        ("can call", "a"),
        ("can call", "b, if aws:SourceVpce is vpce-1"),
        ("not known", f"payments ({HERE}): the tree goes round"),
        ("stop", "stopped by q#1 at r-1"),
    ]
    (nobody,) = details(crossing(Passage.STOPPED, {}), SEEN, ()).rows
    assert nobody.cells == ("nobody", "nobody in the account can make the whole call")
    assert details(None, SEEN, ()).rows == ()


def test_a_leg_that_was_not_asked_is_not_known() -> None:
    (row,) = matrix([crossing(Passage.OPEN, {})], [], [], SEEN).rows
    assert row.cells[4:] == ("stays", "not known", "not known")
