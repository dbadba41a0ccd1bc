"""Policies of CloudWatch Logs that hold for every log group of an account: masking, streaming, keeping."""

from console.collect.base import Client, Collector, Found, Reach, ask_all
from console.domain.evidence import Payload

_SORTS = ("DATA_PROTECTION_POLICY", "RETENTION_POLICY", "SUBSCRIPTION_FILTER_POLICY")
"""Those that decide what becomes of what is logged; others decide how it is searched."""


def fetch(logs: Client) -> Found:
    """Yield every policy of these sorts."""
    for sort in _SORTS:
        yield from ask_all(logs, "describe_account_policies", "accountPolicies", policyType=sort)


def key(payload: Payload) -> str:
    """Name a policy within its sort."""
    return f"{payload['policyType']}/{payload['policyName']}"


COLLECTOR = Collector(
    kind="logs.account_policy",
    title="Log policies of the account",
    service="logs",
    reach=Reach.REGION,
    actions=("logs:DescribeAccountPolicies",),
    key=key,
    fetch=fetch,
    required=("policyType", "policyName", "policyDocument"),
)
