"""AWS IAM: principals and policies in one long list; users' credentials; when permissions were last used."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from console.base.clock import system_clock
from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("iam")
_PAGING = Paging(most=40, asked="MaxItems", token="Marker", refusal="InvalidInput")  # noqa: S106
_ONE = Paging(most=1, asked="MaxItems", token="Marker", refusal="InvalidInput")  # noqa: S106
_THREE = Paging(most=3, asked="MaxItems", token="Marker", refusal="InvalidInput")  # noqa: S106
_PREPARES = timedelta(milliseconds=100)
"""How long a report is not ready."""
_MILLISECONDS = 12
"""Digits of a job's number that say when it was begun; the others say for whom."""
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


@OPERATIONS("ListServiceSpecificCredentials")
def list_service_specific_credentials(asked: Asked) -> Payload:
    """Return API keys and the like, of all users or of one."""
    user, service = asked.text("UserName"), asked.text("ServiceName")
    if not user and not asked.parameters.get("AllUsers"):
        raise RefusedError(400, "ValidationError", "Either UserName or AllUsers must be given.")
    wanted = [
        each
        for each in _held(asked, "iam.service_specific_credential")
        if user in ("", each["UserName"]) and service in ("", each["ServiceName"])
    ]
    return _page(asked, "ServiceSpecificCredentials", wanted, _ONE)


@OPERATIONS("ListAccessKeys")
def list_access_keys(asked: Asked) -> Payload:
    """Return a user's access keys."""
    user = _user(asked)
    keys = [
        {name: each[name] for name in each if name != "AccessKeyLastUsed"}
        for each in _held(asked, "iam.access_key")
        if each["UserName"] == user
    ]
    return _page(asked, "AccessKeyMetadata", keys, _ONE)


@OPERATIONS("GetAccessKeyLastUsed")
def get_access_key_last_used(asked: Asked) -> Payload:
    """Return when and where a key was last used."""
    for each in _held(asked, "iam.access_key"):
        if each["AccessKeyId"] == asked.text("AccessKeyId"):
            return {"UserName": each["UserName"], "AccessKeyLastUsed": each["AccessKeyLastUsed"]}
    raise _no_such(asked.text("AccessKeyId"))


@OPERATIONS("ListMFADevices")
def list_mfa_devices(asked: Asked) -> Payload:
    """Return a user's MFA devices."""
    user = _user(asked)
    devices = [each for each in _held(asked, "iam.mfa_device") if each["UserName"] == user]
    return _page(asked, "MFADevices", devices, _ONE)


@OPERATIONS("GetAccountSummary")
def get_account_summary(asked: Asked) -> Payload:
    """Return counts about the account."""
    (summary,) = _held(asked, "iam.account_summary")
    return {"SummaryMap": summary}


@OPERATIONS("GetAccountPasswordPolicy")
def get_account_password_policy(asked: Asked) -> Payload:
    """Return the account's own password policy."""
    for each in _held(asked, "iam.password_policy"):
        return {"PasswordPolicy": each}
    raise _no_such(f"Password Policy with domain name {asked.account_id}")


@OPERATIONS("GenerateServiceLastAccessedDetails")
def generate_service_last_accessed_details(asked: Asked) -> Payload:
    """Begin to prepare a report about a principal; its number holds all that is remembered of it."""
    arn = asked.text("Arn")
    if arn not in _principals(asked):
        raise _no_such(arn)
    begun = round(system_clock().timestamp() * 1000)
    digits = f"{begun:0{_MILLISECONDS}x}{_seal(arn)}"
    return {"JobId": "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))}


@OPERATIONS("GetServiceLastAccessedDetails")
def get_service_last_accessed_details(asked: Asked) -> Payload:
    """Return a report, if it is ready."""
    digits = asked.text("JobId").replace("-", "")
    wanted = [arn for arn in _principals(asked) if _seal(arn) == digits[_MILLISECONDS:]]
    if not wanted:
        raise _no_such(asked.text("JobId"))
    begun = datetime.fromtimestamp(int(digits[:_MILLISECONDS], 16) / 1000, UTC)
    ready = begun + _PREPARES
    job = {
        "JobType": "ACTION_LEVEL",
        "JobCreationDate": begun.isoformat(),
        "JobCompletionDate": ready.isoformat(),
    }
    if system_clock() < ready:
        return {**job, "JobStatus": "IN_PROGRESS", "ServicesLastAccessed": [], "IsTruncated": False}
    reports = {
        each["Arn"]: each["ServicesLastAccessed"] for each in _held(asked, "iam.service_last_accessed")
    }
    listed = _page(asked, "ServicesLastAccessed", reports.get(wanted[0], []), _THREE)
    return {**job, "JobStatus": "COMPLETED", **listed}


def _page(asked: Asked, member: str, entries: list[Payload], paging: Paging) -> Payload:
    found, following = page(asked, entries, paging)
    return {member: found, "IsTruncated": bool(following), **following}


def _held(asked: Asked, name: str) -> list[Payload]:
    return asked.account.held.get(name, [])


def _user(asked: Asked) -> str:
    name = asked.text("UserName")
    if all(each["UserName"] != name for each in asked.account.users):
        raise _no_such(name)
    return name


def _principals(asked: Asked) -> list[str]:
    account = asked.account
    return [each["Arn"] for each in (*account.users, *account.groups, *account.roles, *account.policies)]


def _seal(arn: str) -> str:
    return hashlib.sha256(arn.encode()).hexdigest()[: 32 - _MILLISECONDS]


def _no_such(name: str) -> RefusedError:
    return RefusedError(404, "NoSuchEntity", f"{name} cannot be found.")
