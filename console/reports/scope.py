"""What a pack is about: units, accounts, controls, claims and a period; and the reading cut down to it.

What holds for the organisation as a whole bears on every account, so its findings are in every pack, with the
observations that they rest on and no others. Of the organisation's tree a pack names the way to its accounts.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from console.controls.base import Control, Grain
from console.controls.claims import Catalogue
from console.domain.evidence import Fact, Gap, Snapshot
from console.domain.finding import Finding
from console.domain.refresh import Refresh, Step
from console.domain.scope import Scope
from console.reports.errors import NotInScopeError
from console.views.names import account_names, count_words
from console.views.organisation import Place, places

_ACCOUNTS = "organizations.account"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackScope:
    """What a pack is about; what is empty leaves that side of it whole."""

    units: tuple[str, ...] = ()
    """Organisational units by id or name, with all that is below them."""
    accounts: tuple[str, ...] = ()
    """Accounts by id or name."""
    controls: tuple[str, ...] = ()
    """Controls by id, or by the beginning of one, such as `BR-LOG`."""
    claims: tuple[str, ...] = ()
    since: str = ""
    """First day of the period, YYYY-MM-DD: what changed is told against the reading before it."""
    until: str = ""
    """Last day of the period; the newest reading within it is the one packed."""

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing of a reading is left out."""
        return not (self.units or self.accounts or self.controls or self.claims)

    def document(self) -> dict[str, Any]:
        """Return it in JSON types, in one order."""
        return {
            name: sorted(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()
        }

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "PackScope":
        """Read what `document` returned."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
        }
        return cls(**values)

    def __str__(self) -> str:
        """Say it as a person would.

        >>> str(PackScope(units=("Prod",), controls=("BR-LOG",), until="2026-11-30"))
        'unit Prod; controls BR-LOG; up to 2026-11-30'
        >>> str(PackScope())
        'the whole organisation'
        """
        named = {
            "unit": self.units,
            "account": self.accounts,
            "controls": self.controls,
            "claims": self.claims,
        }
        said = [f"{name} {', '.join(sorted(values))}" for name, values in named.items() if values]
        said += [f"from {self.since}"] if self.since else []
        said += [f"up to {self.until}"] if self.until else []
        return "; ".join(said) if not self.is_whole else "; ".join(["the whole organisation", *said])


WHOLE = PackScope()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A reading cut down to a scope."""

    scope: PackScope
    snapshot: Snapshot
    findings: tuple[Finding, ...]
    controls: tuple[Control, ...]
    catalogue: Catalogue
    holds: Callable[[str, str, int], bool]
    """Tells of an observation's kind, account and number whether it is in the pack."""
    accounts: frozenset[str] | None
    """None for all."""


def cut(
    scope: PackScope,
    snapshot: Snapshot,
    findings: Sequence[Finding],
    controls: Sequence[Control],
    catalogue: Catalogue,
) -> Part:
    """Return the part of a reading that `scope` names; raise `NotInScopeError` if it names what is not there."""
    accounts = _accounts(scope, snapshot)
    chosen_claims = _claims(scope, catalogue)
    chosen = tuple(each for each in controls if _is_chosen(each, scope, chosen_claims))
    if scope.controls and not chosen:
        raise NotInScopeError(f"no control is called {', '.join(scope.controls)}")
    served = {claim for control in chosen for claim in control.claims}
    claims = tuple(
        claim
        for claim in catalogue.claims
        if (claim.id in chosen_claims if scope.claims else not scope.controls or claim.id in served)
    )
    grains = {each.id: each.grain for each in chosen}
    kept = tuple(
        each
        for each in findings
        if each.control_id in grains
        and (
            accounts is None
            or each.scope.account_id in accounts
            or grains[each.control_id] is Grain.ORGANISATION
        )
    )
    holds = _holder(scope, accounts, chosen, kept, snapshot)
    return Part(
        scope=scope,
        snapshot=snapshot if scope.is_whole else ScopedSnapshot(snapshot, holds, accounts),
        findings=kept,
        controls=chosen,
        catalogue=replace(catalogue, claims=claims),
        holds=holds,
        accounts=accounts,
    )


class ScopedSnapshot:
    """A snapshot of which only a part is shown."""

    def __init__(
        self, whole: Snapshot, holds: Callable[[str, str, int], bool], accounts: Collection[str] | None
    ) -> None:
        self._whole = whole
        self._holds = holds
        self._accounts = accounts

    @property
    def refresh(self) -> Refresh:
        """The refresh that this is a part of."""
        return self._whole.refresh

    def facts(self, kind: str, scope: Scope | None = None) -> Sequence[Fact]:
        """Return the facts of a kind that are within."""
        return tuple(each for each in self._whole.facts(kind, scope) if self._is_within(each))

    def gaps(self, kind: str | None = None, scope: Scope | None = None) -> Sequence[Gap]:
        """Return the gaps that are within."""
        return tuple(each for each in self._whole.gaps(kind, scope) if self._is_within(each))

    def steps(self, kind: str | None = None) -> Sequence[Step]:
        """Return the part of the plan that is within."""
        return tuple(
            each for each in self._whole.steps(kind) if self._holds(each.kind, each.scope.account_id, 0)
        )

    def _is_within(self, seen: Fact | Gap) -> bool:
        return self._holds(seen.kind, seen.scope.account_id, seen.sequence)


def _holder(
    scope: PackScope,
    accounts: frozenset[str] | None,
    controls: Sequence[Control],
    findings: Iterable[Finding],
    snapshot: Snapshot,
) -> Callable[[str, str, int], bool]:
    if scope.is_whole:
        return lambda _kind, _account, _sequence: True
    cited = {sequence for each in findings for sequence in each.evidence}
    cited |= set(_naming(accounts, snapshot))
    is_cut = bool(scope.controls or scope.claims)
    kinds = frozenset(kind for control in controls for kind in control.reads) if is_cut else None

    def holds(kind: str, account: str, sequence: int) -> bool:
        is_within = (accounts is None or account in accounts) and (kinds is None or kind in kinds)
        return sequence in cited or (is_within and (accounts is None or kind != _ACCOUNTS))

    return holds


def _naming(accounts: frozenset[str] | None, snapshot: Snapshot) -> Iterable[int]:
    """Yield what names the accounts and the units on the way to them."""
    for fact in snapshot.facts(_ACCOUNTS):
        if accounts is None or fact.key in accounts:
            yield fact.sequence
    waiting = list(places(snapshot))
    while waiting:
        place = waiting.pop()
        if accounts is None or _below(place) & accounts:
            yield from place.evidence
            waiting.extend(place.children)


def _accounts(scope: PackScope, snapshot: Snapshot) -> frozenset[str] | None:
    if not (scope.units or scope.accounts):
        return None
    names = account_names(snapshot)
    known = {*names, *(step.scope.account_id for step in snapshot.steps())} - {""}
    found: set[str] = set()
    for named in scope.accounts:
        fitting = [
            each for each in known if named == each or names.get(each, "").casefold() == named.casefold()
        ]
        found.update([_only(fitting, "account", named)])
    units = list(_units(places(snapshot)))
    for named in scope.units:
        fitting_units = [
            each for each in units if named == each.id or each.name.casefold() == named.casefold()
        ]
        unit = _only(fitting_units, "organisational unit", named)
        found |= _below(unit)
    if not found:
        raise NotInScopeError("no account is in the units that were named")
    return frozenset(found)


def _only(found: Sequence[Any], what: str, named: str) -> Any:  # noqa: ANN401 - what it was given
    if len(found) != 1:
        how = (
            "there is no"
            if not found
            else f"{count_words(len(found), 'thing is', 'things are')} called so: which"
        )
        raise NotInScopeError(f"{how} {what} {named}")
    return found[0]


def _units(roots: Sequence[Place]) -> Iterable[Place]:
    waiting = list(roots)
    while waiting:
        place = waiting.pop()
        if place.kind != "account":
            yield place
            waiting.extend(place.children)


def _below(place: Place) -> frozenset[str]:
    found, waiting = set(), [place]
    while waiting:
        each = waiting.pop()
        waiting.extend(each.children)
        if each.kind == "account":
            found.add(each.id)
    return frozenset(found)


def _claims(scope: PackScope, catalogue: Catalogue) -> frozenset[str]:
    known = {claim.id for claim in catalogue.claims}
    if missing := sorted(set(scope.claims) - known):
        raise NotInScopeError(f"there is no claim {', '.join(missing)}")
    return frozenset(scope.claims)


def _is_chosen(control: Control, scope: PackScope, claims: frozenset[str]) -> bool:
    named = not scope.controls or any(
        control.id == each or control.id.startswith(f"{each}-") for each in scope.controls
    )
    return named and (not claims or bool(claims & set(control.claims)))
