"""Who is in an organisation, and which documents stand around each: numbers of a library, nothing parsed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from console.policy.context import Context, Value
from console.policy.document import Form, PolicyError
from console.policy.library import Library
from console.policy.principals import Caller, caller_of

CALLERS_OWN = frozenset({"aws:principalarn", "aws:principalaccount", "aws:principalorgid"})
CALLERS_TAGS = "aws:principaltag/"


def is_callers(key: str) -> bool:
    """Tell whether a context key, in lower case, is the caller's own."""
    return key in CALLERS_OWN or key.startswith(CALLERS_TAGS)


@dataclass(frozen=True, slots=True)
class Attached:
    """Where a document is attached to a member."""

    where: str
    """In words."""
    source: str
    """The ARN of what holds it: a managed policy, the member itself, or a group."""


@dataclass(frozen=True, eq=False)
class Member:
    """One user or role."""

    arn: str
    account: str
    organisation: str
    held: Mapping[str, Any]
    documents: tuple[int, ...]
    """Inline, managed and of groups."""
    boundary: int | None
    fault: str = ""
    """Why not all documents are known; empty if they are."""

    @property
    def is_role(self) -> bool:
        """Whether it is a role, else a user."""
        return ":role/" in self.arn

    @property
    def service_linked(self) -> bool:
        """Whether it is a service-linked role."""
        return ":role/aws-service-role/" in self.arn

    @cached_property
    def caller(self) -> Caller:
        """The member as the principal of a request."""
        return caller_of(self.arn, Context())

    @cached_property
    def keys(self) -> dict[str, Value]:
        """The caller's own context keys."""
        own = {
            "aws:principalarn": Value((self.arn,), multivalued=False),
            "aws:principalaccount": Value((self.account,), multivalued=False),
            "aws:principalorgid": Value((self.organisation,), multivalued=False),
        }
        for tag, text in self.held.get("tags", {}).items():
            own[f"{CALLERS_TAGS}{tag}".lower()] = Value((str(text),), multivalued=False)
        return own


@dataclass(frozen=True, slots=True)
class Chain:
    """The levels from the root to an account, each with the documents attached there."""

    levels: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(slots=True)
class _Account:
    """An account while it is being read."""

    id: str
    raw: Mapping[str, Any]
    managed: dict[str, int] = field(default_factory=dict)
    groups: dict[str, tuple[int, ...]] = field(default_factory=dict)


class Members:
    """Everybody in an organisation, in the order of the snapshot."""

    def __init__(self, snapshot: Mapping[str, Any], library: Library) -> None:
        self._organisation: Mapping[str, Any] = snapshot["organisation"]
        self._accounts: Mapping[str, Any] = snapshot["accounts"]
        self._by_aws: Mapping[str, Any] = snapshot.get("aws_managed_policies", {})
        self._library = library
        self._attached: dict[tuple[str, ...], tuple[int, ...]] = {}
        self.by_arn: dict[str, Member] = {}
        self.of_account: dict[str, tuple[Member, ...]] = {}
        self.holding: defaultdict[int, list[Member]] = defaultdict(list)
        """The members that hold a document, other than as a boundary."""
        self.faulty: list[Member] = []
        """Those of whom not every document is known."""
        name = str(self._organisation["id"])
        self._chains: dict[tuple[str, str], Chain | None] = {}
        for account, raw in self._accounts.items():
            self.of_account[account] = tuple(self._read(_Account(account, raw), name))
            for sort in ("scps", "rcps"):
                with suppress(PolicyError):  # whoever asks about the account meets it again
                    self.chain(account, sort)

    def _read(self, account: _Account, organisation: str) -> Iterator[Member]:
        for arn, held in (*account.raw["users"].items(), *account.raw["roles"].items()):
            fault = ""
            documents: tuple[int, ...] = ()
            boundary = None
            try:
                documents = self._documents(account, held)
                boundary = self._managed(account, held["boundary"]) if held.get("boundary") else None
            except PolicyError as error:
                fault = str(error)
            member = Member(arn, account.id, organisation, held, documents, boundary, fault)
            self.by_arn[arn] = member
            if fault:
                self.faulty.append(member)
            for number in documents:
                self.holding[number].append(member)
            yield member

    def _documents(self, account: _Account, held: Mapping[str, Any]) -> tuple[int, ...]:
        library = self._library
        found = [self._managed(account, arn) for arn in held["managed"]]
        found += [library.add(name, raw, Form.CALLER) for name, raw in held["inline"].items()]
        for group in held.get("groups", ()):
            found += self._group(account, group)
        return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)

    def _managed(self, account: _Account, arn: str) -> int:
        number = account.managed.get(arn)
        if number is None:
            documents = account.raw["managed_policies"]
            if arn not in documents and arn not in self._by_aws:
                raise PolicyError(f"managed policy {arn} is attached in {account.id} but not in the snapshot")
            raw = documents[arn] if arn in documents else self._by_aws[arn]
            number = self._library.add(arn.rpartition("/")[2], raw, Form.CALLER)
            account.managed[arn] = number
        return number

    def _group(self, account: _Account, arn: str) -> tuple[int, ...]:
        if arn not in account.groups:
            held = account.raw["groups"].get(arn)
            if held is None:
                raise PolicyError(f"group {arn} has members in {account.id} but is not in the snapshot")
            account.groups[arn] = self._documents(account, held)
        return account.groups[arn]

    def chain(self, account: str, sort: str) -> Chain | None:
        """Return the levels above an account with their `scps` or `rcps`.

        None outside the organisation, and where policies of the type are not enabled.
        """
        key = (account, sort)
        if key not in self._chains:
            self._chains[key] = self._climb(account, sort)
        return self._chains[key]

    def _climb(self, account: str, sort: str) -> Chain | None:
        place = self._organisation["accounts"].get(account)
        if place is None or place[sort] is None:
            return None
        levels = [(account, self._level(place[sort], sort))]
        above = place["ou"]
        units = self._organisation["ous"]
        while above:
            if len(levels) > len(units) + 1:
                raise PolicyError(f"the organisation's units go in a circle at {above}")
            if above not in units:
                raise PolicyError(f"{account} is below {above}, which is not in the snapshot")
            levels.append((above, self._level(units[above][sort], sort)))
            above = units[above]["parent"]
        return Chain(tuple(reversed(levels)))

    def _level(self, attached: Sequence[str], sort: str) -> tuple[int, ...]:
        key = (sort, *attached)
        if key not in self._attached:
            documents = self._organisation["policies"]
            form = Form.CALLER if sort == "scps" else Form.PERIMETER
            gone = next((each for each in attached if each not in documents), None)
            if gone is not None:
                raise PolicyError(f"organisation policy {gone} is attached but not in the snapshot")
            self._attached[key] = tuple(
                self._library.add(each, documents[each]["document"], form) for each in attached
            )
        return self._attached[key]

    def places(self, member: Member) -> dict[int, Attached]:
        """Return where each of a member's documents is attached."""
        account = _Account(member.account, self._accounts[member.account])
        return dict(self._places(account, member.arn, member.held, "it"))

    def _places(
        self, account: _Account, holder: str, held: Mapping[str, Any], whom: str
    ) -> Iterator[tuple[int, Attached]]:
        for arn in held["managed"]:
            yield self._managed(account, arn), Attached(f"{arn}, attached to {whom}", arn)
        for name, raw in held["inline"].items():
            yield self._library.add(name, raw, Form.CALLER), Attached(f"inline in {whom}", holder)
        for group in held.get("groups", ()):
            of = f"its group {group.rpartition('/')[2]}"
            yield from self._places(account, group, account.raw["groups"][group], of)
