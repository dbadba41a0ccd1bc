"""Exposures in words: capabilities by account, and the roles through which others come to them."""

from collections import Counter
from typing import Any

from console.policy.becoming import Route
from console.policy.exposure import Exposure, Holder
from console.policy.request import Result
from console.policy.truth import Truth
from console.policy.written import write_formula
from console.views.conditions import condition_in_words

_ACCOUNT_PART = 4


def account_of(route: Route) -> str:
    """Return the account in which a route starts; for an outsider, where it comes in."""
    start = route.links[0].role if route.is_outsider else route.start
    return start.split(":")[_ACCOUNT_PART]


def counts(exposure: Exposure) -> dict[str, tuple[int, int, int]]:
    """Return for each account how many can, how many can under a condition, and how many can become one who can."""
    sure = Counter(each.account for each in exposure.holders if each.result is Result.ALLOWED)
    unsure = Counter(each.account for each in exposure.holders if each.result is not Result.ALLOWED)
    more = Counter(account_of(each) for each in exposure.routes)
    accounts = sorted({*sure, *unsure, *more})
    return {account: (sure[account], unsure[account], more[account]) for account in accounts}


def cell(found: tuple[int, int, int] | None) -> str:
    """Return an account's counts in words.

    >>> cell((2, 1, 3)), cell(None)
    ('2, 1 if, +3 by a role', '-')
    """
    if found is None:
        return "-"
    sure, unsure, more = found
    words = [str(sure) if sure or not unsure else "", f"{unsure} if" if unsure else ""]
    words.append(f"+{more} by a role" if more else "")
    return ", ".join(each for each in words if each)


def route_in_words(route: Route) -> str:
    """Return the way from its start to the principal that can."""
    steps = [route.start]
    for link in route.links:
        words = "" if isinstance(link.truth, bool) else f" (if {condition_in_words(link.truth)})"
        steps.append(f"{link.role}{words}")
    return " -> ".join(steps)


def route_as_json(route: Route) -> dict[str, Any]:
    """Return a route for a machine to read."""
    return {
        "start": route.start,
        "outsider": route.is_outsider,
        "links": [{"role": link.role, **_condition(link.truth)} for link in route.links],
    }


def exposure_as_json(exposure: Exposure) -> dict[str, Any]:
    """Return one capability with its accounts for a machine to read."""
    accounts: dict[str, dict[str, list[Any]]] = {}
    for holder in exposure.holders:
        accounts.setdefault(holder.account, _empty())["principals"].append(_holder(holder))
    for route in exposure.routes:
        accounts.setdefault(account_of(route), _empty())["through_roles"].append(route_as_json(route))
    for fault in exposure.faults:
        entry = {"principal": fault.principal, "reason": fault.reason}
        accounts.setdefault(fault.account, _empty())["not_known"].append(entry)
    return {
        "capability": exposure.capability.id,
        "title": exposure.capability.title,
        "accounts": [{"account": account, **accounts[account]} for account in sorted(accounts)],
    }


def _empty() -> dict[str, list[Any]]:
    return {"principals": [], "through_roles": [], "not_known": []}


def _holder(holder: Holder) -> dict[str, Any]:
    return {
        "principal": holder.principal,
        "result": holder.result.value,
        "by": list(holder.by),
        **_condition(holder.truth),
    }


def _condition(truth: Truth) -> dict[str, Any]:
    if isinstance(truth, bool):
        return {}
    return {"residual": write_formula(truth), "if": condition_in_words(truth)}
