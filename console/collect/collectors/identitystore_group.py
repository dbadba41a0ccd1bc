"""Names of the groups to whom permission sets were given; the names of people are not read."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask
from console.collect.each import each
from console.domain.evidence import Payload

_KEPT = ("IdentityStoreId", "GroupId", "GroupArn", "DisplayName")
"""Who made a group, and what it is called elsewhere, points to people."""


def fetch(identitystore: Client, known: Known) -> Found:
    """Yield every group that an assignment names."""
    stores = {each["InstanceArn"]: each["IdentityStoreId"] for each in known["sso-admin.instance"]}
    groups = {
        each["PrincipalId"]: stores[each["InstanceArn"]]
        for each in known["sso-admin.account_assignment"]
        if each["PrincipalType"] == "GROUP"
    }

    def read(group: str) -> Payload:
        answer = ask(identitystore, "describe_group", IdentityStoreId=groups[group], GroupId=group)
        return {name: answer[name] for name in _KEPT if name in answer}

    yield from each(groups, read)


COLLECTOR = Collector(
    kind="identitystore.group",
    title="Groups of IAM Identity Center that hold permission sets",
    service="identitystore",
    reach=Reach.ORGANISATION,
    actions=("identitystore:DescribeGroup",),
    needs=("sso-admin.instance", "sso-admin.account_assignment"),
    key="GroupId",
    fetch=fetch,
    required=("GroupId", "IdentityStoreId"),
)
