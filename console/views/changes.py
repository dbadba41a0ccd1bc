"""What changed between two readings, since when, and as far as CloudTrail says, by whom."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.controls.base import Control
from console.controls.history import Change, History
from console.domain.evidence import Fact, Snapshot
from console.domain.finding import Identity, Verdict
from console.views.names import when_words
from console.views.table import Column, Kind, Table
from console.views.text import inert

EVENTS = "cloudtrail.bedrock_event"
ABSENT = "not there"
_TELLING = 6
"""Characters that the last part of a subject must have to be looked for in an event."""


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
    events = [_Event.of(fact) for fact in snapshot.facts(EVENTS)]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    name: str
    at: str
    who: str
    account_id: str
    region: str
    writes: bool
    text: str
    """All of it, for finding a subject in it."""
    sequence: int

    @classmethod
    def of(cls, fact: Fact) -> "_Event":
        said = fact.payload
        inner = _object(said.get("CloudTrailEvent")) or dict(said)
        identity = inner.get("userIdentity")
        arn = identity.get("arn", "") if isinstance(identity, dict) else ""
        read = inner.get("readOnly", said.get("ReadOnly", False))
        return cls(
            name=inert(inner.get("eventName") or said.get("EventName") or ""),
            at=str(inner.get("eventTime") or said.get("EventTime") or ""),
            who=inert(arn or said.get("Username") or "somebody unnamed"),
            account_id=fact.scope.account_id,
            region=str(inner.get("awsRegion") or fact.scope.region),
            writes=str(read).lower() != "true",
            text=json.dumps(inner, default=str),
            sequence=fact.sequence,
        )

    def is_about(self, identity: Identity) -> bool:
        """Tell whether it happened in the finding's place and names its subject."""
        if (self.account_id, self.region) != (identity.account_id, identity.region):
            return False
        last = identity.subject.rpartition("/")[2].partition(":")[0]
        return identity.subject in self.text or (len(last) >= _TELLING and last in self.text)


def _object(text: object) -> dict[str, Any] | None:
    """Return the event that CloudTrail hands over as a text of JSON; None if there is none."""
    if isinstance(text, dict):
        return text
    try:
        read = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return read if isinstance(read, dict) else None


def _row(
    change: Change, titles: Mapping[str, str], names: Mapping[str, str], events: Sequence[_Event]
) -> ChangeRow:
    identity, after, before = change.identity, change.after, change.before
    about = sorted((each for each in events if each.is_about(identity)), key=lambda each: each.at)
    numbers = (*(after.evidence if after else ()), *(each.sequence for each in about))
    return ChangeRow(
        change=change,
        before=before.verdict.value if before else ABSENT,
        after=after.verdict.value if after else ABSENT,
        title=titles.get(identity.control_id, identity.control_id),
        account_name=names.get(identity.account_id, ""),
        because=inert(after.because) if after else "it was not among the newest reading's findings",
        who=f"{about[-1].who}, {about[-1].name}, {_when(about[-1].at)}" if about else "",
        evidence=numbers or (before.evidence if before else ()),
    )


def _when(stamp: str) -> str:
    try:
        return when_words(stamp)
    except ValueError:
        return inert(stamp)
