"""AWS IAM: users, groups, roles and managed policies in one long list, page after page."""

from collections.abc import Mapping

from console.demo.messages import Payload
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("iam")
_PAGING = Paging(most=40, asked="MaxItems", token="Marker", refusal="InvalidInput")  # noqa: S106
_FILTERS: Mapping[str, str] = {
    "UserDetailList": "User",
    "GroupDetailList": "Group",
    "RoleDetailList": "Role",
}
_LISTS = (*_FILTERS, "Policies")


@OPERATIONS("GetAccountAuthorizationDetails")
def get_account_authorization_details(asked: Asked) -> Payload:
    """Return one page of all that is asked for; all four lists are there, if only empty."""
    wanted = asked.parameters.get("Filter") or [*_FILTERS.values(), "LocalManagedPolicy", "AWSManagedPolicy"]
    account = asked.account
    lists = {
        "UserDetailList": account.users,
        "GroupDetailList": account.groups,
        "RoleDetailList": account.roles,
        "Policies": [each for each in account.policies if _kind(each) in wanted],
    }
    entries = [
        {"list": name, "entry": entry}
        for name in _LISTS
        if _FILTERS.get(name, name) in wanted or name == "Policies"
        for entry in lists[name]
    ]
    found, following = page(asked, entries, _PAGING)
    sorted_out: Payload = {name: [each["entry"] for each in found if each["list"] == name] for name in _LISTS}
    return {**sorted_out, "IsTruncated": bool(following), **following}


def _kind(policy: Payload) -> str:
    return "AWSManagedPolicy" if ":iam::aws:" in policy["Arn"] else "LocalManagedPolicy"
