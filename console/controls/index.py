"""A snapshot sorted once for all controls, so that no question has to look through all of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import chain

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


class Index:
    """Facts, gaps and steps of a snapshot by kind, account and Region; of each kind as much as is asked for.

    Facts are read once: of a kind as a whole if it is asked for everywhere or named to `read`, of an account otherwise.
    """

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

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._steps: defaultdict[str, dict[str, list[Step]]] = defaultdict(dict)
        self._gaps: defaultdict[str, dict[str, list[Gap]]] = defaultdict(dict)
        self._whole: dict[str, Slice] = {}
        self._by_account: defaultdict[str, dict[str, Slice]] = defaultdict(dict)
        self._by_region: dict[tuple[str, str], dict[str, Slice]] = {}
        for step in snapshot.steps():
            self._steps[step.kind].setdefault(step.scope.account_id, []).append(step)
        for gap in snapshot.gaps():
            self._gaps[gap.kind].setdefault(gap.scope.account_id, []).append(gap)
        self.listed = {fact.key: fact for fact in self.everywhere(ACCOUNTS).facts}
        self.enabled = {
            Scope(fact.scope.account_id, fact.key): fact
            for fact in self.everywhere(REGIONS).facts
            if fact.payload.get("RegionOptStatus") in _ENABLED
        }
        told = (fact.payload.get("MasterAccountId", "") for fact in self.everywhere(ORGANISATION).facts)
        self.management = str(next(told, ""))
        self._place()

    def read(self, kinds: Iterable[str]) -> None:
        """Read kinds whole, where most of them will be asked for."""
        for kind in kinds:
            self.everywhere(kind)

    def within(self, kind: str, scope: Scope, grain: Grain) -> Slice:
        """Return what a question about `scope` may see of a kind.

        Organisation kinds are seen whole. A question about an account sees all its Regions; one about a
        Region sees that Region, and of kinds without Regions the account's.
        """
        if grain is Grain.ORGANISATION or is_of_organisation(kind):
            return self.everywhere(kind)
        if grain is Grain.ACCOUNT:
            return self._of_account(kind, scope.account_id)
        regional = self._of_regions(kind, scope.account_id)
        return regional.get(scope.region) or regional.get(GLOBAL, _EMPTY)

    def at(self, kind: str, scope: Scope, key: str) -> Fact | Gap | None:
        """Return what is known of the thing of a kind with a key in exactly this scope: its fact or its gap."""
        found = self._of_regions(kind, scope.account_id).get(scope.region, _EMPTY)
        known: tuple[Fact | Gap, ...] = (*found.facts, *found.missed)
        return next((each for each in known if each.key == key), None)

    def everywhere(self, kind: str) -> Slice:
        """Return all that is known of a kind."""
        if kind not in self._whole:
            found = Slice(
                tuple(chain.from_iterable(self._steps[kind].values())),
                tuple(self._snapshot.facts(kind)),
                tuple(chain.from_iterable(self._gaps[kind].values())),
            )
            self._whole[kind] = found
            self._by_account[kind] = _sorted(found, lambda each: each.scope.account_id)
        return self._whole[kind]

    def basis(self, scope: Scope, grain: Grain) -> tuple[Fact, ...]:
        """Return the facts by which the scope is there to be asked about."""
        if grain is Grain.ORGANISATION:
            return self.everywhere(ORGANISATION).facts or tuple(self.listed.values())
        if grain is Grain.REGION and scope in self.enabled:
            return (self.enabled[scope],)
        if scope.account_id in self.listed:
            return (self.listed[scope.account_id],)
        return self.within(REGIONS, scope, Grain.ACCOUNT).facts

    def _place(self) -> None:
        """Work out where there is something to judge."""
        own = {
            step.scope
            for kind, by_account in self._steps.items()
            if not is_of_organisation(kind)
            for steps in by_account.values()
            for step in steps
        }
        active = (key for key, fact in self.listed.items() if fact.payload.get("Status") == _ACTIVE)
        by_region: defaultdict[str, set[str]] = defaultdict(set)
        for scope in (*own, *self.enabled):
            if scope.region != GLOBAL:
                by_region[scope.account_id].add(scope.region)
        self.accounts = tuple(sorted({*(scope.account_id for scope in own), *active}))
        self.regions = {account: tuple(sorted(regions)) for account, regions in by_region.items()}

    def _of_account(self, kind: str, account: str) -> Slice:
        held = self._by_account[kind]
        if account not in held and kind not in self._whole:
            steps, gaps = self._steps[kind].get(account, ()), self._gaps[kind].get(account, ())
            facts = (self._snapshot.facts(kind, step.scope) for step in steps if step.facts)
            held[account] = Slice(tuple(steps), tuple(chain.from_iterable(facts)), tuple(gaps))
        return held.get(account, _EMPTY)

    def _of_regions(self, kind: str, account: str) -> dict[str, Slice]:
        place = (kind, account)
        if place not in self._by_region:
            self._by_region[place] = _sorted(self._of_account(kind, account), lambda each: each.scope.region)
        return self._by_region[place]


def _sorted(found: Slice, place: Callable[[Step | Fact | Gap], str]) -> dict[str, Slice]:
    """Gather steps, facts and gaps that share a place."""
    lists: defaultdict[str, tuple[list[Step], list[Fact], list[Gap]]] = defaultdict(lambda: ([], [], []))
    for step in found.steps:
        lists[place(step)][0].append(step)
    for fact in found.facts:
        lists[place(fact)][1].append(fact)
    for gap in found.gaps:
        lists[place(gap)][2].append(gap)
    return {key: Slice(tuple(of[0]), tuple(of[1]), tuple(of[2])) for key, of in lists.items()}
