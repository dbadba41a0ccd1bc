"""Questions say how far they are, can be stopped between accounts and roles, and are the command line's."""

import gc

import pytest

from big_organisation import big_organisation
from console.policy.bedrock import Profile
from console.policy.context import ABSENT, UNKNOWN, Value
from console.policy.exposure import LONDON
from console.policy.organisation import Organisation
from console.services.ask import Asked, organisation_of
from console.services.enquiry import (
    CallSaid,
    Given,
    KeySaid,
    StoppedError,
    traced,
    ways_into,
    who_can,
    who_has,
    with_routes,
)
from unit.ui.access_estate import ADMIN, CALLER, USER, access_snapshot


class Paced:
    def __init__(self, after: int = 10**9) -> None:
        self.left = after
        self.told: list[tuple[str, int, int]] = []

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0

    def tell(self, words: str, done: int = 0, of: int = 0) -> None:
        self.told.append((words, done, of))


def test_a_call_is_described_key_by_key() -> None:
    keys = (
        KeySaid("aws:TagKeys", Given.IS, "a"),
        KeySaid("aws:TagKeys", Given.IS, "b"),
        KeySaid("aws:SourceVpce", Given.OPEN),
        KeySaid("aws:SourceIp", Given.ABSENT),
    )
    call = CallSaid(action="bedrock:InvokeModel", keys=keys, guardrail="arn:g", bearer_token="SHORT_TERM")
    how = call.circumstances
    assert how.context.look_up("aws:TagKeys") == Value(("a", "b"), multivalued=True)
    assert how.context.look_up("aws:SourceVpce") is UNKNOWN
    assert how.context.look_up("aws:SourceIp") is ABSENT
    assert how.context.look_up("aws:Other") is UNKNOWN
    assert (how.guardrail, how.bearer_token) == ("arn:g", "SHORT_TERM")
    closed = CallSaid(action="a:B", rest=Given.ABSENT).circumstances
    assert closed.context.look_up("aws:Other") is ABSENT


def test_who_can_tells_how_far_it_is_and_who_can_become_one() -> None:
    pace = Paced()
    found = who_can(
        organisation_of(access_snapshot()),
        CallSaid(action="bedrock:PutAccountDataRetention"),
        pace,
        through_roles=True,
    )
    assert [each.principal for each in found.answers.found] == [ADMIN]
    assert {each.start for each in found.routes} >= {USER}
    assert [(done, of) for _, done, of in pace.told] == [(0, 2), (1, 2)]


def test_a_profile_that_was_seen_is_asked_leg_by_leg() -> None:
    asked = organisation_of(access_snapshot())
    (profile, *_) = asked.organisation.profiles("100000000002")
    assert isinstance(profile, Profile)
    found = who_can(
        asked, CallSaid(action="bedrock:Converse", resource=profile.arn), Paced(), through_roles=False
    )
    assert [each.resource for each in found.questions] == [profile.arn, *profile.models]


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_a_question_that_is_stopped_ends_and_the_next_is_answered(after: int) -> None:
    asked = organisation_of(access_snapshot())
    with pytest.raises(StoppedError):
        who_has(asked, Paced(after))
    direct = who_has(asked, Paced())
    held = {each.capability.id: each for each in direct}
    assert {each.principal for each in held["retention"].holders} == {ADMIN}
    assert held["retention"].routes == ()
    with pytest.raises(StoppedError):
        with_routes(asked, direct, Paced(after))
    followed = {each.capability.id: each for each in with_routes(asked, direct, Paced())}
    assert USER in {each.start for each in followed["retention"].routes}
    assert held["invoke-home"].capability.title.endswith(LONDON)


def test_the_ways_into_a_principal_are_followed_and_its_decision_traced() -> None:
    asked = organisation_of(access_snapshot())
    assert USER in {each.start for each in ways_into(asked, ADMIN, Paced())}
    assert ways_into(asked, CALLER, Paced()) == ()
    questions = CallSaid(action="bedrock:InvokeModel")
    found = who_can(asked, questions, Paced(), through_roles=False)
    trace, unseen = traced(asked, CALLER, found.questions[0])
    assert unseen == ()
    assert trace.layers[5].policies[0].source.endswith("policy/invoke")
    assert trace.layers[4].policies[0].written


def test_a_resource_whose_own_policy_was_not_read_is_said_with_the_answer_and_the_trace() -> None:
    asked = organisation_of(access_snapshot())
    key = "arn:aws:kms:eu-west-2:100000000002:key/k"
    found = who_can(asked, CallSaid(action="kms:Decrypt", resource=key), Paced(), through_roles=False)
    assert f"the policy of {key} was not read" in [each.reason for each in found.unseen]
    _, unseen = traced(asked, ADMIN, found.questions[0])
    assert [each.reason for each in unseen] == [f"the policy of {key} was not read"]


def test_one_question_is_stopped_between_two_accounts() -> None:
    asked = organisation_of(access_snapshot())
    call = CallSaid(action="bedrock:InvokeModel")
    with pytest.raises(StoppedError):
        who_can(asked, call, Paced(after=2), through_roles=False)
    assert len(who_can(asked, call, Paced(), through_roles=False).answers.found) == 3


def test_what_a_large_question_leaves_behind_is_passed_over_by_the_collector_of_garbage() -> None:
    gc.unfreeze()
    call = CallSaid(action="bedrock:GetGuardrail")
    try:
        who_can(organisation_of(access_snapshot()), call, Paced(), through_roles=False)
        assert gc.get_freeze_count() == 0
        large = Asked(Organisation(big_organisation(101)))
        who_can(large, call, Paced(), through_roles=False)
        assert gc.get_freeze_count() > len(large.organisation.principals)
        assert gc.isenabled()
    finally:
        gc.unfreeze()
