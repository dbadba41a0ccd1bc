"""Objects of S3 below an address: every version of them, and what keeps them there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from console.base.canonical import canonical, sha256_hex
from console.base.clock import stamp
from console.collect.discovery.beside_objects import check_beside, say_archived
from console.collect.discovery.inquiry import Inquiry
from console.deletion.plan import EMPTY, Check
from console.deletion.target import Target
from console.domain.scope import Scope

OPERATION = "s3:DeleteObjects"
LISTING = "s3:ListObjectVersions"
_OLDEST: Mapping[str | None, str] = {None: "us-east-1", "": "us-east-1", "EU": "eu-west-1"}
_CLASS = "StorageClass"
_MOST_ASKED = 2_000
"""Versions whose locks are read one by one; of more it is not known whether they are locked."""
_NAMING = (
    "bedrock.custom_model",
    "bedrock.model_customization_job",
    "bedrock.evaluation_job",
    "bedrock.model_invocation_job",
    "bedrock.imported_model",
    "bedrock.model_import_job",
    "bedrock-agent.data_source",
)
"""Kinds that name addresses of S3 whose data they use."""


@dataclass(frozen=True, slots=True)
class _Bucket:
    name: str
    scope: Scope


def find_objects(
    inquiry: Inquiry,
    scope: Scope,
    uri: str,
    what: str,
    *,
    after: Sequence[str] = (),
    besides: Sequence[str] = (),
) -> list[str]:
    """Plan the deletion of everything at or below an address; return the ids of the steps.

    An address that ends in a slash is a prefix; another is one object, or a prefix of it with a slash.
    """
    parts = urlsplit(uri)
    name, key = parts.netloc, parts.path.removeprefix("/")
    users = inquiry.users_of(scope, uri, _NAMING, besides)
    if users and inquiry.sketch.block("shared-data", uri, f"{what} is also used by {', '.join(users)}"):
        return []
    bucket = _located(inquiry, scope, name, uri)
    if bucket is None:
        return []
    look = inquiry.looker.versions(bucket.scope, name, key)
    versions = [each for each in inquiry.seen(look, uri) or [] if is_below(each["Key"], key)]
    _check_bucket(inquiry, bucket, uri)
    check_beside(inquiry, bucket.scope, name)
    say_archived(inquiry, uri, [each[_CLASS] for each in versions])
    kept = _locked(inquiry, bucket, versions)
    going = [each for each in versions if version_id(each) not in kept]
    if not going:
        return []
    parameters = {"Bucket": name, "Prefix": key, "Kept": sorted(kept)}
    step = inquiry.sketch.step(
        bucket.scope,
        OPERATION,
        parameters,
        subject=uri,
        words=f"Delete {len(going):,} versions of objects: {what}",
        check=Check(operation=LISTING, parameters=parameters, expects=EMPTY),
        state_sha256=state_of(going),
        size=len(going),
        after=after,
    )
    return [step]


def find_address(inquiry: Inquiry, target: Target) -> None:
    """Plan the deletion of everything at or below an address that was named by itself."""
    scope = Scope(target.account_id, target.region)
    find_objects(inquiry, scope, target.name, "objects that were asked for by their address")
    inquiry.keeps_trail(target.name)


def is_below(key: str, prefix: str) -> bool:
    """Tell whether a key is at an address or below it, and not only begins alike.

    >>> is_below("a/train.jsonl.old", "a/train.jsonl")
    False
    """
    return not prefix or key == prefix or key.startswith(prefix if prefix.endswith("/") else f"{prefix}/")


def version_id(version: Mapping[str, Any]) -> str:
    """Return what stands for one version in a plan: its hash, since a key may name a person."""
    return sha256_hex(canonical([version["Key"], version["VersionId"]]))[:32]


def state_of(versions: Sequence[Mapping[str, Any]]) -> str:
    """Return the hash of a list of versions, whatever the order; where S3 keeps a version is no part of it."""
    alike = ({name: value for name, value in each.items() if name != _CLASS} for each in versions)
    return sha256_hex(canonical(sorted(canonical(each).decode() for each in alike)))


def _located(inquiry: Inquiry, scope: Scope, name: str, uri: str) -> _Bucket | None:
    found = inquiry.see_once(scope, f"s3://{name}", "s3:GetBucketLocation", Bucket=name)
    if found is None:
        if inquiry.once[str(scope), "s3:GetBucketLocation", name].is_absent:
            why = "The bucket was deleted before"
            inquiry.sketch.stays(uri, "Nothing: its bucket is not there", why, "not applicable")
        return None
    location = found.get("LocationConstraint")
    return _Bucket(name, Scope(scope.account_id, _OLDEST.get(location, location)))


def _check_bucket(inquiry: Inquiry, bucket: _Bucket, uri: str) -> None:
    """Note what of the bucket's set-up keeps objects, or copies of them."""
    whole, named = f"s3://{bucket.name}", {"Bucket": bucket.name}
    versioning = inquiry.see_once(bucket.scope, whole, "s3:GetBucketVersioning", **named) or {}
    if versioning.get("MFADelete") == "Enabled":
        words = f"{bucket.name} lets versions go only with the root user's one-time code (MFA delete)"
        inquiry.sketch.block("mfa-delete", whole, words)
    replication = inquiry.see_once(bucket.scope, whole, "s3:GetBucketReplication", **named)
    rules = (replication or {}).get("ReplicationConfiguration", {}).get("Rules", [])
    copies = sorted({rule["Destination"]["Bucket"] for rule in rules if rule.get("Status") == "Enabled"})
    for each in copies:
        words = f"{bucket.name} is copied to {each}; deleting a version here does not delete it there"
        inquiry.sketch.block("replication", f"{whole} → {each}", words)
    lifecycle = inquiry.see_once(bucket.scope, whole, "s3:GetBucketLifecycleConfiguration", **named) or {}
    days = [
        rule["Expiration"]["Days"]
        for rule in lifecycle.get("Rules", [])
        if rule.get("Status") == "Enabled" and "Days" in rule.get("Expiration", {})
    ]
    inquiry.sketch.stays(
        whole,
        "Copies that somebody made by hand, if there are any",
        "AWS keeps no list of them",
        f"not known; the bucket's own lifecycle deletes after {min(days)} days" if days else "not known",
    )
    key = (str(bucket.scope), "uploads", bucket.name)
    if key not in inquiry.once:
        inquiry.once[key] = inquiry.looker.uploads(bucket.scope, bucket.name)
    uploads = inquiry.seen(inquiry.once[key], whole) or []
    below = urlsplit(uri).path.removeprefix("/")
    if any(is_below(each, below) for each in uploads):
        inquiry.sketch.block("in-flight", uri, f"An upload to {uri} is under way and not complete")


