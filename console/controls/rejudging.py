"""Judging anew only what may have changed since an earlier judgement; the answers are those of judging everything."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from console.base.settings import PolicySettings
from console.controls.base import Control, ask, scopes, unlisted
from console.controls.grounds import Grounds
from console.controls.index import ACCOUNTS, ORGANISATION, REGIONS, Grain, Index, is_of_organisation
from console.domain.evidence import Snapshot
from console.domain.finding import Finding
from console.domain.refresh import Step
from console.domain.scope import GLOBAL, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What controls concluded about one snapshot, with all that is needed to conclude the next one from it."""

    steps: Sequence[Step]
    """The snapshot's plan."""
    policy: PolicySettings
    findings: tuple[Finding, ...]
    grounds: Mapping[str, Grounds]
    """By control id, what its answers rest on besides the evidence of their own scopes."""
    asked: int = 0
    """How many questions were put; the other answers are an earlier judgement's."""


def judge(
    controls: Sequence[Control],
    snapshot: Snapshot,
    policy: PolicySettings,
    before: Judgement | None = None,
) -> Judgement:
    """Return what `assess_all` concludes, putting only those questions whose answers may differ from `before`.

    An earlier answer stands if every step that its question sees says what it said then, if the kinds that its
    control looked at elsewhere do too, if the settings it asked for are the same, and if it does not depend on when
    the evidence was read (`Control.ages`, where there is any). It is then given with the observations of this
    snapshot that say so. The earlier judgement must be one by the same controls: that their code is the same is for
    the caller to see to.
    """
    steps = tuple(snapshot.steps())
    index = Index(snapshot)
    earlier = _Earlier(before, steps, policy) if before else None
    if earlier is None or earlier.changes.anywhere((ACCOUNTS, ORGANISATION)):
        earlier = None
    findings: list[Finding] = []
    asked = 0
    noted: dict[str, Grounds] = {}
    for control in controls:
        standing = earlier if earlier and earlier.may_stand(control) else None
        if standing is None:
            index.read(control.reads)
        grounds = noted[control.id] = standing.grounds(control) if standing else Grounds()
        findings += unlisted(control, index)
        for scope in scopes(control.grain, index):
            answers = standing.answers(control, scope) if standing else ()
            if not answers:
                asked += 1
                answers = tuple(ask(control, scope, index, policy, grounds))
            findings += answers
    return Judgement(steps=steps, policy=policy, findings=tuple(findings), grounds=noted, asked=asked)


class _Places:
    """Kinds in scopes, seen as a question sees them."""

    def __init__(self, places: Iterable[tuple[str, Scope]]) -> None:
        self._scopes: defaultdict[str, set[Scope]] = defaultdict(set)
        for kind, scope in places:
            self._scopes[kind].add(scope)
        self._accounts = {kind: {scope.account_id for scope in of} for kind, of in self._scopes.items()}

    def anywhere(self, kinds: Iterable[str]) -> bool:
        """Tell whether any of the kinds is among them."""
        return any(kind in self._scopes for kind in kinds)

    def within(self, kinds: Iterable[str], scope: Scope, grain: Grain) -> bool:
        """Tell whether a question about `scope` sees any of the kinds in one of them; as `Index.within` sees it."""
        return any(kind in self._scopes and self._is_within(kind, scope, grain) for kind in kinds)

    def _is_within(self, kind: str, scope: Scope, grain: Grain) -> bool:
        if grain is Grain.ORGANISATION or is_of_organisation(kind):
            return True
        if grain is Grain.ACCOUNT:
            return scope.account_id in self._accounts[kind]
        return not self._scopes[kind].isdisjoint((scope, Scope(scope.account_id, GLOBAL)))


def _changed(then: Iterable[Step], now: Iterable[Step]) -> Iterator[tuple[str, Scope]]:
    """Yield the places of steps that do not say what they said, or of which nobody can tell."""
    said = {(step.kind, step.scope): (step.state, step.said) for step in then}
    for step in now:
        place = (step.kind, step.scope)
        if step.said is None or said.pop(place, None) != (step.state, step.said):
            yield place
    yield from said


class _Earlier:
    """An earlier judgement's answers, given with the numbers of this snapshot's observations."""

    def __init__(self, before: Judgement, now: Sequence[Step], policy: PolicySettings) -> None:
        self.changes = _Places(_changed(before.steps, now))
        self._filled = _Places((step.kind, step.scope) for step in now if step.facts)
        self._before = before
        self._settings = {
            name
            for name in PolicySettings.__dataclass_fields__
            if getattr(policy, name) != getattr(before.policy, name)
        }
        self._answers: defaultdict[tuple[str, Scope], list[Finding]] = defaultdict(list)
        for finding in before.findings:
            self._answers[finding.control_id, finding.scope].append(finding)
        found = {(step.kind, step.scope): step for step in now}
        self._firsts: list[int] = []
        self._moves: list[int | None] = []
        for step in sorted((each for each in before.steps if each.first), key=lambda each: each.first):
            same = found.get((step.kind, step.scope))
            self._firsts.append(step.first)
            self._moves.append(same.first - step.first if same and same.said == step.said else None)

    def may_stand(self, control: Control) -> bool:
        """Tell whether any answer of a control may stand."""
        known = self._before.grounds.get(control.id)
        return (
            known is not None
            and not self.changes.anywhere(known.kinds)
            and known.settings.isdisjoint(self._settings)
        )

    def grounds(self, control: Control) -> Grounds:
        """Return what the answers that may stand rest on."""
        known = self._before.grounds[control.id]
        return Grounds(set(known.kinds), set(known.settings))

    def answers(self, control: Control, scope: Scope) -> tuple[Finding, ...]:
        """Return the answers to a question if they stand; none if it must be put again."""
        if self.changes.within((*control.reads, REGIONS), scope, control.grain):
            return ()
        if control.ages and self._filled.within(control.reads, scope, control.grain):
            return ()
        held = self._answers.get((control.id, scope), ())
        moved = [[self._moved(number) for number in finding.evidence] for finding in held]
        numbers = [tuple(number for number in evidence if number is not None) for evidence in moved]
        if any(len(one) != len(other) for one, other in zip(moved, numbers, strict=True)):
            return ()
        return tuple(
            replace(finding, evidence=evidence) for finding, evidence in zip(held, numbers, strict=True)
        )

    def _moved(self, number: int) -> int | None:
        """Return the number of the observation that says here what `number` said there; None if none does."""
        at = bisect_right(self._firsts, number) - 1
        move = self._moves[at] if at >= 0 else None
        return None if move is None else number + move
