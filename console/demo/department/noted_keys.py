"""What is wrong with the keys that something names, in each Region where something does."""

import json
from collections.abc import Iterator

from console.collect.data_paths import NAMES_KEYS, key_names
from console.demo.department.model_access import SUPPLIER
from console.demo.department.noted_buckets import named_buckets
from console.demo.department.seen import Fault, Seen
from console.demo.estate import Region
from console.demo.messages import Payload

_NAMING = (*NAMES_KEYS, "bedrock.async_invoke")
_CHOSEN = ("logs.log_group", "s3.bucket_encryption")
"""Kinds of which not everything is on the data path."""
_ANYBODY = '"AWS": "*"'


def key_faults(seen: Seen) -> Iterator[Fault]:
    """Yield what is wrong with each key."""
    made = {
        kind: {
            each.get("KeyArn") or each["Arn"]: each
            for _, region in seen.regions()
            for each in region.held.get(kind, ())
        }
        for kind in ("kms.key", "kms.key_policy", "kms.key_rotation", "kms.grant")
    }
    for code, region in seen.regions():
        for arn in sorted(_named(seen, code, region) & made["kms.key"].keys()):
            parts = {kind: found[arn] for kind, found in made.items()}
            for control, why in _faults(parts):
                yield Fault(control, arn, why, code)


def _named(seen: Seen, code: str, region: Region) -> set[str]:
    buckets = named_buckets(region)
    held = [each for kind in _NAMING if kind not in _CHOSEN for each in region.held.get(kind, ())]
    held += seen.log_groups(region)
    held += [
        each
        for _, other in seen.regions()
        for each in other.held.get("s3.bucket_encryption", ())
        if each["Bucket"] in buckets
    ]
    guardrails = region.guardrails if seen.shows_guardrails(code) else []
    return {name for each in (*region.trails, *guardrails, *held) for name in key_names(each)}


def _faults(parts: dict[str, Payload]) -> Iterator[tuple[str, str]]:
    key = parts["kms.key"]
    if key["KeyState"] != "Enabled":
        yield "BR-KMS-007", f"It is {key['KeyState']}"
    if key["KeyState"] != "PendingDeletion" and not parts["kms.key_rotation"]["KeyRotationEnabled"]:
        yield "BR-KMS-008", "It is not rotated"
    if key["MultiRegion"]:
        yield "BR-KMS-004", "It has a copy in Virginia"
    if _ANYBODY in parts["kms.key_policy"]["Policy"]:
        yield "BR-KMS-005", "Everybody may decrypt with it"
    if SUPPLIER in json.dumps(parts["kms.grant"]["Grants"]):
        yield "BR-KMS-006", "It was granted to a supplier"
