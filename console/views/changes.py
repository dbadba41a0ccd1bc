"""What changed between two readings, since when, and as far as CloudTrail says, by whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from console.controls.base import Control
from console.controls.history import Change, History
from console.domain.evidence import Snapshot
from console.domain.finding import Verdict
from console.views.events import EVENTS, Event
from console.views.table import Column, Kind, Table
from console.views.text import inert

ABSENT = "not there"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One finding that is not what it was."""

    change: Change
    before: str
    after: str
    title: str
    account_name: str
    because: str
    who: str
    """Who changed it and when, as CloudTrail has it; empty if it says nothing."""
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendRow:
    """What one refresh came to."""

    refresh_id: int
    finished_at: str
    counts: Mapping[Verdict, int]


CHANGE_COLUMNS: tuple[Column[ChangeRow], ...] = (
    Column("after", "Is now", lambda row: row.after, Kind.STATE),
    Column("before", "Was", lambda row: row.before, Kind.STATE),
    Column("control", "Control", lambda row: row.change.identity.control_id),
    Column("title", "What should be true", lambda row: row.title),
    Column("account", "Account", lambda row: row.account_name or row.change.identity.account_id or None),
    Column("region", "Region", lambda row: row.change.identity.region),
    Column("subject", "Subject", lambda row: inert(row.change.identity.subject), Kind.ARN),
    Column("because", "Because", lambda row: row.because),
    Column("who", "Changed by", lambda row: row.who or None),
)

TREND_COLUMNS: tuple[Column[TrendRow], ...] = (
    Column("refresh", "Refresh", lambda row: row.refresh_id, Kind.NUMBER),
    Column("finished", "Finished", lambda row: row.finished_at, Kind.TIME),
    Column("fail", "Failing", lambda row: row.counts[Verdict.FAIL], Kind.NUMBER),
    Column("unknown", "Unknown", lambda row: row.counts[Verdict.UNKNOWN], Kind.NUMBER),
    Column("pass", "Passing", lambda row: row.counts[Verdict.PASS], Kind.NUMBER),
    Column("not_applicable", "Not applicable", lambda row: row.counts[Verdict.NOT_APPLICABLE], Kind.NUMBER),
)


def changes_table(
    changed: Iterable[Change],
    snapshot: Snapshot,
    controls: Sequence[Control],
    names: Mapping[str, str],
    since: str,
) -> Table[ChangeRow]:
    """Build one row for each change, what became worse first; events count from `since` on."""
    titles = {control.id: control.title for control in controls}
    events = [Event.of(fact) for fact in snapshot.facts(EVENTS)]
    recent = [event for event in events if event.writes and event.at >= since]
    rows = [_row(change, titles, names, recent) for change in changed]
    rows.sort(key=lambda row: (_AFTER.index(row.after), row.change.identity))
    return Table(CHANGE_COLUMNS, tuple(rows), evidence=lambda row: row.evidence)


def trend_table(history: History) -> Table[TrendRow]:
    """Build one row for each reading, newest first."""
    rows = (
        TrendRow(refresh_id=each.refresh_id, finished_at=each.finished_at, counts=each.counts)
        for each in reversed(history.readings)
    )
    return Table(TREND_COLUMNS, tuple(rows))


def change_sentence(rows: Sequence[ChangeRow]) -> str:
    """Say in one line what changed."""
    if not rows:
        return "Nothing changed since the reading before."
    failing = sum(row.after == Verdict.FAIL.value for row in rows)
    mended = sum(row.before == Verdict.FAIL.value and row.after == Verdict.PASS.value for row in rows)
    lost = sum(row.after == Verdict.UNKNOWN.value for row in rows)
    said = ((failing, "began to fail"), (mended, "no longer fail"), (lost, "became unknown"))
    parts = [f"{count:,} {words}" for count, words in said if count]
    others = len(rows) - failing - mended - lost
    if others:
        parts.append(f"{others:,} changed otherwise")
    return f"{', '.join(parts)} since the reading before."


_AFTER = (
    *(each.value for each in (Verdict.FAIL, Verdict.UNKNOWN, Verdict.PASS, Verdict.NOT_APPLICABLE)),
    ABSENT,
)


def _row(
    change: Change, titles: Mapping[str, str], names: Mapping[str, str], events: Sequence[Event]
) -> ChangeRow:
    identity, after, before = change.identity, change.after, change.before
    about = sorted(
        (each for each in events if each.is_about(identity.account_id, identity.region, identity.subject)),
        key=lambda each: each.at,
    )
    numbers = (*(after.evidence if after else ()), *(each.sequence for each in about))
    return ChangeRow(
        change=change,
        before=before.verdict.value if before else ABSENT,
        after=after.verdict.value if after else ABSENT,
        title=titles.get(identity.control_id, identity.control_id),
        account_name=names.get(identity.account_id, ""),
        because=inert(after.because) if after else "it was not among the newest reading's findings",
        who=about[-1].words if about else "",
        evidence=numbers or (before.evidence if before else ()),
    )
