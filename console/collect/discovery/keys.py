"""Encryption keys: what is under a key can be read by nobody once the key is gone, so nothing else may use it."""

from typing import Any

from console.collect.data_paths import NAMES_KEYS
from console.collect.discovery.inquiry import Inquiry
from console.deletion.plan import SCHEDULED
from console.deletion.target import Target
from console.domain.scope import Scope

_WAITING, _OWN = "PendingDeletion", "CUSTOMER"


def find_encryption_key(inquiry: Inquiry, target: Target) -> None:
    """Plan the destruction of a key after AWS's waiting period, if nothing is known to use it."""
    scope, arn = Scope(target.account_id, target.region), target.name
    found = inquiry.see(scope, arn, "kms:DescribeKey", KeyId=arn)
    if found is None:
        return
    key, days = found["KeyMetadata"], int(target.detail["days"])
    if key["KeyState"] == _WAITING:
        until = str(key.get("DeletionDate", ""))[:10]
        inquiry.sketch.stays(arn, "The key itself", "AWS destroys it already", until or "not known")
        return
    _users(inquiry, scope, arn, key)
    reach = (
        f"What is encrypted under {arn} in services that this console does not read can be read by nobody "
        f"afterwards, backups included{_last_used(inquiry, scope, arn)}"
    )
    inquiry.sketch.block("key-reach", arn, reach)
    inquiry.removal(
        scope,
        "kms:ScheduleKeyDeletion",
        "kms:DescribeKey",
        {"KeyId": arn, "PendingWindowInDays": days},
        subject=arn,
        words=(
            f"Destroy the key: it is switched off at once, and AWS destroys it after {days} days. Until then it can "
            "be restored; from then on nothing under it can be read again, by anybody"
        ),
        expects=SCHEDULED,
        asked={"KeyId": arn},
    )
    inquiry.keeps_trail(arn)


def _users(inquiry: Inquiry, scope: Scope, arn: str, key: Any) -> None:  # noqa: ANN401 - AWS's answer
    if key.get("KeyManager") != _OWN:
        inquiry.sketch.block("key-in-use", arn, "The key is AWS's own and cannot be destroyed by a customer")
    aliases = inquiry.all_of(scope, f"aliases of {arn}", "kms:ListAliases", "Aliases", KeyId=arn)
    names = (arn.rpartition("/")[2], *(each["AliasName"] for each in aliases))
    for each in inquiry.naming(scope.account_id, NAMES_KEYS, *names):
        inquiry.sketch.block("key-in-use", f"{arn} by {each}", f"{each} is encrypted under the key")
    grants = inquiry.all_of(scope, f"grants of {arn}", "kms:ListGrants", "Grants", KeyId=arn)
    for grantee in sorted({each.get("GranteePrincipal", "a service") for each in grants}):
        words = f"{grantee} holds a grant to use the key; revoke it first"
        inquiry.sketch.block("key-in-use", f"{arn} by grant to {grantee}", words)
    copies = key.get("MultiRegionConfiguration", {}).get("ReplicaKeys", [])
    for each in copies:
        words = f"A copy of the key is in {each['Region']}, which can read what this one can; delete it first"
        inquiry.sketch.block("key-in-use", f"{arn} copied to {each['Arn']}", words)


def _last_used(inquiry: Inquiry, scope: Scope, arn: str) -> str:
    """Say when KMS saw the key used last: somebody who still uses it would lose what is under it."""
    found = inquiry.see(scope, f"last use of {arn}", "kms:GetKeyLastUsage", KeyId=arn)
    if found is None:
        return ""
    used = found.get("KeyLastUsage", {}).get("Timestamp", "")
    if used:
        return f". It was last used on {used[:10]}"
    since = str(found.get("TrackingStartDate", ""))[:10]
    return f". KMS has seen no use of it since {since}" if since else ". KMS has seen no use of it"
