"""One control of buckets, asked about a bucket that is named in London."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from console.domain.finding import Finding
from fakes import fact, gap
from unit.controls.asking import ask

NAME = "public-works-logs"
LONDON_IS = {"LocationConstraint": "eu-west-2"}


def location(payload: Any = None, name: Any = NAME) -> Any:
    """Make the fact that says where a bucket lies."""
    return fact(
        "s3.bucket_location",
        name,
        {"Bucket": name, **(LONDON_IS if payload is None else payload)},
        sequence=1,
    )


def part(kind: Any, payload: Mapping[str, Any]) -> Any:
    """Make the fact of one part of the bucket's set-up."""
    return fact(kind, NAME, {"Bucket": NAME, **payload}, sequence=2)


def lost(kind: Any) -> Any:
    """Make the gap of one part that AWS would not show."""
    return replace(gap(kind, sequence=9), key=NAME)


def logging(bucket: Any = NAME, prefix: Any = "bedrock") -> Any:
    """Make invocation logging that delivers to the bucket."""
    config = {"s3Config": {"bucketName": bucket, "keyPrefix": prefix}}
    return fact("bedrock.invocation_logging", "logging", {"loggingConfig": config}, sequence=3)


def trail(bucket: Any = NAME, prefix: Any = None) -> Any:
    """Make a trail that delivers to the bucket."""
    payload = {"Name": "t", "S3BucketName": bucket, **({"S3KeyPrefix": prefix} if prefix else {})}
    return fact("cloudtrail.trail", "arn:aws:cloudtrail:eu-west-2:111122223333:trail/t", payload, sequence=4)


def judged(control: Any, *known: Any) -> Finding:
    """Return the one finding about the facts."""
    kinds = {each.kind for each in known}
    (found,) = ask(control, known, empty=[each for each in control.reads if each not in kinds])
    return found


def is_left_to_what_is_missed(control: Any, kind: Any, *known: Any) -> bool:
    """Tell whether a part that AWS would not show makes one unknown, and no opinion of the check's own."""
    found = ask(control, [location(), *known], [lost(kind)], empty=control.reads)
    return [(each.subject, each.verdict.value, each.evidence) for each in found] == [(NAME, "unknown", (9,))]
