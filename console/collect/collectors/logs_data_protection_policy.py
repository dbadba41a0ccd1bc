"""Which personal data is masked in log groups of the data path."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.each import ask_unless
from console.collect.log_groups import GROUPS, ask_each_group
from console.domain.evidence import Payload

_ABSENT = ("ResourceNotFoundException",)
_STATUS = "dataProtectionStatus"
"""Left out of a group that never had a policy."""
_DELETED = "DELETED"


def fetch(logs: Client, known: Known) -> Found:
    """Yield the policy of each group that has one, with the group's ARN."""
    return ask_each_group(logs, known, _policy, only=lambda group: group.get(_STATUS, _DELETED) != _DELETED)


def _policy(logs: Client, name: str) -> Payload | None:
    return ask_unless(logs, "get_data_protection_policy", _ABSENT, logGroupIdentifier=name)


COLLECTOR = Collector(
    kind="logs.data_protection_policy",
    title="Masking policies of data-path log groups",
    service="logs",
    reach=Reach.REGION,
    actions=("logs:GetDataProtectionPolicy",),
    key="arn",
    fetch=fetch,
    required=("arn", "policyDocument"),
    needs=(GROUPS,),
)
