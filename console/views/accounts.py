"""The accounts: where each stands in the organisation, how it stands, and all that is known of one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from console.controls.base import Control
from console.domain.evidence import Snapshot
from console.domain.finding import Finding, Verdict
from console.domain.refresh import StepState
from console.views.everything import everything
from console.views.findings import FindingRow, findings_table
from console.views.names import account_names, kind_words, region_words
from console.views.organisation import Place, places
from console.views.owners import owners
from console.views.spending import BY_REGION, BY_SERVICE, Spend, charges, period_of, spend_by
from console.views.table import Column, Kind, Table
from console.views.text import inert
from console.views.topics import SHAPES, Topic, topic

UNPLACED = "Place in the organisation not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeNode:
    """The root, an organisational unit or an account, with what is below it."""

    id: str
    name: str
    kind: str
    """`root`, `organisational unit`, `account`, or `unplaced` for accounts under nothing that was read."""
    status: str
    """AWS's word for an account, such as ACTIVE or SUSPENDED; empty for what has none or was not read."""
    failures: int
    unknowns: int
    children: tuple["TreeNode", ...]
    evidence: tuple[int, ...]

    @property
    def is_suspended(self) -> bool:
        """Tell whether it is an account that AWS does not call active, which a refresh does not read."""
        return self.status not in ("", "ACTIVE")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTree:
    """The organisation as a tree."""

    roots: tuple[TreeNode, ...]
    notes: tuple[str, ...]
    """Which parts of the organisation could not be read; empty if all was."""
    evidence: tuple[int, ...]
    """The gaps that the notes rest on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """One account, how it stands and what of it could not be read."""

    account_id: str
    name: str
    status: str
    path: str
    """Names from the root down; empty where the place is not known."""
    verdicts: Mapping[Verdict, int]
    gaps: int
    evidence: tuple[int, ...]
    owner: str = ""
    """By the account's tags; empty where they were not read."""
    regions: tuple[str, ...] = ()
    """Where its use of Bedrock was billed, as far back as the bill was read."""
    spend: Decimal | None = None
    """What Bedrock cost it in the newest month on the bill; None where that is not known."""
    currency: str = ""


