"""What is different between two readings: what appeared, went and changed, and what either of them could not see."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from console.domain.evidence import Fact, Snapshot
from console.domain.refresh import Step, StepState
from console.domain.scope import Scope
from console.views.beside import as_cell
from console.views.events import EVENTS, Event
from console.views.inventory import InventoryRow, Listing, Told, rows_table
from console.views.names import count_words, kind_words, when_words
from console.views.sections import Heading
from console.views.table import Kind
from console.views.text import inert

APPEARED, WENT, CHANGED = "appeared", "went", "changed"
UNSEEN, FIRST_SEEN = "no longer seen", "not seen before"
_ORDER = (UNSEEN, WENT, APPEARED, CHANGED, FIRST_SEEN)
_MEANINGS = {
    UNSEEN: "the later reading could not look there, so nothing is known of it",
    FIRST_SEEN: "the earlier reading could not look there, so it may have been there",
}
_MEASURES = (
    EVENTS,
    "cloudwatch.",
    "ce.",
    "iam.service_last_accessed",
    "guardduty.finding_statistics",
    "console.",
)
"""Kinds that are never twice the same: counts, costs and events; they are no settings."""
_NO_VALUE = "nothing"
_MOST_MEMBERS = 60

HEADINGS = (
    Heading("what", "Difference"),
    Heading("kind", "What it is"),
    Heading("key", "Which", Kind.ARN),
    Heading("members", "What changed"),
    Heading("who", "Changed by"),
)
SUM_HEADINGS = (
    Heading("kind", "What it is"),
    Heading("appeared", "Appeared", Kind.NUMBER),
    Heading("went", "Went", Kind.NUMBER),
    Heading("changed", "Changed", Kind.NUMBER),
    Heading("unseen", "No longer seen", Kind.NUMBER),
    Heading("first", "Not seen before", Kind.NUMBER),
)
_ABOUT = (
    "Settings of the two readings side by side. Costs, counts and events are left out, because they are never twice the"
    " same. “Changed by” is the newest call after the earlier reading that CloudTrail has and that names the thing."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is not what it was."""

    what: str
    kind: str
    key: str
    scope: Scope
    before: Fact | None
    after: Fact | None

    @property
    def members(self) -> tuple[tuple[str, str, str], ...]:
        """The members of the answer that differ: path, before and after."""
        if self.before is None or self.after is None:
            return ()
        return tuple(_members("", self.before.payload, self.after.payload))


Stopped = Callable[[], bool]


def differences(before: Snapshot, after: Snapshot, stopped: Stopped = lambda: False) -> Iterator[Difference]:
    """Yield what differs, kind by kind; `stopped` is asked between them."""
    if before.refresh.content_root and before.refresh.content_root == after.refresh.content_root:
        return
    kinds = sorted({step.kind for snapshot in (before, after) for step in snapshot.steps()})
    for kind in kinds:
        if stopped():
            return
        if not kind.startswith(_MEASURES):
            yield from _of_kind(kind, before, after)


def comparison(
    before: Snapshot, after: Snapshot, names: Mapping[str, str], stopped: Stopped = lambda: False
) -> tuple[Listing, Listing]:
    """Build the differences, and their sums by account and kind."""
    found = sorted(differences(before, after, stopped), key=_rank)
    events: dict[tuple[str, str], list[Event]] = {}
    for event in map(Event.of, after.facts(EVENTS)):
        if event.writes and event.at >= before.refresh.started_at:
            events.setdefault((event.account_id, event.region), []).append(event)
    rows = [_row(each, names, events) for each in found]
    sentence = _sentence(before, after, found)
    listing = Listing(
        id="differences",
        title="Differences",
        about=_ABOUT,
        coverage=sentence,
        table=rows_table(HEADINGS, rows),
        stretch="members",
    )
    sums = Listing(
        id="sums",
        title="By account and kind",
        about=_ABOUT,
        coverage=sentence,
        table=rows_table(SUM_HEADINGS, _sums(found, names)),
        stretch="kind",
    )
    return listing, sums


def reading_words(finished_at: str, refresh_id: int, *, is_whole: bool) -> str:
    """Return a reading as people choose it.

    >>> reading_words("2026-11-23T09:14:00.000Z", 3, is_whole=False)
    'Refresh 3, 23 November 2026, 09:14 UTC (a part, the rest taken over)'
    """
    part = "" if is_whole else " (a part, the rest taken over)"
    return f"Refresh {refresh_id}, {when_words(finished_at)}{part}"


def _rank(each: Difference) -> tuple[int, str, Scope, str]:
    return (_ORDER.index(each.what), each.kind, each.scope, each.key)


