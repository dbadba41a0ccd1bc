from dataclasses import replace
from typing import Any

import pytest

from console.base.settings import PolicySettings
from console.controls.base import Control, Grain, Opinion, Question, assess, assess_all
from console.domain.evidence import GapReason
from console.domain.finding import Severity, Verdict
from console.domain.refresh import Step, StepState
from console.domain.scope import Scope
from fakes import LONDON, FakeSnapshot, fact, gap

POLICY = PolicySettings()
HERE = Scope(LONDON.account_id)
IRELAND = Scope(LONDON.account_id, "eu-west-1")
KIND, OTHER = "bedrock.guardrail", "iam.role"


def control(grain: Any = Grain.REGION, reads: Any = (KIND,), check: Any = None) -> Any:
    def agree(question: Any) -> Any:
        for each in question.facts(reads[0]):
            yield Opinion(subject=each.key, verdict=Verdict.PASS, because="seen", evidence=(each,))

    return Control(
        id="BR-XXX-001",
        title="It is so",
        severity=Severity.LOW,
        grain=grain,
        reads=reads,
        rationale="R.",
        remedy="R.",
        check=check or agree,
        nothing=(Verdict.NOT_APPLICABLE, "none"),
    )


class Steps(FakeSnapshot):
    """A snapshot whose plan is given as it is."""

    def steps(self, kind: Any = None) -> Any:
        return [each for each in self.empty if kind in (None, each.kind)]


def verdicts(found: Any) -> Any:
    return [(each.scope, each.verdict, each.because, each.evidence) for each in found]


def test_each_region_is_asked_about_alone() -> None:
    snapshot = FakeSnapshot(
        known=[fact(KIND, "a", {}, LONDON, 1)], missing=[gap(KIND, IRELAND, GapReason.THROTTLED, 2)]
    )
    assert verdicts(assess(control(), snapshot, POLICY)) == [
        (IRELAND, Verdict.UNKNOWN, "bedrock.guardrail could not be read in eu-west-1: throttled", (2,)),
        (LONDON, Verdict.PASS, "seen", (1,)),
    ]


def test_an_account_is_unknown_if_one_of_its_regions_is() -> None:
    snapshot = FakeSnapshot(known=[fact(KIND, "a", {}, LONDON, 1)], missing=[gap(KIND, IRELAND, sequence=2)])
    (found,) = assess(control(Grain.ACCOUNT), snapshot, POLICY)
    assert (found.scope, found.verdict, found.evidence) == (HERE, Verdict.UNKNOWN, (2,))


def test_an_account_sees_all_its_regions_and_no_other_account() -> None:
    stranger = Scope("999900001111", "eu-west-2")
    snapshot = FakeSnapshot(
        known=[
            fact(KIND, "a", {}, LONDON, 1),
            fact(KIND, "b", {}, IRELAND, 2),
            fact(KIND, "c", {}, stranger, 3),
        ]
    )
    found = list(assess(control(Grain.ACCOUNT), snapshot, POLICY))
    assert [(each.scope.account_id, each.subject) for each in found] == [
        (HERE.account_id, "b"),
        (HERE.account_id, "a"),
        ("999900001111", "c"),
    ]


def test_a_region_sees_its_accounts_own_kinds() -> None:
    snapshot = FakeSnapshot(known=[fact(OTHER, "r", {}, HERE, 1)], empty=[(KIND, LONDON)])
    (found,) = assess(control(reads=(OTHER,)), snapshot, POLICY)
    assert (found.scope, found.subject) == (LONDON, "r")


def test_an_organisation_is_asked_about_once() -> None:
    snapshot = FakeSnapshot(
        known=[fact("organizations.account", HERE.account_id, {"Status": "ACTIVE"}, HERE, 1)]
    )
    asked = control(Grain.ORGANISATION, ("organizations.account",))
    (found,) = assess(asked, snapshot, POLICY)
    assert (found.scope, found.verdict) == (HERE, Verdict.PASS)


def test_an_organisation_without_an_answer_rests_on_itself() -> None:
    snapshot = FakeSnapshot(
        known=[fact("organizations.organization", "o", {}, HERE, 4)], empty=[("organizations.policy", HERE)]
    )
    (found,) = assess(control(Grain.ORGANISATION, ("organizations.policy",)), snapshot, POLICY)
    assert (found.verdict, found.evidence) == (Verdict.NOT_APPLICABLE, (4,))


def test_an_unlisted_organisation_is_said() -> None:
    snapshot = FakeSnapshot(
        known=[fact(KIND, "a", {}, LONDON, 1)], missing=[gap("organizations.account", HERE, sequence=9)]
    )
    found = list(assess(control(), snapshot, POLICY))
    assert [(each.verdict, each.evidence) for each in found] == [
        (Verdict.UNKNOWN, (9,)),
        (Verdict.PASS, (1,)),
    ]


def test_nothing_planned_is_unknown_and_not_silence() -> None:
    (found,) = assess(control(), FakeSnapshot(), POLICY)
    assert (found.verdict, "not part of this refresh" in found.because) == (Verdict.UNKNOWN, True)


def test_an_active_account_that_was_not_planned_is_unknown_and_a_suspended_one_is_not_asked() -> None:
    snapshot = FakeSnapshot(
        known=[
            fact("organizations.account", "1", {"Status": "ACTIVE"}, HERE, 1),
            fact("organizations.account", "2", {"Status": "SUSPENDED"}, HERE, 2),
        ]
    )
    assert verdicts(assess(control(), snapshot, POLICY)) == [
        (Scope("1"), Verdict.UNKNOWN, "bedrock.guardrail was not part of this refresh", (1,))
    ]