ACCOUNT_COLUMNS: tuple[Column[AccountRow], ...] = (
    Column("account", "Account", lambda row: row.name or None),
    Column("account_id", "Account id", lambda row: row.account_id, is_shown=False),
    Column("status", "Status", lambda row: row.status or None, is_shown=False),
    Column("path", "Place", lambda row: row.path or None, is_shown=False),
    Column("owner", "Owner", lambda row: row.owner or None),
    Column("fail", "Failing", lambda row: row.verdicts[Verdict.FAIL], Kind.NUMBER),
    Column("unknown", "Unknown", lambda row: row.verdicts[Verdict.UNKNOWN], Kind.NUMBER),
    Column("pass", "Passing", lambda row: row.verdicts[Verdict.PASS], Kind.NUMBER),
    Column("gaps", "Not read", lambda row: row.gaps, Kind.NUMBER),
    Column("spend", "Bedrock this month", lambda row: row.spend, Kind.MONEY),
    Column("currency", "Currency", lambda row: row.currency or None, is_shown=False),
    Column("regions", "Billed in", lambda row: ", ".join(map(region_words, row.regions)) or None),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """All that is known of one account."""

    account: AccountRow
    topics: tuple[Topic, ...]
    findings: Table[FindingRow]


def accounts_table(snapshot: Snapshot, findings: Iterable[Finding]) -> Table[AccountRow]:
    """Build one row for each account that was listed, planned or judged, those without findings included."""
    verdicts: dict[str, Counter[Verdict]] = {}
    for each in findings:
        verdicts.setdefault(each.scope.account_id, Counter())[each.verdict] += 1
    gaps = Counter(gap.scope.account_id for gap in snapshot.gaps())
    known = {each.key: each for each in snapshot.facts("organizations.account")}
    placed = _paths(places(snapshot))
    planned = {step.scope.account_id for step in snapshot.steps()}
    owned, bill = owners(snapshot), _Bills(snapshot)
    rows = (
        AccountRow(
            account_id=account_id,
            name=inert(known[account_id].payload.get("Name", "")) if account_id in known else "",
            status=inert(known[account_id].payload.get("Status", "")) if account_id in known else "",
            path=placed.get(account_id, ""),
            verdicts=verdicts.get(account_id, Counter[Verdict]()),
            gaps=gaps[account_id],
            evidence=(
                *((known[account_id].sequence,) if account_id in known else ()),
                *((owned[account_id].sequence,) if account_id in owned else ()),
                *bill.sequences(account_id),
            ),
            owner=owned[account_id].name if account_id in owned else "",
            regions=bill.regions(account_id),
            spend=bill.spend(account_id),
            currency=bill.currency,
        )
        for account_id in sorted((known.keys() | planned | verdicts.keys()) - {""})
    )
    return Table(ACCOUNT_COLUMNS, tuple(sorted(rows, key=_order)), evidence=lambda row: row.evidence)


class _Bills:
    """What the accounts' use of Bedrock cost in the newest month on the bill, and in which Regions it was billed."""

    def __init__(self, snapshot: Snapshot) -> None:
        found = charges(snapshot, BY_SERVICE)
        period = period_of(found)
        self.currency = period.currency
        self._month = period.now
        self._was_read = any(step.state is StepState.READ for step in snapshot.steps(BY_SERVICE))
        self._spends = spend_by(found, 0)
        self._regions = sorted(spend_by(charges(snapshot, BY_REGION), 0, 1))

    def spend(self, account_id: str) -> Decimal | None:
        """Return the amount; nothing for an account that is not on a bill that was read."""
        if not self._was_read:
            return None
        return self._spends.get((account_id,), Spend()).of(self._month) if self._month else Decimal(0)

    def regions(self, account_id: str) -> tuple[str, ...]:
        """Return the Regions."""
        return tuple(region for whose, region in self._regions if whose == account_id)

    def sequences(self, account_id: str) -> tuple[int, ...]:
        """Return the observations that the amounts rest on."""
        return tuple(self._spends.get((account_id,), Spend()).sequences)


def account_tree(snapshot: Snapshot, findings: Iterable[Finding]) -> AccountTree:
    """Build the tree; an account under nothing that was read still stands in it, and a gap is said."""
    rows = {row.account_id: row for row in accounts_table(snapshot, findings).rows}
    seen: set[str] = set()
    roots = tuple(_node(place, rows, seen) for place in places(snapshot))
    stray = tuple(_leaf(row) for account_id, row in rows.items() if account_id not in seen)
    if stray:
        roots = (*roots, _parent("", UNPLACED, "unplaced", stray, ()))
    gaps = [gap for gap in snapshot.gaps() if gap.kind.startswith("organizations.")]
    return AccountTree(
        roots=roots,
        notes=tuple(f"{kind_words(gap.kind)} could not be read: {gap.reason.value}" for gap in gaps),
        evidence=tuple(gap.sequence for gap in gaps),
    )


def account_page(
    snapshot: Snapshot, findings: Sequence[Finding], account_id: str, controls: Iterable[Control] = ()
) -> AccountPage:
    """Gather all that is known of one account, and its findings."""
    own = [each for each in findings if each.scope.account_id == account_id]
    rows = {row.account_id: row for row in accounts_table(snapshot, own).rows}
    nobody = AccountRow(
        account_id=account_id, name="", status="", path="", verdicts=Counter(), gaps=0, evidence=()
    )
    return AccountPage(
        account=rows.get(account_id, nobody),
        topics=(
            *(topic(shape, snapshot, account_id) for shape in SHAPES),
            everything(snapshot, account_id),
        ),
        findings=findings_table(own, controls, account_names(snapshot)),
    )


def _order(row: AccountRow) -> tuple[int, int, str, str]:
    return (-row.verdicts[Verdict.FAIL], -row.verdicts[Verdict.UNKNOWN], row.name.casefold(), row.account_id)


def _paths(found: Iterable[Place]) -> dict[str, str]:
    """Return each account's place as words; a deep tree is walked without recursion."""
    paths: dict[str, str] = {}
    waiting = [(place, "") for place in found]
    while waiting:
        place, above = waiting.pop()
        if place.kind == "account":
            paths.setdefault(place.id, above)
        below = f"{above} / {place.name}" if above else place.name
        waiting.extend((child, below) for child in place.children)
    return paths


def _node(place: Place, rows: Mapping[str, AccountRow], seen: set[str]) -> TreeNode:
    if place.kind == "account":
        seen.add(place.id)
        row = rows.get(place.id)
        return _leaf(row) if row else _parent(place.id, place.name, "account", (), place.evidence)
    children = tuple(_node(child, rows, seen) for child in place.children)
    return _parent(place.id, place.name, place.kind, children, place.evidence)


def _leaf(row: AccountRow) -> TreeNode:
    return TreeNode(
        id=row.account_id,
        name=row.name or row.account_id,
        kind="account",
        status=row.status,
        failures=row.verdicts[Verdict.FAIL],
        unknowns=row.verdicts[Verdict.UNKNOWN],
        children=(),
        evidence=row.evidence,
    )


def _parent(
    id_: str, name: str, kind: str, children: tuple[TreeNode, ...], evidence: tuple[int, ...]
) -> TreeNode:
    return TreeNode(
        id=id_,
        name=name,
        kind=kind,
        status="",
        failures=sum(child.failures for child in children),
        unknowns=sum(child.unknowns for child in children),
        children=children,
        evidence=evidence,
    )