def _of_kind(kind: str, before: Snapshot, after: Snapshot) -> Iterator[Difference]:
    old = {(fact.scope, fact.key): fact for fact in before.facts(kind)}
    new = {(fact.scope, fact.key): fact for fact in after.facts(kind)}
    was_seen, is_seen = _Sight(kind, before), _Sight(kind, after)
    for place in old.keys() | new.keys():
        earlier, later = old.get(place), new.get(place)
        if earlier is not None and later is not None:
            if earlier.payload == later.payload:
                continue
            what = CHANGED
        elif earlier is not None:
            what = WENT if is_seen.covers(*place) else UNSEEN
        else:
            what = APPEARED if was_seen.covers(*place) else FIRST_SEEN
        yield Difference(what=what, kind=kind, key=place[1], scope=place[0], before=earlier, after=later)


class _Sight:
    """What a reading could see of a kind."""

    def __init__(self, kind: str, snapshot: Snapshot) -> None:
        self._read = {step.scope for step in snapshot.steps(kind) if _is_read(step)}
        self._missed = {(gap.scope, gap.key) for gap in snapshot.gaps(kind)}

    def covers(self, scope: Scope, key: str) -> bool:
        """Tell whether a thing would have been seen if it had been there."""
        return scope in self._read and (scope, key) not in self._missed and (scope, "") not in self._missed


def _is_read(step: Step) -> bool:
    return step.state is StepState.READ


def _members(path: str, before: Any, after: Any) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401 - any JSON
    """Yield where two JSON values differ, objects member by member; lists and texts whole."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in sorted(before.keys() | after.keys()):
            below = f"{path}.{name}" if path else str(name)
            yield from _members(below, before.get(name), after.get(name))
    elif before != after:
        yield path, _value(before), _value(after)


def _value(value: Any) -> str:  # noqa: ANN401 - any JSON
    if value is None:
        return _NO_VALUE
    if isinstance(value, list):
        return inert(json.dumps(value, sort_keys=True, ensure_ascii=False))
    return str(as_cell(value))


def _row(
    each: Difference, names: Mapping[str, str], events: Mapping[tuple[str, str], Sequence[Event]]
) -> InventoryRow:
    account, region = each.scope.account_id, each.scope.region
    about = sorted(
        (event for event in events.get((account, region), ()) if event.is_about(account, region, each.key)),
        key=lambda event: event.at,
    )
    members = each.members
    said = ", ".join(inert(path) for path, _, _ in members) or _MEANINGS.get(each.what, "all of it")
    sides = [fact.sequence for fact in (each.before, each.after) if fact is not None]
    return InventoryRow(
        accounts=(account,),
        account=names.get(account, "") or account,
        regions=(region,),
        cells=(
            each.what,
            kind_words(each.kind),
            inert(each.key),
            said,
            about[-1].words if about else "CloudTrail does not say",
        ),
        evidence=(*sides, *(event.sequence for event in about)),
        is_gap=each.what in _MEANINGS,
        tell=partial(_tell, members, about),
    )


def _tell(members: Sequence[tuple[str, str, str]], about: Sequence[Event]) -> Iterator[Told]:
    for path, before, after in members[:_MOST_MEMBERS]:
        yield Told(inert(path), f"before: {before}\nafter: {after}", is_code=True)
    if len(members) > _MOST_MEMBERS:
        yield Told("More", f"{len(members) - _MOST_MEMBERS:,} more members differ; the evidence has them")
    if about:
        yield Told("Calls that name it", "\n".join(event.words for event in about))


def _sums(found: Iterable[Difference], names: Mapping[str, str]) -> Iterator[InventoryRow]:
    together: dict[tuple[str, str], list[Difference]] = {}
    for each in found:
        together.setdefault((each.scope.account_id, each.kind), []).append(each)
    for (account, kind), some in sorted(together.items()):
        counts = [
            sum(each.what == what for each in some) for what in (APPEARED, WENT, CHANGED, UNSEEN, FIRST_SEEN)
        ]
        facts = [fact for each in some for fact in (each.before, each.after) if fact is not None]
        yield InventoryRow(
            accounts=(account,),
            account=names.get(account, "") or account,
            regions=tuple(sorted({each.scope.region for each in some})),
            cells=(kind_words(kind), *counts),
            evidence=tuple(fact.sequence for fact in facts),
        )


def _sentence(before: Snapshot, after: Snapshot, found: Sequence[Difference]) -> str:
    counted = [(sum(each.what == what for each in found), what) for what in _ORDER]
    said = ", ".join(f"{count:,} {what}" for count, what in counted if count) or "No setting differs"
    gaps = [len(snapshot.gaps()) for snapshot in (before, after)]
    missed = ", ".join(
        f"{count_words(count, 'gap', 'gaps')} in the {which} reading"
        for count, which in zip(gaps, ("earlier", "later"), strict=True)
        if count
    )
    return f"{said}. {f'{missed}: what lies there is not compared.' if missed else 'Both were read whole.'}"
