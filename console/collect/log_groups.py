"""Asking about the log groups of the data path: each in the Region that its ARN names."""

from collections.abc import Callable

from console.collect.base import Client, Found, Known, client_in
from console.collect.data_paths import region_and_account
from console.collect.each import each
from console.domain.evidence import Payload

GROUPS = "logs.log_group"
"""The kind that says which log groups there are."""
Read = Callable[[Client, str], Payload | None]
Test = Callable[[Payload], bool]


def ask_each_group(logs: Client, known: Known, read: Read, *, only: Test = lambda _: True) -> Found:
    """Yield what `read` returns for the name of each group, with the group's ARN."""
    groups = {group["arn"]: group for group in known[GROUPS] if only(group)}

    def read_there(arn: str) -> Payload | None:
        region, _ = region_and_account(arn)
        answer = read(client_in(logs, region), groups[arn]["logGroupName"])
        return None if answer is None else {"arn": arn, **answer}

    return each(groups, read_there)
