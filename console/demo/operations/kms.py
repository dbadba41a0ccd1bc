"""AWS KMS: keys, who may use them, whether they rotate, and what destroys them after a waiting period."""

from datetime import UTC, datetime, timedelta

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("kms")
_PAGING = Paging(most=2, asked="Limit", token="Marker", refusal="InvalidMarkerException")  # noqa: S106
_NEXT = "NextMarker"
_SYMMETRIC = "SYMMETRIC_DEFAULT"


@OPERATIONS("DescribeKey")
def describe_key(asked: Asked) -> Payload:
    """Return a key by ARN, id or alias."""
    return {"KeyMetadata": {name: value for name, value in _key(asked).items() if name != "KeyLastUsage"}}


@OPERATIONS("GetKeyPolicy")
def get_key_policy(asked: Asked) -> Payload:
    """Return a key's one policy."""
    return {"PolicyName": "default", "Policy": _beside(asked, "kms.key_policy")["Policy"]}


@OPERATIONS("GetKeyRotationStatus")
def get_key_rotation_status(asked: Asked) -> Payload:
    """Return whether a symmetric key rotates."""
    if _key(asked)["KeySpec"] != _SYMMETRIC:
        raise RefusedError(400, "UnsupportedOperationException", "")
    status = _beside(asked, "kms.key_rotation")
    return {name: value for name, value in status.items() if name != "KeyArn"}


@OPERATIONS("ListAliases")
def list_aliases(asked: Asked) -> Payload:
    """Return a page of the names of a key."""
    arn = _key(asked)["Arn"]
    aliases = [each for each in asked.held("kms.alias") if each["TargetKeyId"] == arn]
    found, following = page(asked, aliases, _PAGING)
    token = {_NEXT: following[_PAGING.token]} if following else {}
    return {"Aliases": found, "Truncated": bool(token), **token}


@OPERATIONS("GetKeyLastUsage")
def get_key_last_usage(asked: Asked) -> Payload:
    """Return when a key was used last, if it was."""
    key = _key(asked)
    used = {"KeyLastUsage": key["KeyLastUsage"]} if "KeyLastUsage" in key else {}
    return {"KeyId": key["KeyId"], "TrackingStartDate": key["CreationDate"], **used}


@OPERATIONS("ScheduleKeyDeletion")
def schedule_key_deletion(asked: Asked) -> Payload:
    """Switch a key off; it is destroyed after the days that are given, thirty unless others are."""
    key, days = _key(asked), int(asked.parameters.get("PendingWindowInDays", 30))
    if key["KeyState"] == "PendingDeletion":
        raise RefusedError(400, "KMSInvalidStateException", f"{key['Arn']} is pending deletion.")
    end = (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    key |= {"KeyState": "PendingDeletion", "Enabled": False, "DeletionDate": end}
    return {
        "KeyId": key["Arn"],
        "DeletionDate": end,
        "KeyState": "PendingDeletion",
        "PendingWindowInDays": days,
    }


@OPERATIONS("ListGrants")
def list_grants(asked: Asked) -> Payload:
    """Return a page of a key's grants."""
    grants = _beside(asked, "kms.grant")["Grants"]
    found, following = page(asked, grants, _PAGING)
    token = {_NEXT: following[_PAGING.token]} if following else {}
    return {"Grants": found, "Truncated": bool(token), **token}


def _key(asked: Asked) -> Payload:
    wanted = asked.text("KeyId")
    for alias in asked.held("kms.alias"):
        if wanted in (alias["AliasName"], alias["AliasArn"]):
            wanted = alias["TargetKeyId"]
    if wanted.startswith("arn:") and wanted.split(":")[3] != asked.region:
        raise RefusedError(400, "NotFoundException", f"Invalid arn {wanted.split(':')[3]}")
    for key in asked.held("kms.key"):
        if wanted in (key["Arn"], key["KeyId"]):
            return key
    if wanted.startswith("arn:") and wanted.split(":")[4] != asked.account_id:
        message = (
            f"User: {asked.caller} is not authorized to perform: kms:{asked.operation} on resource: {wanted}"
        )
        raise RefusedError(400, "AccessDeniedException", message)
    raise RefusedError(400, "NotFoundException", f"Key '{wanted}' does not exist")


def _beside(asked: Asked, name: str) -> Payload:
    arn = _key(asked)["Arn"]
    return next(each for each in asked.held(name) if each["KeyArn"] == arn)
