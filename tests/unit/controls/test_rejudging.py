"""Whatever changes between two refreshes, judging only that gives what judging everything gives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.settings import PolicySettings
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict, assess_all
from console.controls.index import ACCOUNTS, ORGANISATION, REGIONS
from console.controls.rejudging import Judgement, judge
from console.domain.evidence import Fact, Gap, GapReason
from console.domain.refresh import Step, StepState
from console.domain.scope import Scope
from fakes import FakeSnapshot, gap, provenance

TOP = Scope("100000000000")
HOMES = [Scope("100000000001"), Scope("100000000002")]
PLACES = [Scope(home.account_id, region) for home in HOMES for region in ("eu-west-1", "eu-west-2")]
POLICY = PolicySettings()
DENIED = "denied"


@dataclass
class Ledger:
    """Numbers what refreshes say, as a store does: one number for each observation, the same words known again."""

    last: int = 0
    words: dict[object, int] = field(default_factory=dict)

    def snapshot(self, said: Mapping[tuple[str, Scope], Any], day: int) -> FakeSnapshot:
        facts: list[Fact] = []
        gaps: list[Gap] = []
        steps: list[Step] = []
        made = provenance(observed_at=f"2026-11-{day:02d}T09:00:00.000Z")
        for (kind, scope), content in sorted(said.items()):
            first = self.last + 1 if content else 0
            known = self.words.setdefault((kind, scope, repr(content)), first)
            if content == DENIED:
                self.last += 1
                gaps.append(replace(gap(kind, scope, GapReason.DENIED, self.last), provenance=made))
                steps.append(Step(kind, scope, StepState.GAP, 0, first=first, said=known))
                continue
            for key, value in content:
                self.last += 1
                facts.append(
                    Fact(kind=kind, key=key, scope=scope, payload=value, provenance=made, sequence=self.last)
                )
            steps.append(Step(kind, scope, StepState.READ, len(content), first=first, said=known))
        return Numbered(known=facts, missing=gaps, planned=steps)


@dataclass
class Numbered(FakeSnapshot):
    planned: Sequence[Step] = ()

    def steps(self, kind: str | None = None) -> Sequence[Step]:
        return [each for each in self.planned if kind in (None, each.kind)]


def opinions(question: Question, kind: str, limit: int) -> Iterator[Opinion]:
    for fact in question.facts(kind):
        verdict = Verdict.PASS if fact.payload["value"] <= limit else Verdict.FAIL
        yield Opinion(subject=fact.key, verdict=verdict, because=f"{fact.payload['value']}", evidence=(fact,))


def own(question: Question) -> Iterator[Opinion]:
    yield from opinions(question, "a.one", 1)


def setting(question: Question) -> Iterator[Opinion]:
    yield from opinions(question, "a.one", question.policy.api_key_days)


def elsewhere(question: Question) -> Iterator[Opinion]:
    """Looks at what another account holds, without resting on it."""
    there = question.at("a.two", PLACES[0], "k0")
    limit = there.payload["value"] if isinstance(there, Fact) else -1
    yield from opinions(question, "a.one", limit)


def everywhere(question: Question) -> Iterator[Opinion]:
    found = question.beyond("a.two")
    yield from opinions(question, "a.one", len(found.facts) - len(found.gaps))


def members(question: Question) -> Iterator[Opinion]:
    yield from opinions(question, "a.one", len(question.organisation_accounts) - 1)


def older(question: Question) -> Iterator[Opinion]:
    for fact in question.facts("a.one"):
        yield Opinion(
            subject=fact.key,
            verdict=Verdict.PASS,
            because=fact.provenance.observed_at,
            evidence=(fact,),
        )


def control(check: Any, grain: Grain, number: int, *reads: str, ages: bool = False) -> Control:
    return Control(
        id=f"BR-TST-{number:03}",
        title="t",
        severity=Severity.LOW,
        grain=grain,
        reads=reads,
        rationale="r",
        remedy="r",
        check=check,
        nothing=(Verdict.NOT_APPLICABLE, "nothing"),
        ages=ages,
    )


CONTROLS = [
    control(check, grain, number, *reads, ages=check is older)
    for number, (check, grain, *reads) in enumerate(
        (check, grain, *reads)
        for check, *reads in (
            (own, "a.one"),
            (setting, "a.one"),
            (elsewhere, "a.one", "a.two"),
            (everywhere, "a.one", "a.two"),
            (members, "a.one"),
            (older, "a.one"),
        )
        for grain in Grain
    )
]

contents = st.one_of(
    st.just(DENIED),
    st.lists(st.integers(0, 2), max_size=2).map(
        lambda values: [(f"k{at}", {"value": value}) for at, value in enumerate(values)]
    ),
)
estates = st.fixed_dictionaries(
    {},
    optional={
        **{(kind, place): contents for kind in ("a.one", "a.two") for place in PLACES},
        **{("a.one", home): contents for home in HOMES},
    },
)


def whole(said: Mapping[tuple[str, Scope], Any], *, accounts: int = 2) -> dict[tuple[str, Scope], Any]:
    """Put the organisation round it."""
    active = {"Status": "ACTIVE"}
    enabled = {"RegionOptStatus": "ENABLED"}
    return {
        **said,
        (ORGANISATION, TOP): [("o", {"MasterAccountId": TOP.account_id})],
        (ACCOUNTS, TOP): [(home.account_id, active) for home in HOMES[:accounts]],
        **{(REGIONS, home): [("eu-west-1", enabled), ("eu-west-2", enabled)] for home in HOMES},
    }


@given(
    then=estates,
    now=estates,
    kept=st.sets(st.integers(0, 20)),
    days=st.integers(30, 91),
    accounts=st.integers(1, 2),
)
def test_judging_what_changed_gives_what_judging_everything_gives(
    then: Mapping[tuple[str, Scope], Any],
    now: Mapping[tuple[str, Scope], Any],
    kept: set[int],
    days: int,
    accounts: int,
) -> None:
    ledger = Ledger()
    places = sorted({*then, *now})
    chosen = {place: then if at in kept else now for at, place in enumerate(places)}
    mixed = {place: of[place] for place, of in chosen.items() if place in of}
    first = judge(CONTROLS, ledger.snapshot(whole(then), 1), POLICY)
    policy = replace(POLICY, api_key_days=days)
    snapshot = ledger.snapshot(whole(mixed, accounts=accounts), 2)
    second = judge(CONTROLS, snapshot, policy, first)
    alone = judge(CONTROLS, snapshot, policy)
    assert second.findings == alone.findings == tuple(assess_all(CONTROLS, snapshot, policy))
    assert second.steps == alone.steps
    for control_id, grounds in alone.grounds.items():
        assert grounds.kinds <= second.grounds[control_id].kinds
        assert grounds.settings <= second.grounds[control_id].settings
    assert second.asked <= alone.asked


def judged(
    said: Mapping[tuple[str, Scope], Any], policy: PolicySettings = POLICY
) -> tuple[Ledger, Judgement]:
    ledger = Ledger()
    return ledger, judge(CONTROLS, ledger.snapshot(whole(said), 1), policy)


ONE = {
    **{("a.one", place): [("k0", {"value": 1})] for place in PLACES},
    **{("a.two", place): [("k0", {"value": 1})] for place in PLACES},
}


@pytest.mark.parametrize(
    ("changes", "asked_again"),
    [
        ({}, {"older"}),
        (
            {("a.one", PLACES[0]): [("k0", {"value": 2})]},
            {"own", "setting", "elsewhere", "everywhere", "members", "older"},
        ),
        ({("a.two", PLACES[3]): DENIED}, {"elsewhere", "everywhere", "older"}),
        ({("b.other", PLACES[0]): [("k0", {"value": 2})]}, {"older"}),
    ],
)
def test_only_those_are_asked_that_may_answer_otherwise(
    changes: Mapping[Any, Any], asked_again: set[str]
) -> None:
    ledger, first = judged(ONE)
    asked: set[str] = set()

    def noted(check: Any) -> Any:
        def ask(question: Question) -> Iterator[Opinion]:
            asked.add(check.__name__)
            yield from check(question)

        return ask

    spied = [replace(each, check=noted(each.check)) for each in CONTROLS]
    judge(spied, ledger.snapshot(whole({**ONE, **changes}), 2), POLICY, first)
    assert asked == asked_again


def test_one_changed_account_is_asked_about_and_no_other() -> None:
    ledger, first = judged(ONE)
    only = [each for each in CONTROLS if each.check is own]
    second = judge(only, ledger.snapshot(whole({**ONE, ("a.one", PLACES[0]): []}), 2), POLICY, first)
    assert second.asked == len(Grain)


def test_where_nobody_can_tell_what_changed_all_is_asked() -> None:
    ledger, first = judged(ONE)
    snapshot = ledger.snapshot(whole(ONE), 2)
    assert isinstance(snapshot, Numbered)
    snapshot.planned = [replace(each, said=None) for each in snapshot.planned]
    assert judge(CONTROLS, snapshot, POLICY, first).asked == first.asked


def test_a_control_that_was_not_asked_before_is_asked() -> None:
    ledger, first = judged(ONE)
    new = replace(CONTROLS[0], id="BR-TST-999")
    assert judge([new], ledger.snapshot(whole(ONE), 2), POLICY, first).asked == 1


def test_an_answer_whose_evidence_is_nowhere_is_given_anew() -> None:
    ledger, first = judged(ONE)
    lost = replace(first, findings=tuple(replace(each, evidence=(0,)) for each in first.findings))
    snapshot = ledger.snapshot(whole(ONE), 2)
    assert judge(CONTROLS, snapshot, POLICY, lost).findings == judge(CONTROLS, snapshot, POLICY).findings


def test_evidence_of_which_nobody_can_tell_whether_it_changed_is_judged_anew() -> None:
    """As of a refresh by a build that did not note it: the same place, the same state, another content."""
    ledger = Ledger()

    def unsaid(value: int, day: int) -> FakeSnapshot:
        said = {**ONE, ("a.one", PLACES[0]): [("k0", {"value": value})]}
        made = ledger.snapshot(whole(said), day)
        steps = [
            replace(each, said=None) if (each.kind, each.scope) == ("a.one", PLACES[0]) else each
            for each in made.steps()
        ]
        return replace(made, planned=steps)

    first = judge(CONTROLS, unsaid(1, 1), POLICY)
    now = unsaid(2, 2)
    assert judge(CONTROLS, now, POLICY, first).findings == judge(CONTROLS, now, POLICY).findings
