"""Everybody who could act on Bedrock: users and roles, what each can do there, and whose account was not read."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from console.domain.evidence import Fact, Payload, Snapshot
from console.domain.scope import Scope
from console.views.holdings import Held, Holdings, How
from console.views.names import account_names, kind_words
from console.views.table import Column, Kind, Table
from console.views.text import inert

SORTS: Mapping[str, str] = {"iam.user": "user", "iam.role": "role"}
_NEEDED = ("iam.user", "iam.role", "iam.group", "iam.policy")
"""What must be read whole before anybody in an account can be answered for."""
NEVER = "no use on record"
OUTSIDER = "outsider"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A user or a role as it was read; where an account was not, what stands in the place of its principals."""

    arn: str
    name: str
    sort: str
    """`user`, `role` or `outsider`; empty for what was not read."""
    account_id: str
    account_name: str
    last_used: str | None = None
    """When it last used a permission for Bedrock, or words; None where that was not read."""
    access_keys: int | None = None
    """Those that are active; None where they were not read."""
    api_keys: int | None = None
    evidence: tuple[int, ...] = ()
    missing: str = ""
    """What was not read, where it stands for that."""


@dataclass(frozen=True, slots=True)
class PrincipalRow:
    """A principal with what it can do."""

    person: Person
    held: tuple[Held, ...] | None
    """None where nobody has asked yet, or nobody could be asked about."""
    are_roles_followed: bool = True

    @property
    def is_gap(self) -> bool:
        """Tell whether this stands for what was not read."""
        return not self.person.sort

    @property
    def evidence(self) -> tuple[int, ...]:
        """What the row opens to."""
        return self.person.evidence

    def count(self, how: How) -> int | None:
        """Count the capabilities that it comes to in one way; None where that is not known."""
        if self.held is None or (how is How.THROUGH and not self.are_roles_followed):
            return None
        return sum(each.how is how for each in self.held)

    @property
    def powers(self) -> str | None:
        """What it can do, or what was not read, in words."""
        if self.held is None:
            return self.person.missing or None
        said = [
            each.capability.title if each.how is How.CAN else f"{each.capability.title} ({each.how.value})"
            for each in self.held
        ]
        return "; ".join(said) or "nothing that is asked about"


PRINCIPAL_COLUMNS: tuple[Column[PrincipalRow], ...] = (
    Column("name", "Principal", lambda row: row.person.name),
    Column("sort", "Sort", lambda row: row.person.sort or None),
    Column("account", "Account", lambda row: row.person.account_name or row.person.account_id),
    Column("can", "Can", lambda row: row.count(How.CAN), Kind.NUMBER),
    Column("if", "Can, if", lambda row: row.count(How.IF), Kind.NUMBER),
    Column("through", "By a role", lambda row: row.count(How.THROUGH), Kind.NUMBER),
    Column("powers", "What it can do", lambda row: row.powers),
    Column("last_used", "Bedrock last used", lambda row: row.person.last_used, Kind.TIME),
    Column("access_keys", "Access keys", lambda row: row.person.access_keys, Kind.NUMBER),
    Column("api_keys", "API keys", lambda row: row.person.api_keys, Kind.NUMBER),
    Column("account_id", "Account id", lambda row: row.person.account_id),
    Column("arn", "ARN", lambda row: inert(row.person.arn) or None, Kind.ARN),
)


def people(snapshot: Snapshot) -> tuple[Person, ...]:
    """Return every user and role that was read, after a stand-in for each account that was not read whole."""
    names = account_names(snapshot)
    used = {
        str(fact.payload.get("Arn", "")): last_use(fact.payload)
        for fact in snapshot.facts("iam.service_last_accessed")
    }
    access = _Keys(snapshot, "iam.access_key")
    api = _Keys(snapshot, "iam.service_specific_credential")
    found = [*_missed(snapshot, names)]
    for kind, sort in SORTS.items():
        for fact in snapshot.facts(kind):
            name = str(fact.payload.get("RoleName") or fact.payload.get("UserName") or fact.key)
            found.append(
                Person(
                    arn=fact.key,
                    name=inert(name),
                    sort=sort,
                    account_id=fact.scope.account_id,
                    account_name=names.get(fact.scope.account_id, ""),
                    last_used=used.get(fact.key, NEVER if fact.key in used else None),
                    access_keys=access.count(fact, sort),
                    api_keys=api.count(fact, sort),
                    evidence=(fact.sequence,),
                )
            )
    return tuple(found)


