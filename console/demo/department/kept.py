"""What is kept in buckets and log groups, as far as somebody may ask for it to be deleted."""

from collections.abc import Iterator

from console.demo.department.log_groups import INVOCATIONS
from console.demo.department.site import Site
from console.demo.messages import Payload

_VERSIONS = 2
_RETAINED_DAYS = 400
_STREAM = "aws/bedrock/modelinvocations"
_DAY_MILLIS = 86_400_000
_JANUARY = 1_767_225_600_000
"""The first of January 2026."""


def objects_of(site: Site) -> list[Payload]:
    """Return the objects of models' and jobs' data in the Region's own buckets; one of each bucket is locked."""
    buckets = {each["Name"] for each in site.built.held.get("s3.bucket", ())}
    lockable = {each["Bucket"] for each in site.built.held.get("s3.bucket_object_lock", ())}
    found: dict[tuple[str, str], Payload] = {}
    for uri in _addresses(site):
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        if bucket not in buckets:
            continue
        key = f"{key}part-0001.jsonl" if key.endswith("/") or not key else key
        found[bucket, key] = {"Bucket": bucket, "Key": key, "Versions": _VERSIONS}
    for bucket in sorted(lockable & {bucket for bucket, _ in found}):
        first = min(key for held, key in found if held == bucket)
        found[bucket, first] |= {"RetainDays": _RETAINED_DAYS, "Mode": "COMPLIANCE"}
    return [found[each] for each in sorted(found)]


def _addresses(site: Site) -> Iterator[str]:
    held = site.built.held
    for model in held.get("bedrock.custom_model", ()):
        if "trainingDataConfig" in model:
            yield model["trainingDataConfig"]["s3Uri"]
            yield from (each["s3Uri"] for each in model["validationDataConfig"]["validators"])
            yield model["outputDataConfig"]["s3Uri"]
    for model in held.get("bedrock.imported_model", ()):
        yield model["modelDataSource"]["s3DataSource"]["s3Uri"]
    for job in held.get("bedrock.model_invocation_job", ()):
        yield job["inputDataConfig"]["s3InputDataConfig"]["s3Uri"]
        yield job["outputDataConfig"]["s3OutputDataConfig"]["s3Uri"]
    for job in held.get("bedrock.evaluation_job", ()):
        yield job["outputDataConfig"]["s3Uri"]
    for document in held.get("bedrock-agent.document", ()):
        yield document["identifier"]["s3"]["uri"]


def log_streams_of(site: Site) -> list[Payload]:
    """Return the streams of the group of invocations: one that goes on for months, and one of a single day."""
    groups = [
        each for each in site.built.held.get("logs.log_group", ()) if each["logGroupName"] == INVOCATIONS
    ]
    return [
        {
            "logGroupName": INVOCATIONS,
            "logStreamName": name,
            "creationTime": start,
            "firstEventTimestamp": start,
            "lastEventTimestamp": start + length,
            "lastIngestionTime": start + length,
            "arn": f"{each['logGroupArn']}:log-stream:{name}",
            "storedBytes": 0,
        }
        for each in groups
        for name, start, length in (
            (_STREAM, _JANUARY, 200 * _DAY_MILLIS),
            (f"{_STREAM}/trial", _JANUARY + 40 * _DAY_MILLIS, _DAY_MILLIS // 2),
        )
    ]
