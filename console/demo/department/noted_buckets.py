"""What is wrong with the buckets that Bedrock's resources and trails name."""

import json
from collections.abc import Iterator

from console.collect.data_paths import NAMES_BUCKETS, bucket_names
from console.demo.department.plan import LONDON
from console.demo.department.seen import Fault, Seen
from console.demo.estate import Region
from console.demo.messages import Payload

_LEAST_DAYS = 365
_NAMING = (*NAMES_BUCKETS, "bedrock.async_invoke")
_NOT_OURS = "pages-logs-"
"""How the names of buckets begin that take logs of other services alone."""


def bucket_faults(seen: Seen) -> Iterator[Fault]:
    """Yield what is wrong with each bucket, in each Region where something names it."""
    lies = {
        each["Name"]: code for code, region in seen.regions() for each in region.held.get("s3.bucket", ())
    }
    for code, region in seen.regions():
        logs = set(_log_buckets(region))
        for name in sorted(named_buckets(region)):
            for control, why in _faults(seen, name, lies.get(name, ""), is_of_logs=name in logs):
                yield Fault(control, name, why, code)


def named_buckets(region: Region) -> set[str]:
    """Return the names of the buckets that something of Bedrock's names in a Region."""
    held = [each for kind in _NAMING for each in region.held.get(kind, ())]
    trails = [each["trail"] for each in region.trails]
    names = {name for each in (region.logging, *trails, *held) for name in bucket_names(each)}
    return {each for each in names if not each.startswith(_NOT_OURS)}


def _log_buckets(region: Region) -> Iterator[str]:
    yield from (each["trail"]["S3BucketName"] for each in region.trails)
    yield from bucket_names(region.logging)


def _faults(seen: Seen, name: str, lies: str, *, is_of_logs: bool) -> Iterator[tuple[str, str]]:
    if not lies:
        yield "BR-BKT-008", "It was deleted, and its name is free"
        return
    if lies != LONDON:
        yield "BR-BKT-008", f"It lies in {lies}"
    region = seen.account.regions[lies]
    if not _part(region, "s3.bucket_policy", name):
        yield "BR-BKT-001", "It has no policy"
    if "aws:kms" not in json.dumps(_part(region, "s3.bucket_encryption", name)):
        yield "BR-BKT-002", "It encrypts under a key of AWS's"
    if not _part(region, "s3.bucket_versioning", name):
        yield "BR-BKT-003", "It keeps no versions"
    if is_of_logs:
        yield from _kept(region, name)
    if _part(region, "s3.bucket_replication", name):
        yield "BR-BKT-006", "It is copied to Dublin"
    if not _part(region, "s3.bucket_public_access", name) and not seen.held("s3control.public_access_block"):
        yield "BR-BKT-007", "Nothing blocks public access"


def _kept(region: Region, name: str) -> Iterator[tuple[str, str]]:
    if "COMPLIANCE" not in json.dumps(_part(region, "s3.bucket_object_lock", name)):
        yield "BR-BKT-004", "It is not locked in compliance mode"
    rules = _part(region, "s3.bucket_lifecycle", name).get("Rules", ())
    if not rules or rules[0]["Expiration"]["Days"] < _LEAST_DAYS:
        yield "BR-BKT-005", "It deletes too early, or never"


def _part(region: Region, kind: str, name: str) -> Payload:
    """Return a part of a bucket's set-up; empty where it was never made."""
    found = (each for each in region.held.get(kind, ()) if each["Bucket"] == name)
    return next(found, {})