def _locked(inquiry: Inquiry, bucket: _Bucket, versions: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return the versions that are locked and may stay; those that may not are blockers, and stay in the plan."""
    objects = [each for each in versions if not each["marker"]]
    whole = f"s3://{bucket.name}"
    lock = inquiry.see_once(bucket.scope, whole, "s3:GetObjectLockConfiguration", Bucket=bucket.name)
    if lock is None or not objects:
        return set()
    if len(objects) > _MOST_ASKED:
        words = f"locks of {len(objects):,} versions are too many to read one by one"
        inquiry.sketch.unseen(f"s3://{bucket.name}", "s3:GetObjectRetention", "not attempted", words)
        return set()
    return {version_id(each) for each in objects if _is_kept(inquiry, bucket, each)}


def _is_kept(inquiry: Inquiry, bucket: _Bucket, version: Mapping[str, Any]) -> bool:
    subject = f"s3://{bucket.name}/{version['Key']}#{version['VersionId']}"
    named = {"Bucket": bucket.name, "Key": version["Key"], "VersionId": version["VersionId"]}
    retention = inquiry.see(bucket.scope, subject, "s3:GetObjectRetention", **named) or {}
    hold = inquiry.see(bucket.scope, subject, "s3:GetObjectLegalHold", **named) or {}
    kept = False
    until = retention.get("Retention", {}).get("RetainUntilDate", "")
    if until and datetime.fromisoformat(until) > inquiry.sketch.now:
        mode = retention["Retention"]["Mode"]
        until = stamp(datetime.fromisoformat(until))
        who = "by nobody" if mode == "COMPLIANCE" else "only with a right that this console does not use"
        words = f"Object Lock in {mode} mode until {until[:10]}: it can be deleted {who} before"
        kept = inquiry.sketch.block("object-lock", subject, words, until)
    if hold.get("LegalHold", {}).get("Status") == "ON":
        words = "A legal hold is on this version: it stays until the hold is lifted"
        kept = inquiry.sketch.block("legal-hold", subject, words) or kept
    return kept