def test_unread_regions_are_given_as_the_cause() -> None:
    snapshot = FakeSnapshot(missing=[gap("account.region", HERE, sequence=3)])
    (found,) = assess(control(), snapshot, POLICY)
    assert (found.scope, found.evidence) == (HERE, (3,))
    assert found.because.startswith("account.region could not be read: denied")


def test_an_absence_rests_on_the_regions_own_entry() -> None:
    region = fact("account.region", "eu-west-2", {"RegionOptStatus": "ENABLED"}, HERE, 5)
    (found,) = assess(control(), FakeSnapshot(known=[region], empty=[(KIND, LONDON)]), POLICY)
    assert (found.verdict, found.evidence) == (Verdict.NOT_APPLICABLE, (5,))


@pytest.mark.parametrize(
    ("state", "words"), [(StepState.PENDING, "not been read yet"), (StepState.GAP, "no reason was kept")]
)
def test_a_step_that_is_not_read_is_unknown(state: Any, words: Any) -> None:
    snapshot = Steps(empty=[Step(KIND, LONDON, state)])
    (found,) = assess(control(), snapshot, POLICY)
    assert found.verdict is Verdict.UNKNOWN
    assert words in found.because


def test_facts_beside_a_gap_are_not_believed() -> None:
    snapshot = FakeSnapshot(
        known=[fact(KIND, "a", {}, LONDON, 1)], missing=[gap(KIND, LONDON, GapReason.ERASED, 2)]
    )
    (found,) = assess(control(), snapshot, POLICY)
    assert found.verdict is Verdict.UNKNOWN


def test_a_check_cannot_read_what_its_control_did_not_declare() -> None:
    def peek(question: Question) -> Any:
        for reach in (question.beyond, question.facts):
            with pytest.raises(KeyError):
                reach(OTHER)
        with pytest.raises(KeyError):
            question.at(OTHER, HERE, "r")
        return ()

    assert list(assess(control(check=peek), FakeSnapshot(empty=[(KIND, LONDON)]), POLICY))


def test_evidence_is_named_once() -> None:
    def twice(question: Any) -> Any:
        found = question.facts(KIND)
        yield Opinion(subject="s", verdict=Verdict.FAIL, because="b", evidence=(*found, *found))

    (found,) = assess_all(
        (control(check=twice),), FakeSnapshot(known=[fact(KIND, "a", {}, LONDON, 1)]), POLICY
    )
    assert found.evidence == (1,)


def missed(key: Any = "b", sequence: int = 7) -> Any:
    return replace(gap(KIND, LONDON, sequence=sequence), key=key)


def test_a_thing_that_was_missed_is_unknown_and_the_others_are_judged() -> None:
    snapshot = FakeSnapshot(known=[fact(KIND, "a", {}, LONDON, 1)], missing=[missed()])
    assert [(each.subject, *verdict) for each, verdict in zip(*twice(snapshot), strict=True)] == [
        ("b", LONDON, Verdict.UNKNOWN, "bedrock.guardrail could not be read of it: denied", (7,)),
        ("a", LONDON, Verdict.PASS, "seen", (1,)),
    ]


def twice(snapshot: Any) -> Any:
    found = list(assess(control(), snapshot, POLICY))
    return found, verdicts(found)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_what_is_said_of_a_whole_scope_is_unknown_where_a_thing_was_missed(verdict: Any) -> None:
    def check(question: Any) -> Any:
        evidence = question.facts(KIND)
        yield Opinion(subject=str(question.scope), verdict=verdict, because="one is there", evidence=evidence)

    snapshot = FakeSnapshot(known=[fact(KIND, "a", {}, LONDON, 1)], missing=[missed()])
    found = list(assess(control(check=check), snapshot, POLICY))
    assert [(each.subject, each.verdict) for each in found] == [
        ("b", Verdict.UNKNOWN),
        (str(LONDON), Verdict.UNKNOWN),
    ]
    assert found[1].because == "not all of it could be seen; of what was, one is there"
    assert found[1].evidence == (1, 7)


def test_where_only_missed_things_are_the_stated_answer_is_not_given() -> None:
    snapshot = FakeSnapshot(missing=[missed()])
    assert [each.verdict for each in assess(control(), snapshot, POLICY)] == [Verdict.UNKNOWN]


def test_a_check_sees_that_a_thing_was_missed() -> None:
    seen = []

    def check(question: Any) -> Any:
        seen.extend(question.at(KIND, LONDON, key) for key in "abc")
        return ()

    one, other = fact(KIND, "a", {}, LONDON, 1), missed()
    list(assess(control(check=check), FakeSnapshot(known=[one], missing=[other]), POLICY))
    assert seen == [one, other, None]


def test_an_account_that_was_missed_leaves_the_list_unknown() -> None:
    listed = fact("organizations.account", HERE.account_id, {"Status": "ACTIVE"}, HERE, 1)
    lost = replace(gap("organizations.account", HERE, sequence=9), key="2")
    snapshot = FakeSnapshot(known=[listed, fact(KIND, "a", {}, LONDON, 2)], missing=[lost])
    assert (Verdict.UNKNOWN, (9,)) in [
        (each.verdict, each.evidence) for each in assess(control(), snapshot, POLICY)
    ]
