"""Who holds which named capability, by principal: by itself, under a condition, or by taking on roles."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from console.policy.becoming import Route
from console.policy.exposure import Capability, Exposure
from console.policy.request import Result
from console.policy.truth import Truth
from console.views.conditions import condition_in_words
from console.views.exposure import route_in_words
from console.views.lines import Headings, Line, lines_table
from console.views.names import unread_in_words
from console.views.table import Kind, Table
from console.views.text import inert


class How(StrEnum):
    """How somebody comes to a capability."""

    CAN = "can"
    IF = "can, if"
    THROUGH = "by taking on a role"
    NOT_KNOWN = "not known"


NO = "cannot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One capability of one principal."""

    capability: Capability
    how: How
    truth: Truth = True
    by: tuple[str, ...] = ()
    """The actions, each of which does it."""
    route: Route | None = None
    reason: str = ""
    """Why it is not known."""

    @property
    def words(self) -> str:
        """What must hold, which roles are taken on, or why it is not known; empty where there is no more to say."""
        if self.how is How.IF:
            return inert(condition_in_words(self.truth))
        return inert(route_in_words(self.route) if self.route is not None else self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What everybody holds."""

    capabilities: tuple[Capability, ...]
    by_principal: Mapping[str, tuple[Held, ...]]
    by_account: Mapping[str, tuple[Held, ...]]
    """What is not known of anybody in an account."""
    left_out: Mapping[str, str]
    """Accounts that could not be asked about, with the reason."""
    are_roles_followed: bool
    """Whether it was asked who can become whom; if not, that is not known of anybody."""
    outsiders: Mapping[str, str]
    """Those outside the organisation whom a role lets in, with one such role."""

    def of(self, arn: str, account: str) -> tuple[Held, ...] | None:
        """Return what a principal holds; None if it could not be asked about."""
        if account in self.left_out:
            return None
        return (*self.by_principal.get(arn, ()), *self.by_account.get(account, ()))


def holdings(
    exposures: Iterable[Exposure], left_out: Mapping[str, str], *, are_roles_followed: bool = True
) -> Holdings:
    """Turn answers by capability into answers by principal."""
    by_principal: defaultdict[str, list[Held]] = defaultdict(list)
    by_account: defaultdict[str, list[Held]] = defaultdict(list)
    capabilities = []
    outsiders: dict[str, str] = {}
    for exposure in exposures:
        capability = exposure.capability
        capabilities.append(capability)
        for holder in exposure.holders:
            how = How.CAN if holder.result is Result.ALLOWED else How.IF
            held = Held(capability=capability, how=how, truth=holder.truth, by=holder.by)
            by_principal[holder.principal].append(held)
        for fault in exposure.faults:
            held = Held(capability=capability, how=How.NOT_KNOWN, reason=fault.reason)
            (by_principal[fault.principal] if fault.principal else by_account[fault.account]).append(held)
        for route in exposure.routes:
            held = Held(capability=capability, how=How.THROUGH, truth=route.truth, route=route)
            by_principal[route.start].append(held)
            if route.is_outsider:
                outsiders.setdefault(route.start, route.links[0].role)
    return Holdings(
        capabilities=tuple(capabilities),
        by_principal={arn: tuple(each) for arn, each in by_principal.items()},
        by_account={account: tuple(each) for account, each in by_account.items()},
        left_out=left_out,
        are_roles_followed=are_roles_followed,
        outsiders=outsiders,
    )


_HEADINGS: Headings = (
    ("capability", "What could be done", Kind.TEXT),
    ("how", "It", Kind.TEXT),
    ("words", "If, or by way of", Kind.TEXT),
    ("by", "With the actions", Kind.TEXT),
)


def capability_table(found: Holdings, arn: str, account: str, evidence: tuple[int, ...]) -> Table[Line]:
    """Return one row for each capability, those that a principal does not have included."""
    held = found.of(arn, account)
    if held is None:
        cells = ("All that is asked about", How.NOT_KNOWN.value, unread_in_words(found.left_out[account]), "")
        return lines_table(_HEADINGS, (Line(cells=cells, evidence=evidence, is_gap=True),))
    lines = []
    for capability in found.capabilities:
        mine = [each for each in held if each.capability.id == capability.id]
        lines += [_line(each, evidence) for each in mine]
        if not mine:
            more = (
                "" if found.are_roles_followed else "by itself; whether by taking on a role is not known yet"
            )
            cells = (capability.title, NO, more, "")
            lines.append(Line(cells=cells, evidence=evidence, about=capability))
    return lines_table(_HEADINGS, lines)


def _line(held: Held, evidence: tuple[int, ...]) -> Line:
    return Line(
        cells=(held.capability.title, held.how.value, held.words, ", ".join(held.by)),
        evidence=evidence,
        is_gap=held.how is How.NOT_KNOWN,
        about=held.capability,
    )
