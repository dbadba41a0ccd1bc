"""A snapshot sorted once for all controls, so that no question has to look through all of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

from console.domain.evidence import Fact, Gap, Snapshot
from console.domain.refresh import Step, StepState
from console.domain.scope import GLOBAL, Scope

_OF_ORGANISATION = ("organizations.", "sso-admin.", "identitystore.", "artifact.")
"""How kinds begin that are read once for all accounts."""
_OF_EACH_ACCOUNT = "organizations.effective_policy"
"""The one such kind that every account is asked for by itself."""
REGIONS = "account.region"
ACCOUNTS = "organizations.account"
ORGANISATION = "organizations.organization"
_ENABLED = ("ENABLED", "ENABLED_BY_DEFAULT")
_ACTIVE = "ACTIVE"
Key = TypeVar("Key")


def is_of_organisation(kind: str) -> bool:
    """Tell whether a kind is read once for the organisation, so that every question sees it whole.

    >>> is_of_organisation("organizations.policy"), is_of_organisation("organizations.effective_policy")
    (True, False)
    """
    return kind.startswith(_OF_ORGANISATION) and kind != _OF_EACH_ACCOUNT


class Grain(Enum):
    """What a control is asked about, one answer at a time."""

    ORGANISATION = "organisation"
    ACCOUNT = "account"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Slice:
    """All that is known of one kind within one question's reach."""

    steps: tuple[Step, ...] = ()
    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def unread(self) -> tuple[Gap, ...]:
        """The scopes that could not be seen at all."""
        return tuple(gap for gap in self.gaps if not gap.key)

    @property
    def missed(self) -> tuple[Gap, ...]:
        """The single things that could not be seen, in scopes of which the rest was."""
        return tuple(gap for gap in self.gaps if gap.key)

    @property
    def is_read(self) -> bool:
        """Tell whether it was planned, and read to its end everywhere, though single things may be missed."""
        return (
            bool(self.steps) and not self.unread and all(step.state is StepState.READ for step in self.steps)
        )


_EMPTY = Slice()


@dataclass(frozen=True, slots=True)
class Index:
    """Facts, gaps and steps by kind and by account; made by `Index.of`."""

    plan: frozenset[str]
    """Kinds that were planned anywhere."""
    accounts: tuple[str, ...]
    """Accounts to judge: those planned, and those that AWS lists as active."""
    regions: dict[str, tuple[str, ...]]
    """Regions to judge, by account."""
    management: str
    """The organisation's management account; empty if that was not read."""
    listed: dict[str, Fact]
    """The organisation's entry of each account."""
    enabled: dict[Scope, Fact]
    """The account's entry of each enabled Region."""
    _whole: dict[str, Slice] = field(repr=False)
    _by_account: dict[tuple[str, str], Slice] = field(repr=False)
    _by_scope: dict[tuple[str, Scope], Slice] = field(repr=False)

    @classmethod
    def of(cls, snapshot: Snapshot, kinds: Iterable[str]) -> "Index":
        """Sort the snapshot's facts of `kinds`, its gaps and its plan."""
        steps = snapshot.steps()
        gaps = snapshot.gaps()
        wanted = sorted({*kinds, REGIONS, ACCOUNTS, ORGANISATION})
        facts = [fact for kind in wanted for fact in snapshot.facts(kind)]
        listed = {fact.key: fact for fact in facts if fact.kind == ACCOUNTS}
        enabled = {
            Scope(fact.scope.account_id, fact.key): fact
            for fact in facts
            if fact.kind == REGIONS and fact.payload.get("RegionOptStatus") in _ENABLED
        }
        own = [step for step in steps if not is_of_organisation(step.kind)]
        active = (key for key, fact in listed.items() if fact.payload.get("Status") == _ACTIVE)
        by_region: defaultdict[str, set[str]] = defaultdict(set)
        for scope in {*(step.scope for step in own), *enabled}:
            if scope.region != GLOBAL:
                by_region[scope.account_id].add(scope.region)
        return cls(
            plan=frozenset(step.kind for step in steps),
            accounts=tuple(sorted({*(step.scope.account_id for step in own), *active})),
            regions={account: tuple(sorted(regions)) for account, regions in by_region.items()},
            management=next(
                (str(fact.payload.get("MasterAccountId", "")) for fact in facts if fact.kind == ORGANISATION),
                "",
            ),
            listed=listed,
            enabled=enabled,
            _whole=_sorted(steps, facts, gaps, lambda each: each.kind),
            _by_account=_sorted(steps, facts, gaps, lambda each: (each.kind, each.scope.account_id)),
            _by_scope=_sorted(steps, facts, gaps, lambda each: (each.kind, each.scope)),
        )

    def within(self, kind: str, scope: Scope, grain: Grain) -> Slice:
        """Return what a question about `scope` may see of a kind.

        Organisation kinds are seen whole. A question about an account sees all its Regions; one about a
        Region sees that Region, and of kinds without Regions the account's.
        """
        if grain is Grain.ORGANISATION or is_of_organisation(kind):
            return self._whole.get(kind, _EMPTY)
        if grain is Grain.ACCOUNT:
            return self._by_account.get((kind, scope.account_id), _EMPTY)
        regional = self._by_scope.get((kind, scope))
        return regional or self._by_scope.get((kind, Scope(scope.account_id)), _EMPTY)

    def at(self, kind: str, scope: Scope, key: str) -> Fact | Gap | None:
        """Return what is known of the thing of a kind with a key in exactly this scope: its fact or its gap."""
        found = self._by_scope.get((kind, scope), _EMPTY)
        known: tuple[Fact | Gap, ...] = (*found.facts, *found.missed)
        return next((each for each in known if each.key == key), None)

    def everywhere(self, kind: str) -> Slice:
        """Return all that is known of a kind."""
        return self._whole.get(kind, _EMPTY)

    def basis(self, scope: Scope, grain: Grain) -> tuple[Fact, ...]:
        """Return the facts by which the scope is there to be asked about."""
        if grain is Grain.ORGANISATION:
            return self.everywhere(ORGANISATION).facts or tuple(self.listed.values())
        if grain is Grain.REGION and scope in self.enabled:
            return (self.enabled[scope],)
        if scope.account_id in self.listed:
            return (self.listed[scope.account_id],)
        return self.within(REGIONS, scope, Grain.ACCOUNT).facts


def _sorted(
    steps: Sequence[Step],
    facts: Sequence[Fact],
    gaps: Sequence[Gap],
    place: Callable[[Step | Fact | Gap], Key],
) -> dict[Key, Slice]:
    """Gather steps, facts and gaps that share a place."""
    lists: defaultdict[Key, tuple[list[Step], list[Fact], list[Gap]]] = defaultdict(lambda: ([], [], []))
    for step in steps:
        lists[place(step)][0].append(step)
    for fact in facts:
        lists[place(fact)][1].append(fact)
    for gap in gaps:
        lists[place(gap)][2].append(gap)
    return {key: Slice(tuple(of[0]), tuple(of[1]), tuple(of[2])) for key, of in lists.items()}
