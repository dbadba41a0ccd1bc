"""The findings table: what each control concluded, what asks for work first, and what people did about it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from console.controls.base import Control
from console.controls.duties import NO_DUTIES, Duties, Note
from console.controls.exceptions import Exempting, GrantedException
from console.controls.history import Course
from console.domain.finding import Finding, Identity, Severity, Verdict
from console.views.table import Column, Kind, Table
from console.views.text import inert

_OPEN = (Verdict.FAIL, Verdict.UNKNOWN)
_VERDICTS = {each: rank for rank, each in enumerate((*_OPEN, Verdict.PASS, Verdict.NOT_APPLICABLE))}
_SEVERITIES = {each: rank for rank, each in enumerate(Severity)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What people did about findings, and since when each is as it is."""

    duties: Duties = NO_DUTIES
    today: date = date.min
    courses: Mapping[Identity, Course] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One finding with the names that make it readable."""

    finding: Finding
    title: str
    """The control's; its id where this build has no such control."""
    account_name: str
    """Empty where the account's name is not known."""
    subject: str
    because: str
    exception: GrantedException | None = None
    """By which its failure is excepted; it stays a failure."""
    assigned_to: str = ""
    notes: tuple[Note, ...] = ()
    course: Course | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """Findings that share something, counted."""

    name: str
    counts: Mapping[Verdict, int]
    excepted: int
    evidence: tuple[int, ...]


FINDING_COLUMNS: tuple[Column[FindingRow], ...] = (
    Column("verdict", "Verdict", lambda row: row.finding.verdict.value, Kind.VERDICT),
    Column("severity", "Severity", lambda row: row.finding.severity.value, Kind.SEVERITY),
    Column("control", "Control", lambda row: row.finding.control_id),
    Column("title", "What should be true", lambda row: row.title),
    Column("account", "Account", lambda row: row.account_name or None),
    Column("account_id", "Account id", lambda row: row.finding.scope.account_id or None),
    Column("region", "Region", lambda row: row.finding.scope.region),
    Column("subject", "Subject", lambda row: row.subject, Kind.ARN),
    Column("because", "Because", lambda row: row.because),
)
DUTY_COLUMNS: tuple[Column[FindingRow], ...] = (
    Column("excepted", "Excepted", lambda row: inert(row.exception.words) if row.exception else "no"),
    Column("assigned", "Looked after by", lambda row: row.assigned_to or "nobody"),
    Column("notes", "Notes", lambda row: len(row.notes), Kind.NUMBER),
)


def _with_duties(row: FindingRow) -> str:
    said = [inert(row.exception.words)] if row.exception else []
    said += [f"{row.assigned_to} looks after it"] if row.assigned_to else []
    return f"{row.because} ({'; '.join(said)})" if said else row.because


WORK_COLUMNS: tuple[Column[FindingRow], ...] = (
    *FINDING_COLUMNS[:-1],
    Column("because", "Because", _with_duties),
)
"""For the screen: who accepted a failure and who looks after it stand with its reason."""
TIME_COLUMNS: tuple[Column[FindingRow], ...] = (
    Column("since", "So since", lambda row: row.course.since if row.course else None, Kind.TIME),
    Column("first_seen", "First seen", lambda row: row.course.first_seen if row.course else None, Kind.TIME),
)

GROUPS: Mapping[str, Callable[[FindingRow], str]] = {
    "Control": lambda row: f"{row.finding.control_id}  {row.title}",
    "Account": lambda row: row.account_name or row.finding.scope.account_id or "no account",
    "Region": lambda row: row.finding.scope.region,
    "Severity": lambda row: row.finding.severity.value,
    "Looked after by": lambda row: row.assigned_to or "nobody",
    "Subject": lambda row: row.subject,
}
GROUP_COLUMNS: tuple[Column[GroupRow], ...] = (
    Column("group", "Group", lambda row: row.name),
    Column("fail", "Failing", lambda row: row.counts[Verdict.FAIL], Kind.NUMBER),
    Column("excepted", "Of these excepted", lambda row: row.excepted, Kind.NUMBER),
    Column("unknown", "Unknown", lambda row: row.counts[Verdict.UNKNOWN], Kind.NUMBER),
    Column("pass", "Passing", lambda row: row.counts[Verdict.PASS], Kind.NUMBER),
    Column("not_applicable", "Not applicable", lambda row: row.counts[Verdict.NOT_APPLICABLE], Kind.NUMBER),
)
NO_WORK = Work()


def findings_table(
    findings: Iterable[Finding],
    controls: Iterable[Control],
    account_names: Mapping[str, str],
    work: Work = NO_WORK,
    columns: tuple[Column[FindingRow], ...] = FINDING_COLUMNS,
) -> Table[FindingRow]:
    """Build the table: what is failing or unknown comes first, by severity, so that neither hides the other."""
    titles = {control.id: control.title for control in controls}
    exempting = Exempting(work.duties.exceptions, work.today)
    rows = (_row(each, titles, account_names, work, exempting) for each in findings)
    return Table(columns, tuple(sorted(rows, key=_order)), evidence=_evidence)


def grouped(rows: Sequence[FindingRow], by: str) -> Table[GroupRow]:
    """Count findings by what they share: most failing, then most unknown, come first."""
    gathered: dict[str, list[FindingRow]] = {}
    for row in rows:
        gathered.setdefault(GROUPS[by](row), []).append(row)
    made = [_group(name, held) for name, held in gathered.items()]
    made.sort(
        key=lambda each: (-each.counts[Verdict.FAIL], -each.counts[Verdict.UNKNOWN], each.name.casefold())
    )
    return Table(GROUP_COLUMNS, tuple(made), evidence=lambda row: row.evidence)


def _row(
    finding: Finding,
    titles: Mapping[str, str],
    account_names: Mapping[str, str],
    work: Work,
    exempting: Exempting,
) -> FindingRow:
    identity = finding.identity
    assignment = work.duties.assignments.get(identity)
    return FindingRow(
        finding=finding,
        title=titles.get(finding.control_id, finding.control_id),
        account_name=account_names.get(finding.scope.account_id, ""),
        subject=inert(finding.subject),
        because=inert(finding.because),
        exception=exempting.of(finding),
        assigned_to=inert(assignment.to) if assignment else "",
        notes=work.duties.notes.get(identity, ()),
        course=work.courses.get(identity),
    )


def _group(name: str, rows: Sequence[FindingRow]) -> GroupRow:
    verdicts = [row.finding.verdict for row in rows]
    numbers = [number for row in rows if row.finding.verdict in _OPEN for number in row.finding.evidence]
    return GroupRow(
        name=name,
        counts={verdict: verdicts.count(verdict) for verdict in Verdict},
        excepted=sum(row.exception is not None for row in rows),
        evidence=tuple(dict.fromkeys(numbers)),
    )


def _evidence(row: FindingRow) -> tuple[int, ...]:
    """Return what a finding rests on, and after it what people did about it."""
    exception = row.exception.evidence if row.exception else ()
    return (*row.finding.evidence, *exception, *(note.sequence for note in row.notes))


def _order(row: FindingRow) -> tuple[bool, int, int, str, str, str, str]:
    finding = row.finding
    return (
        finding.verdict not in _OPEN,
        _SEVERITIES[finding.severity],
        _VERDICTS[finding.verdict],
        finding.control_id,
        finding.scope.account_id,
        finding.scope.region,
        finding.subject,
    )
