"""Log groups with prompts, completions or records of their use: how long they keep them, and under which key."""

from console.collect.base import (
    Client,
    Collector,
    Found,
    Known,
    Missed,
    NotAskedError,
    Reach,
    account_of,
    ask_all,
    client_in,
)
from console.collect.data_paths import NAMES_LOG_GROUPS, log_group_names, named_in, region_and_account
from console.collect.each import each
from console.domain.evidence import Payload

_PREFIXES = ("/aws/bedrock", "/aws/vendedlogs/bedrock")
"""How the names of groups begin that Bedrock and AgentCore write by themselves."""
_MARK = ":log-group:"


def fetch(logs: Client, known: Known) -> Found:
    """Yield Bedrock's own groups, and those that something names as long as they exist."""
    found = {}
    for prefix in _PREFIXES:
        for group in ask_all(logs, "describe_log_groups", "logGroups", logGroupNamePrefix=prefix):
            found[group["logGroupName"]] = group
            yield group
    named = [name for name in named_in(known, NAMES_LOG_GROUPS, log_group_names) if name not in found]
    for groups in each(named, lambda name: _groups_named(logs, name)):
        if isinstance(groups, Missed):
            yield groups
        else:
            yield from groups["logGroups"]


def _groups_named(logs: Client, name: str) -> Payload:
    """Return the group of just this name, if it exists; the operation knows only beginnings."""
    region, account = region_and_account(name)
    if account not in ("", account_of(logs)):
        raise NotAskedError(f"the log group belongs to another account, {account}")
    wanted = name.partition(_MARK)[2] if region else name
    client = client_in(logs, region) if region else logs
    groups = ask_all(client, "describe_log_groups", "logGroups", logGroupNamePrefix=wanted)
    return {"logGroups": [group for group in groups if group["logGroupName"] == wanted]}


COLLECTOR = Collector(
    kind="logs.log_group",
    title="Log groups of the data path",
    service="logs",
    reach=Reach.REGION,
    actions=("logs:DescribeLogGroups",),
    key="arn",
    fetch=fetch,
    required=("arn", "logGroupName"),
    needs=NAMES_LOG_GROUPS,
)
