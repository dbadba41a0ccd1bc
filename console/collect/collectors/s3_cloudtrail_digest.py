"""Digests that CloudTrail signs each hour over the log files that it delivered: of one day, in the trail's Region.

A digest is kept as its bytes say, with its signature, because the signature is over those bytes: it is verified later
and elsewhere, with the public keys that are evidence too. It names log files and their hashes, and nothing that is in
them. Those of other Regions of a trail, and of earlier days, are in the bucket and are not read here.
"""

import re
import zlib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from console.collect.base import (
    Client,
    Collector,
    Found,
    Known,
    MalformedAnswerError,
    Missed,
    NotAskedError,
    Reach,
    account_of,
    ask,
    ask_pages,
    client_in,
)
from console.collect.each import each_of

_FOLDER = "CloudTrail-Digest"
_ENDING = re.compile(r"T\d{6}Z(_backfill)?\.json\.gz", re.ASCII)
_MOST = 200
"""Digests of a trail and day; there are 24, and a few more where CloudTrail made some up for."""
_MOST_BYTES = 4_000_000
_GZIP = 16 + zlib.MAX_WBITS
_NOWHERE_ELSE = "arn:aws:s3:::*/AWSLogs/*/CloudTrail-Digest/*"


def fetch(s3: Client, known: Known, today: date) -> Found:
    """Yield the digests of yesterday of each trail of this account and Region whose files are validated.

    An organisation's trail is listed in every account and writes digests for each: 24 calls for every account and day.
    Those of the account that owns it are read, and of the others none.
    """
    regions = {bucket["Name"]: bucket["BucketRegion"] for bucket in known["s3.bucket"]}
    here, account = s3.meta.region_name, account_of(s3)
    trails = {
        trail["TrailARN"]: trail
        for trail in known["cloudtrail.trail"]
        if trail.get("LogFileValidationEnabled")
        and trail.get("HomeRegion", here) == here
        and _owner(trail) == account
    }

    def read(arn: str) -> Found:
        trail = trails[arn]
        bucket = trail["S3BucketName"]
        client = client_in(s3, regions[bucket]) if bucket in regions else s3
        sizes = _sizes(client, trail, here, today - timedelta(days=1))
        yield from each_of(sorted(sizes), partial(_digest, client, trail, sizes))

    yield from each_of(trails, read)


def _owner(trail: Any) -> str:  # noqa: ANN401 - AWS's answer
    return str(trail["TrailARN"].split(":")[4])


def _sizes(client: Client, trail: Any, home: str, day: date) -> dict[str, int]:  # noqa: ANN401 - AWS's answer
    """Return how many bytes each of a trail's digests of a day has, by key; not those of a trail named alike."""
    bucket, name, account = trail["S3BucketName"], trail["Name"], _owner(trail)
    begin = f"{trail['S3KeyPrefix'].strip('/')}/" if trail.get("S3KeyPrefix") else ""
    below = f"{begin}AWSLogs/"
    if trail.get("IsOrganizationTrail"):
        below = _of_organisation(client, bucket, below)
    prefix = f"{below}{account}/{_FOLDER}/{home}/{day:%Y/%m/%d}/{account}_{_FOLDER}_{home}_{name}_{home}_"
    of_day = f"{prefix}{day:%Y%m%d}"
    found: dict[str, int] = {}
    for page in ask_pages(client, "list_objects_v2", Bucket=bucket, Prefix=prefix):
        contents = page.get("Contents", [])
        if page.get("KeyCount") != len(contents):
            raise MalformedAnswerError("a page of a bucket's objects does not have as many as it says")
        sizes = {each["Key"]: each["Size"] for each in contents if each["Key"].startswith(of_day)}
        found |= {key: size for key, size in sizes.items() if _ENDING.fullmatch(key, len(of_day))}
        if len(found) > _MOST:
            raise NotAskedError(f"there are more than {_MOST} digests of one trail and day")
    return found


def _of_organisation(client: Client, bucket: str, below: str) -> str:
    """Return below which address an organisation's trail keeps its files: its id is in it."""
    answer = ask(client, "list_objects_v2", Bucket=bucket, Prefix=f"{below}o-", Delimiter="/")
    found = [each["Prefix"] for each in answer.get("CommonPrefixes", [])]
    if len(found) != 1:
        raise NotAskedError(f"{bucket} holds the files of {len(found)} organisations")
    return str(found[0])


def _digest(client: Client, trail: Any, sizes: Mapping[str, int], key: str) -> Found:  # noqa: ANN401 - AWS's answer
    """Yield what lies at a digest's key; without content where it is no text in gzip, as CloudTrail never writes.

    What came in another length than it has in the bucket was spoilt on its way, and not by whoever holds the bucket.
    """
    answer = ask(client, "get_object", Bucket=trail["S3BucketName"], Key=key)
    said, unpacked = answer.get("Metadata", {}), zlib.decompressobj(_GZIP)
    packed = answer["Body"].read()
    if len(packed) != sizes[key]:
        came = f"{len(packed):,} bytes came, and it has {sizes[key]:,} in the bucket"
        yield Missed(key, MalformedAnswerError(came))
        return
    try:
        content = unpacked.decompress(packed, _MOST_BYTES)
        if len(content) == _MOST_BYTES:
            yield Missed(key, MalformedAnswerError(f"it is {_MOST_BYTES:,} bytes long, or longer"))
            return
        text = content.decode("utf-8") if unpacked.eof else ""
    except (zlib.error, UnicodeDecodeError):
        text = ""
    yield {
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
