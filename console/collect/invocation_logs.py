"""Reading the logs that Bedrock writes of models' use: objects of a bucket, events of a log group.

What is read here holds prompts, so nothing but the reader of records may be handed it, and nothing keeps it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from console.collect.base import Client, MalformedAnswerError, ask, ask_pages

FOLDER = "BedrockModelInvocationLogs"
_SUFFIXES = (".json.gz", ".json")
_LARGE_BODIES = "/data/"
"""In objects under this, Bedrock keeps bodies that are too large for a record."""

STATEMENTS: tuple[dict[str, Any], ...] = (
    {
        "Sid": "FindInvocationLogs",
        "Effect": "Allow",
        "Action": ["s3:ListBucket"],
        "Resource": "arn:aws:s3:::*",
    },
    {
        "Sid": "ReadInvocationLogObjects",
        "Effect": "Allow",
        "Action": ["s3:GetObject"],
        "Resource": f"arn:aws:s3:::*/AWSLogs/*/{FOLDER}/*",
    },
    {
        "Sid": "ReadInvocationLogEvents",
        "Effect": "Allow",
        "Action": ["logs:FilterLogEvents"],
        "Resource": "*",
    },
)
"""What IAM must allow for it: no object but those logs, in no bucket."""
ACTIONS = tuple(action for statement in STATEMENTS for action in statement["Action"])


@dataclass(frozen=True, slots=True, kw_only=True)
class LogObject:
    """One object of a log, not yet read."""

    name: str
    """What comes after the log's own prefix."""
    size: int
    """Bytes, packed."""
    mark: str
    """Its entity tag: another content has another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEvents:
    """Some events of a log group, as they come: whole lines, and the moment of the last."""

    lines: bytes
    count: int


def prefix_of(account_id: str, region: str, key_prefix: str = "") -> str:
    """Return with what the names of all objects of a log begin.

    >>> prefix_of("111122223333", "eu-west-2", "bedrock")
    'bedrock/AWSLogs/111122223333/BedrockModelInvocationLogs/eu-west-2/'
    """
    begin = f"{key_prefix.strip('/')}/" if key_prefix.strip("/") else ""
    return f"{begin}AWSLogs/{account_id}/{FOLDER}/{region}/"


def day_name(day: date) -> str:
    """Return with what the name of a day's objects begins, after the log's prefix.

    >>> day_name(date(2026, 11, 3))
    '2026/11/03/'
    """
    return f"{day:%Y/%m/%d}/"


def list_objects(s3: Client, bucket: str, prefix: str, first_day: date) -> Iterator[LogObject]:
    """Yield the objects of a log from a day on, in the order of their names, which is that of time."""
    asked = {"Bucket": bucket, "Prefix": prefix, "StartAfter": prefix + day_name(first_day)}
    for page in ask_pages(s3, "list_objects_v2", **asked):
        found = page.get("Contents", [])
        if page.get("KeyCount") != len(found):
            raise MalformedAnswerError("a page of a bucket's objects does not have as many as it says")
        for each in found:
            name = each["Key"].removeprefix(prefix)
            if name.endswith(_SUFFIXES) and _LARGE_BODIES not in f"/{name}":
                yield LogObject(name=name, size=each["Size"], mark=each["ETag"].strip('"'))


def read_object(s3: Client, bucket: str, prefix: str, found: LogObject) -> bytes:
    """Return an object's content, packed; fails if it is not the one that was listed any more."""
    answer = ask(s3, "get_object", Bucket=bucket, Key=prefix + found.name, IfMatch=f'"{found.mark}"')
    content: bytes = answer["Body"].read()
    return content


def read_events(logs: Client, group: str, start: int, end: int) -> Iterator[LogEvents]:
    """Yield the events of a log group from one moment to before another, in seconds since 1970, page by page."""
    asked = {"logGroupName": group, "startTime": start * 1000, "endTime": end * 1000 - 1}
    for page in ask_pages(logs, "filter_log_events", **asked):
        if "events" not in page:
            raise MalformedAnswerError("the answer to filter_log_events has no events")
        lines = [each["message"].replace("\n", " ") for each in page["events"]]
        yield LogEvents(lines="\n".join(lines).encode("utf-8", "surrogatepass"), count=len(lines))
