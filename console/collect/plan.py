"""What a refresh sets out to read: every kind in every scope, so that what was never reached is known too."""

from collections.abc import Iterable, Sequence

from console.collect.base import Collector, Reach
from console.domain.evidence import Fact
from console.domain.refresh import Step
from console.domain.scope import Scope

ACCOUNTS_KIND = "organizations.account"
REGIONS_KIND = "account.region"
_ACTIVE = "ACTIVE"
_ENABLED = frozenset({"ENABLED", "ENABLED_BY_DEFAULT"})


def organisation_steps(collectors: Iterable[Collector], account_id: str) -> list[Step]:
    """Return the steps that are read once, in the account that may read AWS Organizations."""
    return [Step(each.kind, Scope(account_id)) for each in collectors if each.reach is Reach.ORGANISATION]


def account_steps(collectors: Iterable[Collector], accounts: Iterable[str]) -> list[Step]:
    """Return the steps of every account that have no Region."""
    wanted = [each for each in collectors if each.reach is Reach.ACCOUNT]
    return [Step(each.kind, Scope(account)) for account in accounts for each in wanted]


def region_steps(collectors: Iterable[Collector], account_id: str, regions: Iterable[str]) -> list[Step]:
    """Return the steps of one account's Regions."""
    wanted = [each for each in collectors if each.reach is Reach.REGION]
    scopes = [Scope(account_id, region) for region in regions]
    return [Step(each.kind, scope) for scope in scopes for each in wanted]


def accounts_to_read(facts: Sequence[Fact], caller_account: str) -> list[str]:
    """Return the active accounts; without a list of accounts, the caller's own, so that the little is not lost."""
    active = sorted(each.key for each in facts if each.payload.get("Status") == _ACTIVE)
    return active if facts else [caller_account]


def regions_to_read(facts: Sequence[Fact], approved: Sequence[str]) -> list[str]:
    """Return the enabled Regions; without a list of Regions, the approved ones, which are tried blindly."""
    enabled = sorted(each.key for each in facts if each.payload.get("RegionOptStatus") in _ENABLED)
    return enabled if facts else sorted(approved)
