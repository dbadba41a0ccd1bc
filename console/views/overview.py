"""The overview: how much was read, what it comes to, and what could not be seen."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from console.controls.base import Control
from console.domain.evidence import Gap, Snapshot
from console.domain.finding import Finding, Severity, Verdict
from console.domain.refresh import Refresh, RefreshState, StepState
from console.views.names import account_names, count_words, kind_words, region_words, when_words
from console.views.table import Column, Kind, Table
from console.views.text import inert

_SEVERITIES = {each: rank for rank, each in enumerate(Severity)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlRow:
    """One control with its verdicts counted."""

    control_id: str
    title: str
    severity: Severity
    counts: Mapping[Verdict, int]

    @property
    def is_open(self) -> bool:
        """Tell whether anything failed or could not be judged."""
        return bool(self.counts[Verdict.FAIL] or self.counts[Verdict.UNKNOWN])


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """One scope that could not be seen, or one thing of it."""

    what: str
    kind: str
    thing: str
    """What AWS calls the one thing; empty for the whole scope."""
    account_id: str
    account_name: str
    region: str
    reason: str
    words: str
    """AWS's own, made inert."""
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What an officer sees first."""

    state: str
    """One sentence: how much was read, when, and how much was not."""
    planned: int
    read: int
    gaps_count: int
    """Scopes that could not be read."""
    missed_count: int
    """Single things that could not be read, in scopes of which the rest was."""
    verdicts: tuple[tuple[Verdict, int], ...]
    """All four, in the order fail, unknown, pass, not applicable."""
    failures: tuple[tuple[Severity, int], ...]
    """Failures by severity, worst first, zeros kept."""
    unknowns: tuple[tuple[Severity, int], ...]
    """Unknown answers by the severity that a failure would have."""
    controls: Table[ControlRow]
    gaps: Table[GapRow]


VERDICT_ORDER = (Verdict.FAIL, Verdict.UNKNOWN, Verdict.PASS, Verdict.NOT_APPLICABLE)

CONTROL_COLUMNS: tuple[Column[ControlRow], ...] = (
    Column("control", "Control", lambda row: row.control_id),
    Column("title", "What should be true", lambda row: row.title),
    Column("severity", "Severity", lambda row: row.severity.value, Kind.SEVERITY),
    Column("fail", "Failing", lambda row: row.counts[Verdict.FAIL], Kind.NUMBER),
    Column("unknown", "Unknown", lambda row: row.counts[Verdict.UNKNOWN], Kind.NUMBER),
    Column("pass", "Passing", lambda row: row.counts[Verdict.PASS], Kind.NUMBER),
    Column("not_applicable", "Not applicable", lambda row: row.counts[Verdict.NOT_APPLICABLE], Kind.NUMBER),
)

GAP_COLUMNS: tuple[Column[GapRow], ...] = (
    Column("what", "What", lambda row: row.what),
    Column("thing", "Which of them", lambda row: row.thing or "all"),
    Column("account", "Account", lambda row: row.account_name or None),
    Column("account_id", "Account id", lambda row: row.account_id or None),
    Column("region", "Region", lambda row: row.region),
    Column("reason", "Reason", lambda row: row.reason),
    Column("words", "What AWS said", lambda row: row.words),
)


def overview(snapshot: Snapshot, findings: Sequence[Finding], controls: Iterable[Control]) -> Overview:
    """Build the overview of one refresh and its findings."""
    states = Counter(step.state for step in snapshot.steps())
    verdicts = Counter(each.verdict for each in findings)
    by_severity = Counter((each.verdict, each.severity) for each in findings)
    return Overview(
        state=state_sentence(snapshot.refresh, states, missed_count(snapshot)),
        planned=sum(states.values()),
        read=states[StepState.READ],
        gaps_count=states[StepState.GAP],
        missed_count=missed_count(snapshot),
        verdicts=tuple((each, verdicts[each]) for each in VERDICT_ORDER),
        failures=tuple((each, by_severity[Verdict.FAIL, each]) for each in Severity),
        unknowns=tuple((each, by_severity[Verdict.UNKNOWN, each]) for each in Severity),
        controls=controls_table(findings, controls),
        gaps=gaps_table(snapshot),
    )


def missed_count(snapshot: Snapshot) -> int:
    """Count the single things that could not be read."""
    return sum(bool(gap.key) for gap in snapshot.gaps())


def state_sentence(refresh: Refresh, states: Mapping[StepState, int], things: int = 0) -> str:
    """Say how much was read and when; what could not be read is said in the same breath."""
    planned = sum(states.values())
    said = f"{states.get(StepState.READ, 0):,} of {count_words(planned, 'scope', 'scopes')} read"
    if refresh.state is RefreshState.RUNNING:
        said += f" so far, started {when_words(refresh.started_at)}"
    elif refresh.state is RefreshState.CANCELLED:
        said += f", cancelled {when_words(refresh.finished_at)}"
    else:
        said += f", finished {when_words(refresh.finished_at)}"
    if not refresh.selection.is_whole:
        said += f"; only {refresh.selection} was read anew, the rest was carried over"
    missed = states.get(StepState.GAP, 0)
    pending = states.get(StepState.PENDING, 0)
    said += f"; {missed:,} could not be read"
    if things:
        said += f", nor could {count_words(things, 'thing', 'things')} within the others"
    return f"{said}, {pending:,} not yet tried" if pending else said


def controls_table(findings: Iterable[Finding], controls: Iterable[Control]) -> Table[ControlRow]:
    """Build one row for each control, those failing or unknown first, worst severity first."""
    counts: dict[str, Counter[Verdict]] = {}
    evidence: dict[str, list[int]] = {}
    for each in findings:
        counts.setdefault(each.control_id, Counter())[each.verdict] += 1
        evidence.setdefault(each.control_id, []).extend(each.evidence)
    rows = (
        ControlRow(
            control_id=each.id,
            title=each.title,
            severity=each.severity,
            counts=counts.get(each.id, Counter[Verdict]()),
        )
        for each in controls
    )
    ordered = sorted(rows, key=lambda row: (not row.is_open, _SEVERITIES[row.severity], row.control_id))
    opened = {control_id: tuple(sorted(set(listed))) for control_id, listed in evidence.items()}
    return Table(CONTROL_COLUMNS, tuple(ordered), evidence=lambda row: opened.get(row.control_id, ()))


def gaps_table(snapshot: Snapshot) -> Table[GapRow]:
    """Build one row for each scope, or thing of one, that could not be seen, in the order of the plan."""
    names = account_names(snapshot)
    rows = tuple(_gap_row(gap, names) for gap in snapshot.gaps())
    return Table(GAP_COLUMNS, rows, evidence=lambda row: (row.sequence,))


def _gap_row(gap: Gap, names: Mapping[str, str]) -> GapRow:
    return GapRow(
        what=kind_words(gap.kind),
        kind=gap.kind,
        thing=inert(gap.key),
        account_id=gap.scope.account_id,
        account_name=names.get(gap.scope.account_id, ""),
        region=region_words(gap.scope.region),
        reason=gap.reason.value,
        words=inert(gap.detail),
        sequence=gap.sequence,
    )