def last_use(payload: Payload) -> str:
    """Return when IAM last saw a permission for Bedrock used, or that it has no such use on record."""
    stamps = [str(each.get("LastAuthenticated") or "") for each in payload.get("ServicesLastAccessed", ())]
    return max(stamps, default="") or NEVER


class _Keys:
    """Counts the active keys of one sort by user."""

    def __init__(self, snapshot: Snapshot, kind: str) -> None:
        self._held = Counter(
            (fact.scope.account_id, str(fact.payload.get("UserName", "")))
            for fact in snapshot.facts(kind)
            if fact.payload.get("Status") == "Active"
        )
        self._read = {step.scope.account_id for step in snapshot.steps(kind)}
        self._read -= {gap.scope.account_id for gap in snapshot.gaps(kind)}

    def count(self, fact: Fact, sort: str) -> int | None:
        """Return how many a principal has; a role has none, whatever could be read."""
        if sort == SORTS["iam.role"]:
            return 0
        account = fact.scope.account_id
        name = str(fact.payload.get("UserName", ""))
        return self._held[account, name] if account in self._read else None


def _missed(snapshot: Snapshot, names: Mapping[str, str]) -> Iterator[Person]:
    """Yield each account of whose principals something was not read."""
    reasons: defaultdict[str, dict[str, None]] = defaultdict(dict)
    words: defaultdict[str, dict[str, None]] = defaultdict(dict)
    evidence: defaultdict[str, list[int]] = defaultdict(list)
    for kind in _NEEDED:
        for gap in snapshot.gaps(kind):
            account = gap.scope.account_id
            reasons[account][f"{kind_words(kind)} could not be read: {gap.reason.value}"] = None
            words[account][gap.reason.value] = None
            evidence[account].append(gap.sequence)
        planned = {step.scope for step in snapshot.steps(kind)}
        for fact in snapshot.facts("organizations.account"):
            if fact.payload.get("Status") == "ACTIVE" and Scope(fact.key) not in planned:
                reasons[fact.key][f"{kind_words(kind)}: not part of this refresh"] = None
                words[fact.key]["not part of this refresh"] = None
                evidence[fact.key].append(fact.sequence)
    for account in sorted(reasons):
        yield Person(
            arn="",
            name=f"Not read: {', '.join(words[account])}",
            missing="; ".join(reasons[account]),
            sort="",
            account_id=account,
            account_name=names.get(account, ""),
            evidence=tuple(dict.fromkeys(evidence[account])),
        )


def principals_table(
    found: Iterable[Person], holdings: Holdings | None = None, capability: str = ""
) -> Table[PrincipalRow]:
    """Build one row for each principal, who can most first; of one capability, those who come to it in any way."""
    known = tuple(found)
    rows = []
    for person in (*known, *_outsiders(known, holdings)):
        held = None if holdings is None or not person.sort else holdings.of(person.arn, person.account_id)
        if capability and held is not None:
            held = tuple(each for each in held if each.capability.id == capability)
        if held or not capability or held is None:
            rows.append(PrincipalRow(person, held, holdings is None or holdings.are_roles_followed))
    return Table(PRINCIPAL_COLUMNS, tuple(sorted(rows, key=_order)), evidence=lambda row: row.evidence)


def _outsiders(known: Iterable[Person], holdings: Holdings | None) -> Iterator[Person]:
    """Yield those outside the organisation who are let in by a role, with that role as the evidence."""
    if holdings is None or not holdings.outsiders:
        return
    by_arn = {each.arn: each for each in known}
    for start, role in holdings.outsiders.items():
        through = by_arn.get(role)
        yield Person(
            arn=start,
            name=inert(start),
            sort=OUTSIDER,
            account_id="",
            account_name="outside the organisation",
            access_keys=0,
            api_keys=0,
            evidence=through.evidence if through else (),
        )


def _order(row: PrincipalRow) -> tuple[bool, bool, int, int, int, str, str, str]:
    person = row.person
    counts = [-(row.count(how) or 0) for how in (How.CAN, How.IF, How.THROUGH)]
    return (
        not row.is_gap,
        row.held is not None,
        counts[0],
        counts[1],
        counts[2],
        person.account_name.casefold(),
        person.name.casefold(),
        person.arn,
    )
