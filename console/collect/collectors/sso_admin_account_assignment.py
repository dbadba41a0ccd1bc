"""Who was given which permission set in which account; people are told by their ids alone.

AWS is asked for each permission set in each account where it is provisioned: there is no shorter way.
"""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Found, Known, Missed, Reach, ask_all
from console.collect.each import each_of
from console.domain.evidence import Payload


def fetch(sso: Client, known: Known) -> Found:
    """Yield every assignment, with the instance that it belongs to."""
    sets = {each["PermissionSetArn"]: each["InstanceArn"] for each in known["sso-admin.permission_set"]}
    places: dict[str, dict[str, str]] = {}

    def provisioned(permission_set: str) -> Iterator[Payload]:
        of = {"InstanceArn": sets[permission_set], "PermissionSetArn": permission_set}
        for account in ask_all(sso, "list_accounts_for_provisioned_permission_set", "AccountIds", **of):
            yield {**of, "AccountId": account}

    def assigned(place: str) -> Iterator[Payload]:
        for entry in ask_all(sso, "list_account_assignments", "AccountAssignments", **places[place]):
            yield {"InstanceArn": places[place]["InstanceArn"], **entry}

    for found in each_of(sets, provisioned):
        if isinstance(found, Missed):
            yield found
        else:
            places[f"{found['PermissionSetArn']}/{found['AccountId']}"] = dict(found)
    yield from each_of(places, assigned)


def key(payload: Payload) -> str:
    """Name an assignment by permission set, account and principal."""
    return f"{payload['PermissionSetArn']}/{payload['AccountId']}/{payload['PrincipalId']}"


COLLECTOR = Collector(
    kind="sso-admin.account_assignment",
    title="Assignments of permission sets to people and groups",
    service="sso-admin",
    reach=Reach.ORGANISATION,
    actions=("sso:ListAccountsForProvisionedPermissionSet", "sso:ListAccountAssignments"),
    needs=("sso-admin.permission_set",),
    key=key,
    fetch=fetch,
    required=("PermissionSetArn", "AccountId", "PrincipalId", "PrincipalType"),
)
