"""Which steps a refresh of a part reads: those that were chosen, what these need, and what makes the plan."""

from collections.abc import Iterable, Mapping, Sequence
from graphlib import TopologicalSorter

from console.base.errors import ConsoleError
from console.collect.base import Collector, Reach
from console.collect.plan import ACCOUNTS_KIND, REGIONS_KIND
from console.domain.evidence import Fact
from console.domain.refresh import Step
from console.domain.scope import GLOBAL, Scope
from console.domain.selection import Selection

ORGANISATION_KIND = "organizations.organization"
CHILDREN_KIND = "organizations.child"
PLANNING_KINDS = frozenset({ACCOUNTS_KIND, REGIONS_KIND, ORGANISATION_KIND, CHILDREN_KIND})
"""Kinds without which nobody knows what there is to read; always read, of the accounts that were chosen."""


class UnknownKindError(ConsoleError):
    """A kind was chosen that nothing reads."""

    code = "SVC-004"
    remedy = "Choose from the kinds that `resources/help/evidence.md` lists."


class Choice:
    """A selection, once it is known which accounts it means."""

    def __init__(self, selection: Selection, collectors: Sequence[Collector]) -> None:
        self.selection = selection
        self._by_kind = {each.kind: each for each in collectors}
        unknown = sorted(set(selection.kinds) - self._by_kind.keys())
        if unknown:
            raise UnknownKindError(f"nothing reads {', '.join(unknown)}")
        self._asked = {each.kind for each in collectors if self._is_asked(each)}
        self._needed = self._needs_of(self._asked)
        self._accounts = frozenset(selection.accounts)

    def settle(self, children: Iterable[Fact]) -> None:
        """Find the accounts below the chosen units, given what is directly below each root and unit."""
        below: dict[str, list[Mapping[str, object]]] = {}
        for fact in children:
            below.setdefault(str(fact.payload.get("ParentId")), []).append(fact.payload)
        waiting, found = list(self.selection.units), set(self.selection.accounts)
        while waiting:
            for child in below.pop(waiting.pop(), ()):
                name = str(child.get("Id"))
                if child.get("Type") == "ACCOUNT":
                    found.add(name)
                else:
                    waiting.append(name)
        self._accounts = frozenset(found)

    def has_account(self, account_id: str) -> bool:
        """Tell whether an account is in the part."""
        narrowed = self.selection.accounts or self.selection.units
        return not narrowed or account_id in self._accounts

    def accounts(self, active: Sequence[str]) -> list[str]:
        """Return the accounts that belong to the refresh: the active ones, and those that were named."""
        return sorted({*active, *self.selection.accounts})

    def has(self, step: Step) -> bool:
        """Tell whether a step is to be read."""
        reach = self._by_kind[step.kind].reach
        is_organisations = reach is Reach.ORGANISATION
        if step.kind in PLANNING_KINDS and (step.kind != CHILDREN_KIND or self.selection.units):
            return is_organisations or self.has_account(step.scope.account_id)
        is_there = self.has_account(step.scope.account_id)
        if step.kind in self._needed and (is_organisations or is_there):
            return step.scope.region == GLOBAL or self._has_region(step.scope)
        return step.kind in self._asked and is_there and self._has_region(step.scope)

    def _has_region(self, scope: Scope) -> bool:
        return not self.selection.regions or scope.region in self.selection.regions

    def _is_asked(self, collector: Collector) -> bool:
        chosen = self.selection
        if chosen.kinds and collector.kind not in chosen.kinds:
            return False
        has_regions = set(chosen.regions) - {GLOBAL} if chosen.regions else {"every"}
        is_global = collector.reach is not Reach.REGION
        return GLOBAL in chosen.regions or not chosen.regions if is_global else bool(has_regions)

    def _needs_of(self, kinds: Iterable[str]) -> set[str]:
        needed: set[str] = set()
        waiting = list(kinds)
        while waiting:
            for kind in self._by_kind[waiting.pop()].needs:
                if kind in self._by_kind and kind not in needed:
                    needed.add(kind)
                    waiting.append(kind)
        return needed


def in_order(collectors: Iterable[Collector]) -> tuple[Collector, ...]:
    """Return collectors so that each comes after those whose kinds it needs."""
    by_kind = {each.kind: each for each in collectors}
    order = TopologicalSorter({kind: sorted(each.needs) for kind, each in sorted(by_kind.items())})
    return tuple(by_kind[kind] for kind in order.static_order())
