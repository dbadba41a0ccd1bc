"""Buckets: each that something in the department names, set up well or badly."""

import json
from collections.abc import Callable, Mapping

from console.demo.department.plan import DUBLIN
from console.demo.department.site import Held, Site
from console.demo.messages import Payload

_OF_LOGS = ("trail-", "large-payloads-")
_OF_TRAINING = "-training-"
"""In the names of buckets with what models are trained on: single objects there are locked."""
_DELETED_AFTER = (90, *(400,) * 5, *(730,) * 5)
"""Days after which buckets delete; few of them too early."""
_HIDDEN = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")


def buckets_of(site: Site, names: list[str]) -> Held:
    """Return the buckets of these names, and each part of their set-up that was made."""
    held: Held = {"s3.bucket": [_bucket(site, name) for name in names]}
    for kind, make in _PARTS.items():
        made = [(name, make(site, name)) for name in names]
        held[kind] = [{"Bucket": name, **part} for name, part in made if part]
    return held


def copies_of(site: Site, names: list[str]) -> list[Payload]:
    """Return the buckets in Dublin to which buckets of these names are copied."""
    return [_bucket(site, f"{name}-{DUBLIN}") for name in names if _replication(site, name)]


def _bucket(site: Site, name: str) -> Payload:
    return {"Name": name, "CreationDate": site.day("bucket", name), "BucketArn": f"arn:aws:s3:::{name}"}


def account_block(site: Site) -> list[Payload]:
    """Return the block of the account as a whole, which a few accounts never made."""
    if site.turn(6, 2):
        return []
    return [{"PublicAccessBlockConfiguration": dict.fromkeys(_HIDDEN, True)}]


def _policy(site: Site, name: str) -> Payload:
    """Return the policy that refuses plain text; some buckets have none."""
    if site.chance(9, "no policy", name):
        return {}
    arns = [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"]
    statement = {
        "Sid": "OnlyEncryptedTransport",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": arns,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return {"Policy": json.dumps({"Version": "2012-10-17", "Statement": [statement]})}


def _policy_status(site: Site, name: str) -> Payload:
    return {"PolicyStatus": {"IsPublic": False}} if _policy(site, name) else {}


def _encryption(site: Site, name: str) -> Payload:
    own = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": site.key("buckets")}
    standard = {"SSEAlgorithm": "AES256"}
    by_default = standard if site.chance(7, "standard encryption", name) else own
    rule = {"ApplyServerSideEncryptionByDefault": by_default, "BucketKeyEnabled": True}
    return {"ServerSideEncryptionConfiguration": {"Rules": [rule]}}


def _versioning(site: Site, name: str) -> Payload:
    return {} if _OF_TRAINING not in name and site.chance(9, "no versions", name) else {"Status": "Enabled"}


def _object_lock(site: Site, name: str) -> Payload:
    if _OF_TRAINING in name:
        return {"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled"}}
    if not name.startswith(_OF_LOGS) or site.chance(9, "no lock", name):
        return {}
    mode = "GOVERNANCE" if site.chance(9, "lock", name) else "COMPLIANCE"
    retention = {"Mode": mode, "Days": 365}
    return {
        "ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": retention}}
    }


def _lifecycle(site: Site, name: str) -> Payload:
    if site.chance(9, "no lifecycle", name):
        return {}
    rule = {
        "ID": "end-of-retention",
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "Expiration": {"Days": site.draw.one_of(_DELETED_AFTER, "expiration", name)},
        "NoncurrentVersionExpiration": {"NoncurrentDays": 30},
    }
    return {"Rules": [rule], "TransitionDefaultMinimumObjectSize": "all_storage_classes_128K"}


def _replication(site: Site, name: str) -> Payload:
    """Return the copy to Dublin that a few buckets have: data that leaves the country on its own."""
    if not site.chance(12, "replicated", name):
        return {}
    rule = {
        "ID": "second-site",
        "Priority": 1,
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "Destination": {"Bucket": f"arn:aws:s3:::{name}-{DUBLIN}"},
        "DeleteMarkerReplication": {"Status": "Disabled"},
    }
    role = f"arn:aws:iam::{site.member.id}:role/bucket-replication"
    return {"ReplicationConfiguration": {"Role": role, "Rules": [rule]}}


def _public_access(site: Site, name: str) -> Payload:
    if site.chance(2 if not account_block(site) else 6, "no block", name):
        return {}
    return {"PublicAccessBlockConfiguration": dict.fromkeys(_HIDDEN, True)}


def _logging(site: Site, name: str) -> Payload:
    if site.chance(2, "unlogged", name):
        return {}
    return {"LoggingEnabled": {"TargetBucket": f"access-logs-{site.member.id}", "TargetPrefix": f"{name}/"}}


_PARTS: Mapping[str, Callable[[Site, str], Payload]] = {
    "s3.bucket_policy": _policy,
    "s3.bucket_policy_status": _policy_status,
    "s3.bucket_encryption": _encryption,
    "s3.bucket_versioning": _versioning,
    "s3.bucket_object_lock": _object_lock,
    "s3.bucket_lifecycle": _lifecycle,
    "s3.bucket_replication": _replication,
    "s3.bucket_public_access": _public_access,
    "s3.bucket_logging": _logging,
}
