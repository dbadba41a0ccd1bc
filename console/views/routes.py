"""Who reaches Bedrock how: through a VPC endpoint or over the public one, and which Region answers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from console.controls.payload import said
from console.domain.evidence import Fact, Snapshot
from console.domain.scope import Scope
from console.views.beside import Beside
from console.views.events import EVENTS, Event
from console.views.inventory import InventoryRow, Listing, Told, coverage, missing_rows, rows_table
from console.views.names import count_words, when_words
from console.views.sections import Heading
from console.views.table import Kind
from console.views.text import inert

ENDPOINT = "ec2.vpc_endpoint"
PUBLIC, PRIVATE = "public endpoint", "VPC endpoint"
_BEDROCK = ".bedrock"
_KINDS = (ENDPOINT, EVENTS)
_CALLERS_SAID = 10

HEADINGS = (
    Heading("way", "Way"),
    Heading("through", "Through"),
    Heading("to", "Answered in"),
    Heading("crosses", "Other Region"),
    Heading("calls", "Calls seen", Kind.NUMBER),
    Heading("callers", "Callers", Kind.NUMBER),
    Heading("last", "Last seen", Kind.TIME),
)
_ABOUT = (
    "Calls are those that CloudTrail still had when the evidence was read; calls that it does not record are not in it."
    " A call without a VPC endpoint came over the public one. On an endpoint without calls nobody was seen."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A way from an account's Region to Bedrock in a Region."""

    scope: Scope
    account: str
    way: str
    through: str
    """The endpoint's id; empty for the public one."""
    to: str
    """The Region that answers; empty where it is not said."""
    calls: int
    callers: tuple[str, ...]
    last: str
    evidence: tuple[int, ...]

    @property
    def crosses(self) -> bool:
        """Tell whether another Region than the caller's answers."""
        return bool(self.to) and self.to != self.scope.region

    @property
    def words(self) -> str:
        """Return the route as a sentence."""
        way = f"the VPC endpoint {self.through}" if self.way == PRIVATE else "the public endpoint"
        there = f"Bedrock in {self.to}" if self.to else "Bedrock in a Region that is not said"
        crossing = ", another Region" if self.crosses else ""
        calls = count_words(self.calls, "call", "calls") if self.calls else "no call"
        return f"{self.account} in {self.scope.region} reaches {there}{crossing} through {way}: {calls} seen"


def is_bedrock(endpoint: Fact) -> bool:
    """Tell whether a VPC endpoint leads to Bedrock."""
    return _BEDROCK in str(endpoint.payload.get("ServiceName", ""))


def routes(snapshot: Snapshot, names: Mapping[str, str]) -> tuple[Route, ...]:
    """Return every route that was seen or is open, by account and Region."""
    endpoints = {fact.key: fact for fact in snapshot.facts(ENDPOINT) if is_bedrock(fact)}
    together: dict[tuple[Scope, str, str], list[Event]] = {}
    for event in map(Event.of, snapshot.facts(EVENTS)):
        own = endpoints.get(event.endpoint)
        leads = said(own.payload, "ServiceRegion") if own is not None else None
        to = event.answered_in or leads or event.region
        together.setdefault((Scope(event.account_id, event.region), event.endpoint, to), []).append(event)
    found = [_seen(*key, events, endpoints, names) for key, events in together.items()]
    used = {(route.scope.account_id, route.through) for route in found}
    found += [
        _open(fact, names) for fact in endpoints.values() if (fact.scope.account_id, fact.key) not in used
    ]
    return tuple(
        sorted(found, key=lambda route: (route.account.casefold(), route.scope, route.way, route.through))
    )


def routes_listing(snapshot: Snapshot, names: Mapping[str, str]) -> Listing:
    """Build the routes as a table, which is what a map of them says in words."""
    found = routes(snapshot, names)
    beside = Beside(snapshot, _KINDS)
    missing = missing_rows(_KINDS, len(HEADINGS), snapshot, beside, names)
    rows = [_row(route) for route in found]
    return Listing(
        id="routes",
        title="Who reaches Bedrock how",
        about=_ABOUT,
        coverage=f"{share_sentence(found)} {coverage(_KINDS, snapshot, rows)}",
        table=rows_table(HEADINGS, (*missing, *rows)),
        stretch="through",
    )


def share_sentence(found: Iterable[Route]) -> str:
    """Say which share of the calls came through endpoints, and how many crossed into another Region."""
    found = tuple(found)
    calls = sum(route.calls for route in found)
    if not calls:
        return "No call was seen."
    private = sum(route.calls for route in found if route.way == PRIVATE)
    crossing = sum(route.calls for route in found if route.crosses)
    return (
        f"{private * 100 // calls} % of {count_words(calls, 'call', 'calls')} came through VPC endpoints;"
        f" {count_words(crossing, 'call was', 'calls were')} answered in another Region."
    )


def calls_through(found: Iterable[Route]) -> dict[str, int]:
    """Return how many calls each VPC endpoint was seen to carry."""
    counted: dict[str, int] = {}
    for route in found:
        if route.way == PRIVATE:
            counted[route.through] = counted.get(route.through, 0) + route.calls
    return counted


def _seen(
    scope: Scope,
    endpoint: str,
    to: str,
    events: Sequence[Event],
    endpoints: Mapping[str, Fact],
    names: Mapping[str, str],
) -> Route:
    own = endpoints.get(endpoint)
    return Route(
        scope=scope,
        account=names.get(scope.account_id, "") or scope.account_id,
        way=PRIVATE if endpoint else PUBLIC,
        through=endpoint,
        to=to,
        calls=len(events),
        callers=tuple(sorted({event.who for event in events})),
        last=max(event.at for event in events),
        evidence=(*((own.sequence,) if own else ()), *(event.sequence for event in events)),
    )


def _open(endpoint: Fact, names: Mapping[str, str]) -> Route:
    account = endpoint.scope.account_id
    return Route(
        scope=endpoint.scope,
        account=names.get(account, "") or account,
        way=PRIVATE,
        through=inert(endpoint.key),
        to=inert(said(endpoint.payload, "ServiceRegion") or ""),
        calls=0,
        callers=(),
        last="",
        evidence=(endpoint.sequence,),
    )


def _row(route: Route) -> InventoryRow:
    return InventoryRow(
        accounts=(route.scope.account_id,),
        account=route.account,
        regions=(route.scope.region,),
        cells=(
            route.way,
            route.through or "the internet, or a path of AWS's that is not said",
            route.to or None,
            "yes" if route.crosses else "no",
            route.calls,
            len(route.callers),
            route.last or "never seen",
        ),
        evidence=route.evidence,
        tell=lambda: _tell(route),
        thing=route,
    )


def _tell(route: Route) -> Iterator[Told]:
    yield Told("In words", f"{route.words}.")
    if route.callers:
        more = len(route.callers) - _CALLERS_SAID
        lines = [*route.callers[:_CALLERS_SAID], *([f"and {more:,} more"] if more > 0 else [])]
        yield Told("Callers", "\n".join(lines))
    if route.last:
        yield Told("Last seen", when_words(route.last))
