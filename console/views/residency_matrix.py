"""Whether data could leave, as a matrix: a row for each inference profile, a column for each Region it may route to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from console.policy.bedrock import region_of
from console.policy.request import Result
from console.policy.residency import Ceiling, Crossing, Passage, Stop
from console.views.conditions import condition_in_words
from console.views.lines import Line, lines_table
from console.views.names import account_words, unread_in_words
from console.views.residency import region_in_words, stop_in_words, verdict
from console.views.table import Cell, Kind, Table
from console.views.text import inert

NO_ROUTE = "no route"
_CELLS = {
    Passage.OPEN: "can leave",
    Passage.OPEN_IF: "can leave, if",
    Passage.STOPPED: "stopped",
    Passage.NOT_KNOWN: "not known",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What gives a matrix its names, its evidence and its approved Regions."""

    names: Mapping[str, str]
    """Of accounts and organisation policies."""
    evidence: Mapping[tuple[str, str], tuple[int, ...]]
    """By account and profile; by account and nothing for what was not read of it."""
    approved: Sequence[str]


def matrix(
    crossings: Sequence[Crossing],
    unread: Sequence[Ceiling],
    missing: Iterable[tuple[str, str]],
    seen: Seen,
) -> Table[Line]:
    """Return the matrix; what was not read comes first, then the profiles through which data could leave."""
    to = {region for each in crossings for region in each.profile.destinations}
    to |= {region for each in unread for region in each.destinations}
    regions = sorted(to, key=lambda region: (region not in seen.approved, region))
    headings = (
        ("verdict", "Data", Kind.TEXT),
        ("profile", "Inference profile", Kind.TEXT),
        ("account", "Account", Kind.TEXT),
        ("source", "Called in", Kind.TEXT),
        *((region, _heading(region, seen), Kind.TEXT) for region in regions),
    )
    lines = [
        Line(
            cells=("not known", "every profile there", _account(account, seen)),
            evidence=seen.evidence.get((account, ""), ()),
            is_gap=True,
            about=reason,
        )
        for account, reason in missing
    ]
    lines += [_unread(each, regions, seen) for each in unread]
    lines += [_crossing(each, regions, seen) for each in sorted(crossings, key=_order)]
    return lines_table(headings, lines)


def _heading(region: str, seen: Seen) -> str:
    words = region_in_words(region)
    return f"{words}, approved" if region in seen.approved else words


def _order(crossing: Crossing) -> tuple[int, str]:
    ranks = (Passage.OPEN, Passage.OPEN_IF, Passage.NOT_KNOWN, Passage.STOPPED)
    return (ranks.index(crossing.passage) if crossing.outside else len(ranks), crossing.account)


def _account(account: str, seen: Seen) -> str:
    return "the organisation as a whole" if account == "*" else account_words(account, seen.names)


def _crossing(crossing: Crossing, regions: Sequence[str], seen: Seen) -> Line:
    profile = crossing.profile
    return Line(
        cells=(
            verdict(crossing),
            inert(profile.name),
            _account(crossing.account, seen),
            profile.source,
            *(_cell(crossing, region, seen) for region in regions),
        ),
        evidence=seen.evidence.get((crossing.account, profile.arn), ()),
        is_gap=bool(crossing.outside) and crossing.passage is Passage.NOT_KNOWN,
        about=crossing,
    )


def _cell(crossing: Crossing, region: str, seen: Seen) -> str:
    if region not in crossing.profile.destinations:
        return NO_ROUTE
    if region in seen.approved:
        return "stays"
    legs = [leg for leg in crossing.legs if leg.region == region and leg.resource in crossing.profile.models]
    if crossing.passage is Passage.STOPPED:
        return _CELLS[Passage.STOPPED]
    passages = {leg.passage for leg in legs}
    return _CELLS[next((each for each in _CELLS if each in passages), Passage.NOT_KNOWN)]


def _unread(each: Ceiling, regions: Sequence[str], seen: Seen) -> Line:
    closed = each.passage is Passage.STOPPED
    said = "stopped for everybody" if closed else "not known"

    def cell(region: str) -> str:
        if region not in each.destinations:
            return NO_ROUTE
        return "stays" if region in seen.approved else said

    return Line(
        cells=(
            "cannot leave" if closed else "not known",
            inert(each.profile.rpartition("/")[2]),
            _account(each.account, seen),
            region_of(each.profile),
            *map(cell, regions),
        ),
        evidence=seen.evidence.get((each.account, each.profile), ()),
        is_gap=not closed,
        about=each,
    )


_DETAILS = (("what", "What", Kind.TEXT), ("words", "By whom, and what stops it", Kind.TEXT))
NO_DETAILS = lines_table(_DETAILS, ())


def details(about: object, seen: Seen, evidence: tuple[int, ...]) -> Table[Line]:
    """Return who could make a call through a profile, and every statement that stops it."""
    said: Iterable[tuple[Cell, ...]] = _of_crossing(about, seen) if isinstance(about, Crossing) else ()
    if isinstance(about, Ceiling):
        said = (("not known", f"who there is was not read: {unread_in_words(about.reason)}"),)
    elif isinstance(about, str):
        said = (("not known", f"not read: {unread_in_words(about)}"),)
    stops: tuple[Stop, ...] = getattr(about, "stops", ())
    lines = [Line(cells=each, evidence=evidence) for each in said]
    lines += [Line(cells=("stop", _stop(stop, seen)), evidence=evidence) for stop in stops]
    return lines_table(_DETAILS, lines)


def _of_crossing(crossing: Crossing, seen: Seen) -> Iterator[tuple[Cell, ...]]:
    for answer in crossing.answers:
        words = condition_in_words(answer.truth) if answer.result is Result.ALLOWED_IF else ""
        yield "can call", inert(f"{answer.principal}, if {words}" if words else answer.principal)
    if not crossing.answers and not crossing.faults:
        yield "nobody", "nobody in the account can make the whole call"
    for fault in crossing.faults:
        yield "not known", inert(f"{fault.principal or _account(fault.account, seen)}: {fault.reason}")


def _stop(stop: Stop, seen: Seen) -> str:
    """Return a stop with the policy's and the place's names before their ids."""
    policy = stop.statement.partition("#")[0]
    named = [f"{seen.names[each]} ({each})" for each in (policy, stop.level) if seen.names.get(each)]
    words = f"{stop_in_words(stop)}; that is {' at '.join(named)}" if named else stop_in_words(stop)
    return inert(words)
