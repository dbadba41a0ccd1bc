"""The organisation's policies: where each is attached, what comes from above, and what it comes to in an account."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from console.domain.evidence import Fact, Gap, Snapshot
from console.domain.scope import Scope
from console.views.lines import Headings, Line, lines_table
from console.views.names import kind_words
from console.views.organisation import Place
from console.views.organisation import places as tree
from console.views.table import Column, Kind, Table
from console.views.text import inert

SORTS: Mapping[str, str] = {
    "SERVICE_CONTROL_POLICY": "service control",
    "RESOURCE_CONTROL_POLICY": "resource control",
    "BEDROCK_POLICY": "Bedrock",
    "DECLARATIVE_POLICY_EC2": "declarative for EC2",
    "AISERVICES_OPT_OUT_POLICY": "AI services opt-out",
    "TAG_POLICY": "tag",
    "BACKUP_POLICY": "backup",
    "CHATBOT_POLICY": "chat applications",
    "SECURITYHUB_POLICY": "Security Hub",
}
LIMITS = ("SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY")
"""Those that AWS evaluates for each request."""
_ABOVE = (
    "organizations.root",
    "organizations.organizational_unit",
    "organizations.account",
    "organizations.child",
    "organizations.policy",
    "organizations.policy_target",
)
_EFFECTIVE = "organizations.effective_policy"
_ERRORS = "organizations.effective_policy_validation_error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A policy at a place."""

    id: str
    name: str
    sort: str
    """AWS's word for its type."""
    place: str
    description: str
    written: object
    evidence: tuple[int, ...]
    """The policy and its attachment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """The root, a unit or an account, with the policies that bind it."""

    id: str
    name: str
    sort: str
    depth: int
    own: tuple[Attached, ...]
    above: tuple[Attached, ...]
    """Those of the places above it, from the root down."""
    evidence: tuple[int, ...]
    is_gap: bool = False


_PLACES = {"organisational unit": "unit"}
PLACE_COLUMNS: tuple[Column[PlaceRow], ...] = (
    Column("name", "Organisation", lambda row: f"{'    ' * row.depth}{row.name}"),
    Column("own", "Here", lambda row: len(row.own), Kind.NUMBER),
    Column("above", "From above", lambda row: len(row.above), Kind.NUMBER),
    Column("sort", "Sort", lambda row: _PLACES.get(row.sort, row.sort)),
    Column("id", "Id", lambda row: row.id),
)


def places_table(snapshot: Snapshot) -> Table[PlaceRow]:
    """Build one row for each place, each below the one it is in; what of the tree was not read comes first."""
    attached = attachments(snapshot)
    rows = [_gap_row(gap) for kind in _ABOVE for gap in snapshot.gaps(kind)]
    for root in tree(snapshot):
        rows.extend(_walk(root, attached))
    return Table(PLACE_COLUMNS, tuple(rows), evidence=lambda row: row.evidence)


def _gap_row(gap: Gap) -> PlaceRow:
    return PlaceRow(
        id=inert(gap.scope.account_id),
        name=f"{kind_words(gap.kind)} could not be read: {gap.reason.value}",
        sort="",
        depth=0,
        own=(),
        above=(),
        evidence=(gap.sequence,),
        is_gap=True,
    )


def _walk(root: Place, attached: Mapping[str, tuple[Attached, ...]]) -> Iterator[PlaceRow]:
    """Yield a place and all below it, depth first; a deep tree is walked without recursion."""
    waiting: list[tuple[Place, int, tuple[Attached, ...]]] = [(root, 0, ())]
    while waiting:
        place, depth, above = waiting.pop()
        own = attached.get(place.id, ())
        yield PlaceRow(
            id=place.id,
            name=place.name,
            sort=place.kind,
            depth=depth,
            own=own,
            above=above,
            evidence=place.evidence,
        )
        waiting.extend((child, depth + 1, (*above, *own)) for child in reversed(place.children))


def attachments(snapshot: Snapshot) -> Mapping[str, tuple[Attached, ...]]:
    """Return the policies by the place to which they are attached."""
    policies = {
        str(fact.payload["PolicySummary"]["Id"]): fact for fact in snapshot.facts("organizations.policy")
    }
    found: defaultdict[str, list[Attached]] = defaultdict(list)
    for target in snapshot.facts("organizations.policy_target"):
        place = str(target.payload["TargetId"])
        found[place].append(_attached(policies.get(str(target.payload["PolicyId"])), target, place))
    return {place: tuple(sorted(each, key=_attached_order)) for place, each in found.items()}


def _attached(policy: Fact | None, target: Fact, place: str) -> Attached:
    if policy is None:
        id_ = inert(target.payload["PolicyId"])
        return Attached(
            id=id_,
            name=id_,
            sort="",
            place=place,
            description="it was not read",
            written=None,
            evidence=(target.sequence,),
        )
    summary = policy.payload["PolicySummary"]
    return Attached(
        id=str(summary["Id"]),
        name=inert(summary.get("Name") or summary["Id"]),
        sort=str(summary.get("Type", "")),
        place=place,
        description=inert(summary.get("Description") or ""),
        written=policy.payload.get("Content"),
        evidence=(policy.sequence, target.sequence),
    )


def _attached_order(each: Attached) -> tuple[int, str]:
    order = list(SORTS)
    return (order.index(each.sort) if each.sort in order else len(order), each.name.casefold())


def sort_words(sort: str) -> str:
    """Return a sort of policy in words; an unnamed one keeps AWS's own.

    >>> sort_words("SERVICE_CONTROL_POLICY"), sort_words("NEW_POLICY"), sort_words("")
    ('service control', 'NEW_POLICY', 'not known')
    """
    return SORTS.get(sort, inert(sort)) or "not known"


@dataclass(frozen=True, slots=True)
class WrittenHere:
    """A document to be shown beside its row."""

    title: str
    written: object
    policy: str = ""
    """The id of the policy whose document it is, where the engine can say what it prevents."""


_HEADINGS: Headings = (
    ("sort", "Sort", Kind.TEXT),
    ("policy", "Policy", Kind.TEXT),
    ("from", "Comes from", Kind.TEXT),
    ("says", "What it says of itself", Kind.TEXT),
)


def in_force_table(snapshot: Snapshot, row: PlaceRow, names: Mapping[str, str]) -> Table[Line]:
    """Return the policies that bind a place, its own and those from above; of an account also what they come to."""
    lines = [_in_force(each, row.id, names) for each in (*row.own, *reversed(row.above))]
    if row.sort == "account":
        lines += _effective(snapshot, Scope(row.id))
    return lines_table(_HEADINGS, lines)


def _in_force(each: Attached, here: str, names: Mapping[str, str]) -> Line:
    place = names.get(each.place) or inert(each.place)
    return Line(
        cells=(
            sort_words(each.sort),
            each.name,
            "here" if each.place == here else place,
            each.description,
        ),
        evidence=each.evidence,
        is_gap=each.written is None,
        about=None
        if each.written is None
        else WrittenHere(each.name, each.written, each.id if each.sort in LIMITS else ""),
    )


def _effective(snapshot: Snapshot, scope: Scope) -> Iterator[Line]:
    """Yield what policies that are added up come to in an account, and the errors that AWS found in them."""
    for kind in (_EFFECTIVE, _ERRORS):
        for gap in snapshot.gaps(kind, scope):
            words = f"could not be read: {gap.reason.value}"
            yield Line(cells=(kind_words(kind), words, "", ""), evidence=(gap.sequence,), is_gap=True)
    for fact in snapshot.facts(_EFFECTIVE, scope):
        sort = sort_words(str(fact.payload.get("PolicyType", "")))
        title = f"all {sort} policies together"
        yield Line(
            cells=(sort, title, "this account and all above it", "what AWS says they come to here"),
            evidence=(fact.sequence,),
            about=WrittenHere(title, fact.payload.get("PolicyContent")),
        )
    for fact in snapshot.facts(_ERRORS, scope):
        for error in fact.payload.get("EffectivePolicyValidationErrors", ()):
            words = f"{inert(error.get('ErrorMessage', ''))} ({inert(error.get('PathToError', ''))})"
            sort = sort_words(str(fact.payload.get("PolicyType", "")))
            cells = (sort, "AWS found an error", "this account and all above it", words)
            yield Line(cells=cells, evidence=(fact.sequence,))


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its id and what it is called."""

    id: str
    words: str


def policy_choices(snapshot: Snapshot) -> tuple[Choice, ...]:
    """Return the service and resource control policies that are attached somewhere."""
    counted: dict[str, tuple[Attached, int]] = {}
    for attached in attachments(snapshot).values():
        for each in attached:
            if each.sort in LIMITS:
                _, count = counted.get(each.id, (each, 0))
                counted[each.id] = (each, count + 1)
    found = [
        Choice(id_, f"{each.name}  ({sort_words(each.sort)}, attached {count:,} times)")
        for id_, (each, count) in counted.items()
    ]
    return tuple(sorted(found, key=lambda choice: choice.words.casefold()))


def place_choices(rows: Sequence[PlaceRow]) -> tuple[Choice, ...]:
    """Return the places to which a draft could be attached."""
    return tuple(Choice(row.id, f"{'    ' * row.depth}{row.name}") for row in rows if not row.is_gap)
