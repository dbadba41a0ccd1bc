"""What a control declares, and the verdict rules that hold for all of them alike."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from console.base.settings import PolicySettings
from console.domain.evidence import Fact, Gap, Snapshot
from console.domain.finding import Finding, Severity, Verdict
from console.domain.refresh import StepState
from console.domain.scope import Scope


class Grain(Enum):
    """What a control is asked about, one answer at a time."""

    ORGANISATION = "organisation"
    ACCOUNT = "account"
    REGION = "region"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a check thinks of one subject."""

    subject: str
    verdict: Verdict
    because: str
    evidence: tuple[Fact, ...]
    """Facts it rests on; never empty."""


@dataclass(frozen=True, slots=True)
class Question:
    """The evidence a check is handed: one account, Region or organisation, all of it read.

    A check is only asked where every kind that it reads was read to the end, so it need not (and cannot)
    handle missing evidence.
    """

    scope: Scope
    policy: PolicySettings
    _facts: dict[str, Sequence[Fact]] = field(repr=False)

    def facts(self, kind: str) -> Sequence[Fact]:
        """Return the facts of a declared kind within this question's scope."""
        return self._facts[kind]


Check = Callable[[Question], Iterable[Opinion]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A question with its metadata beside its logic."""

    id: str
    """`BR-<area>-<number>`, for ever: a changed question gets a new id."""
    title: str
    """What is true when it passes; no full stop."""
    severity: Severity
    grain: Grain
    reads: tuple[str, ...]
    """Kinds of fact; a gap in any of them makes the answer unknown."""
    rationale: str
    remedy: str
    """The change that makes it pass, in sentences."""
    check: Check
    nothing: tuple[Verdict, str]
    """The stated answer, with its reason, where all was read and `check` had no opinion."""
    references: tuple[str, ...] = ()
    """Addresses of AWS documentation, or names of standards' clauses."""


def assess(control: Control, snapshot: Snapshot, policy: PolicySettings) -> Iterator[Finding]:
    """Put `control` to every scope of its grain in the plan.

    Rules, the same for all controls: a gap, or a scope that was not planned, is `unknown` with the gap's
    reason, and the check is not asked; a scope without an opinion gets the control's stated answer.
    """
    for scope in _scopes(control, snapshot):
        missing = [gap for kind in control.reads for gap in _gaps(snapshot, kind, scope, control.grain)]
        if missing:
            yield from (_unknown(control, scope, gap) for gap in missing)
            continue
        unplanned = [kind for kind in control.reads if not _planned(snapshot, kind, scope, control.grain)]
        if unplanned:
            for kind in unplanned:
                yield _finding(control, kind, scope, Verdict.UNKNOWN, f"{kind} was not part of this refresh", ())
            continue
        facts = {kind: _facts(snapshot, kind, scope, control.grain) for kind in control.reads}
        opinions = tuple(control.check(Question(scope, policy, facts)))
        for opinion in opinions:
            evidence = tuple(fact.sequence for fact in opinion.evidence)
            yield _finding(control, opinion.subject, scope, opinion.verdict, opinion.because, evidence)
        if not opinions:
            verdict, because = control.nothing
            yield _finding(control, str(scope), scope, verdict, because, ())
