"""Calls that ran outside the approved Regions: who made them, of which model, and where they ran."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.domain.evidence import Snapshot
from console.usage.dictionary import Query
from console.usage.sums import Sums
from console.views.events import EVENTS, Event
from console.views.hits import day_of, shown_words
from console.views.names import region_words
from console.views.table import Column, Kind, Table
from console.views.text import inert

LOG, TRAIL = "invocation log", "CloudTrail"
_CALLS = frozenset({"Converse", "ConverseStream", "InvokeModel", "InvokeModelWithResponseStream"})
_COLUMNS = ("account", "identity", "model", "profile", "region", "ran_in")


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayRow:
    """Calls of one identity to one model that ran in one Region."""

    account_id: str
    account: str
    identity: str
    model: str
    profile: str
    region: str
    ran_in: str
    calls: int
    last_day: str
    seen: str
    """In which record: the invocation log, or CloudTrail."""
    values: tuple[str, ...]
    """As the log has them, by which the single calls are found; none of CloudTrail's events."""
    evidence: tuple[int, ...] = ()
    """CloudTrail's events."""


AWAY_COLUMNS: tuple[Column[AwayRow], ...] = (
    Column("account", "Account", lambda row: row.account),
    Column("account_id", "Account id", lambda row: row.account_id, is_shown=False),
    Column("identity", "Who called", lambda row: row.identity, Kind.ARN),
    Column("model", "Model", lambda row: row.model),
    Column("region", "Called in", lambda row: row.region),
    Column("ran_in", "Ran in", lambda row: row.ran_in),
    Column("calls", "Calls", lambda row: row.calls, Kind.NUMBER),
    Column("last_day", "Last on", lambda row: row.last_day),
    Column("seen", "Seen in", lambda row: row.seen),
    Column("profile", "Inference profile", lambda row: row.profile, Kind.ARN, is_shown=False),
)


def away_rows(sums: Sums, approved: Iterable[str], names: Mapping[str, str]) -> tuple[AwayRow, ...]:
    """Return who had what run outside the approved Regions, most calls first."""
    near = frozenset(approved)
    last = sums.last_day_by(*_COLUMNS)
    return tuple(
        AwayRow(
            account_id=values[0],
            account=names.get(values[0]) or values[0],
            identity=inert(values[1]),
            model=shown_words("model", values[2]),
            profile=inert(values[3]),
            region=region_words(values[4]),
            ran_in=region_words(values[5]),
            calls=count,
            last_day=day_of(last[values]).isoformat(),
            seen=LOG,
            values=values,
        )
        for values, count in sums.calls_by(Query(), *_COLUMNS)
        if values[5] not in near
    )


def away_events(snapshot: Snapshot, approved: Iterable[str], names: Mapping[str, str]) -> tuple[AwayRow, ...]:
    """Return the same of the recent events that CloudTrail recorded, whether or not the calls were logged."""
    near = frozenset(approved)
    found: dict[tuple[str, str, str, str], list[Event]] = {}
    for fact in snapshot.facts(EVENTS):
        event = Event.of(fact)
        ran_in = event.answered_in or event.region
        if event.name in _CALLS and ran_in not in near:
            found.setdefault((event.account_id, event.who, event.region, ran_in), []).append(event)
    rows = [
        AwayRow(
            account_id=account,
            account=names.get(account) or account,
            identity=who,
            model="not said by CloudTrail",
            profile="",
            region=region_words(region),
            ran_in=region_words(ran_in),
            calls=len(events),
            last_day=max(event.at for event in events)[:10],
            seen=TRAIL,
            values=(),
            evidence=tuple(event.sequence for event in events),
        )
        for (account, who, region, ran_in), events in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.calls, row.account, row.identity)))


def away_table(rows: tuple[AwayRow, ...]) -> Table[AwayRow]:
    """Build the table."""
    return Table(AWAY_COLUMNS, rows, evidence=lambda row: row.evidence)
