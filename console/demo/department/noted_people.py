"""What is wrong with users, their credentials, and permissions that nobody uses."""

from collections.abc import Iterator

from console.demo.department.people import API_KEY_USER
from console.demo.department.seen import Fault, Seen
from console.demo.messages import Payload

_PAST = "20"
"""How a moment begins that does not move with the day on which it is read."""


def people_faults(seen: Seen) -> Iterator[Fault]:
    """Yield what is wrong with an account's users and root user."""
    yield from _api_keys(seen)
    yield from _root(seen)
    if seen.shows_people:
        yield from _made_for_keys(seen)
        yield from _users(seen)
        yield from _unused(seen)
        yield from _careless(seen)


def _api_keys(seen: Seen) -> Iterator[Fault]:
    for each in seen.held("iam.service_specific_credential"):
        if each["Status"] == "Active" and "ExpirationDate" not in each:
            yield Fault("BR-KEY-002", each["ServiceSpecificCredentialId"], "It never expires")


def _root(seen: Seen) -> Iterator[Fault]:
    (summary,) = seen.held("iam.account_summary")
    if summary["AccountAccessKeysPresent"] or not summary["AccountMFAEnabled"]:
        yield Fault("BR-IAM-004", seen.member.id, "Its root user has no MFA, or has an access key")


def _made_for_keys(seen: Seen) -> Iterator[Fault]:
    live = {
        each["UserName"]
        for each in seen.held("iam.service_specific_credential")
        if each["Status"] == "Active"
    }
    keyed = {each["UserName"] for each in seen.held("iam.access_key")}
    for user in seen.account.users:
        if user["UserName"].startswith(API_KEY_USER):
            if user["UserName"] not in live:
                yield Fault("BR-KEY-003", user["Arn"], "It kept its policy when its key was gone")
            if user["UserName"] in keyed:
                yield Fault("BR-KEY-004", user["Arn"], "Somebody made an access key for it")


def _users(seen: Seen) -> Iterator[Fault]:
    users = {each["UserName"]: each for each in seen.account.users}
    devices = {each["UserName"] for each in seen.held("iam.mfa_device")}
    for each in seen.held("iam.access_key"):
        is_old = each["Status"] == "Active" and each["CreateDate"].startswith(_PAST)
        if is_old and _may_use_bedrock(users[each["UserName"]]):
            yield Fault("BR-IAM-002", each["AccessKeyId"], "It is older than a year")
    for name, user in users.items():
        if _may_use_bedrock(user) and name not in devices and not name.startswith(API_KEY_USER):
            yield Fault("BR-IAM-003", user["Arn"], "It has no MFA device")


def _may_use_bedrock(user: Payload) -> bool:
    attached = any("bedrock" in each["PolicyName"].lower() for each in user["AttachedManagedPolicies"])
    return attached or "experimenters" in user["GroupList"]


def _unused(seen: Seen) -> Iterator[Fault]:
    for each in seen.held("iam.service_last_accessed"):
        services = [
            service
            for service in each["ServicesLastAccessed"]
            if service["ServiceNamespace"].startswith("bedrock")
        ]
        if all(service.get("LastAuthenticated", _PAST).startswith(_PAST) for service in services):
            yield Fault("BR-IAM-005", each["Arn"], "It did not use Bedrock this year")


def _careless(seen: Seen) -> Iterator[Fault]:
    sets = {
        each["PermissionSetArn"]: each["Name"]
        for each in seen.estate.organisation.held["sso-admin.permission_set"]
    }
    for each in seen.estate.organisation.held["sso-admin.account_assignment"]:
        is_here = each["AccountId"] == seen.member.id and seen.uses_models
        if is_here and sets[each["PermissionSetArn"]] == "BreakGlass":
            subject = f"{each['PermissionSetArn']}/{seen.member.id}/{each['PrincipalId']}"
            yield Fault("BR-IAM-006", subject, "Engineers are administrators there")
