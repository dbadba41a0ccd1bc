"""Digests that CloudTrail signs each hour over the log files that it delivered: of one day, in the trail's Region.

A digest is kept as its bytes say, with its signature, because the signature is over those bytes: it is verified later
and elsewhere, with the public keys that are evidence too. It names log files and their hashes, and nothing that is in
them. Those of other Regions of a trail, and of earlier days, are in the bucket and are not read here.
"""

import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from console.collect.base import (
    Client,
    Collector,
    Found,
    Known,
    MalformedAnswerError,
    Reach,
    ask,
    ask_pages,
    client_in,
)
from console.collect.each import each

_FOLDER = "CloudTrail-Digest"
_MOST = 200
"""Digests of a trail and day; there are 24, and a few more where CloudTrail made some up for."""
_MOST_BYTES = 4_000_000
_GZIP = 16 + zlib.MAX_WBITS
_NOWHERE_ELSE = "arn:aws:s3:::*/AWSLogs/*/CloudTrail-Digest/*"


def fetch(s3: Client, known: Known, today: date) -> Found:
    """Yield the digests of yesterday of each trail of this Region whose files are validated."""
    regions = {bucket["Name"]: bucket["BucketRegion"] for bucket in known["s3.bucket"]}
    here = s3.meta.region_name
    for trail in known["cloudtrail.trail"]:
        if not trail.get("LogFileValidationEnabled") or trail.get("HomeRegion", here) != here:
            continue
        bucket = trail["S3BucketName"]
        client = client_in(s3, regions[bucket]) if bucket in regions else s3
        keys = list(_keys(client, trail, today - timedelta(days=1)))
        yield from each(keys, partial(_digest, client, trail))


def _keys(client: Client, trail: Any, day: date) -> Iterator[str]:  # noqa: ANN401 - AWS's answer
    """Yield the keys of a trail's digests of a day, oldest first."""
    bucket, home, name = trail["S3BucketName"], trail["HomeRegion"], trail["Name"]
    account = trail["TrailARN"].split(":")[4]
    begin = f"{trail['S3KeyPrefix'].strip('/')}/" if trail.get("S3KeyPrefix") else ""
    below = f"{begin}AWSLogs/"
    if trail.get("IsOrganizationTrail"):
        below = _of_organisation(client, bucket, below)
    prefix = f"{below}{account}/{_FOLDER}/{home}/{day:%Y/%m/%d}/{account}_{_FOLDER}_{home}_{name}_{home}_"
    found: list[str] = []
    for page in ask_pages(client, "list_objects_v2", Bucket=bucket, Prefix=prefix):
        contents = page.get("Contents", [])
        if page.get("KeyCount") != len(contents):
            raise MalformedAnswerError("a page of a bucket's objects does not have as many as it says")
        found += [each["Key"] for each in contents]
        if len(found) > _MOST:
            raise MalformedAnswerError(f"there are more than {_MOST} digests of one trail and day")
    yield from sorted(found)


def _of_organisation(client: Client, bucket: str, below: str) -> str:
    """Return below which address an organisation's trail keeps its files: its id is in it."""
    answer = ask(client, "list_objects_v2", Bucket=bucket, Prefix=f"{below}o-", Delimiter="/")
    found = [each["Prefix"] for each in answer.get("CommonPrefixes", [])]
    if len(found) != 1:
        raise MalformedAnswerError(f"{bucket} holds the files of {len(found)} organisations")
    return str(found[0])


def _digest(client: Client, trail: Any, key: str) -> dict[str, object]:  # noqa: ANN401 - AWS's answer
    answer = ask(client, "get_object", Bucket=trail["S3BucketName"], Key=key)
    unpacked = zlib.decompressobj(_GZIP)
    try:
        content = unpacked.decompress(answer["Body"].read(), _MOST_BYTES)
        text = content.decode("utf-8")
    except (zlib.error, UnicodeDecodeError):
        raise MalformedAnswerError(f"{key} is no digest in gzip") from None
    if not unpacked.eof:
        raise MalformedAnswerError(f"{key} breaks off, or is longer than {_MOST_BYTES:,} bytes")
    said = answer.get("Metadata", {})
    return {
        "TrailARN": trail["TrailARN"],
        "Bucket": trail["S3BucketName"],
        "Key": key,
        "Content": text,
        "Signature": said.get("signature", ""),
        "SignatureAlgorithm": said.get("signature-algorithm", ""),
    }


COLLECTOR = Collector(
    kind="s3.cloudtrail_digest",
    title="Signed digests of log files (of one day)",
    service="s3",
    reach=Reach.REGION,
    actions=("s3:ListBucket", "s3:GetObject"),
    operations=("ListObjectsV2", "GetObject"),
    confined={"s3:ListBucket": "arn:aws:s3:::*", "s3:GetObject": _NOWHERE_ELSE},
    key="Key",
    fetch=fetch,
    required=("TrailARN", "Key", "Content", "Signature"),
    needs=("cloudtrail.trail", "s3.bucket"),
    dated=True,
)
