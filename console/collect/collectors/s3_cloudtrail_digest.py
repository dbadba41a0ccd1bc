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
_ACCOUNT = re.compile(r"\d{12}", re.ASCII)
_MOST = 200
"""Digests of a trail, account and day; there are 24, and a few more where CloudTrail made some up for."""
_MOST_BYTES = 4_000_000
_GZIP = 16 + zlib.MAX_WBITS
_NOWHERE_ELSE = "arn:aws:s3:::*/AWSLogs/*/CloudTrail-Digest/*"


def fetch(s3: Client, known: Known, today: date) -> Found:
    """Yield the digests of yesterday of each trail of this account and Region whose files are validated.

    An organisation's trail is listed in every account; its digests, of which every account has a series of its own,
    are read in the account that owns it.
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
        begins = [
            _begin(trail, folder, here, today - timedelta(days=1)) for folder in _folders(client, trail)
        ]
        if not trail.get("IsOrganizationTrail"):
            yield from _series(client, trail, begins[0])
        else:
            yield from each_of(begins, partial(_series, client, trail))

    yield from each_of(trails, read)


def _owner(trail: Any) -> str:  # noqa: ANN401 - AWS's answer
    return str(trail["TrailARN"].split(":")[4])


def _begin(trail: Any, folder: str, home: str, day: date) -> str:  # noqa: ANN401 - AWS's answer
    """Return how the keys of a trail's digests of a day begin, in an account's folder, up to the time."""
    account, name = folder.split("/")[-2], trail["Name"]
    return f"{folder}{_FOLDER}/{home}/{day:%Y/%m/%d}/{account}_{_FOLDER}_{home}_{name}_{home}_"


def _series(client: Client, trail: Any, begin: str) -> Found:  # noqa: ANN401 - AWS's answer
    """Yield an account's digests of a day."""
    sizes = _sizes(client, trail["S3BucketName"], begin)
    yield from each_of(sorted(sizes), partial(_digest, client, trail, sizes))


def _sizes(client: Client, bucket: str, begin: str) -> dict[str, int]:
    """Return how many bytes each digest has, by key; not those of a trail whose name begins alike."""
    of_day = begin + "".join(begin.split("/")[-4:-1])
    found: dict[str, int] = {}
    for page in ask_pages(client, "list_objects_v2", Bucket=bucket, Prefix=begin):
        contents = page.get("Contents", [])
        if page.get("KeyCount") != len(contents):
            raise MalformedAnswerError("a page of a bucket's objects does not have as many as it says")
        sizes = {each["Key"]: each["Size"] for each in contents if each["Key"].startswith(of_day)}
        found |= {key: size for key, size in sizes.items() if _ENDING.fullmatch(key, len(of_day))}
        if len(found) > _MOST:
            raise NotAskedError(f"there are more than {_MOST} digests of one trail and day")
    return found


def _folders(client: Client, trail: Any) -> list[str]:  # noqa: ANN401 - AWS's answer
    """Return the folders of the accounts of which a trail writes: of an organisation's, below the organisation's id."""
    bucket = trail["S3BucketName"]
    begin = f"{trail['S3KeyPrefix'].strip('/')}/" if trail.get("S3KeyPrefix") else ""
    below = f"{begin}AWSLogs/"
    if not trail.get("IsOrganizationTrail"):
        return [f"{below}{_owner(trail)}/"]
    organisations = _prefixes(client, bucket, f"{below}o-")
    if len(organisations) != 1:
        raise NotAskedError(f"{bucket} holds the files of {len(organisations)} organisations")
    found = _prefixes(client, bucket, organisations[0])
    return [each for each in found if _ACCOUNT.fullmatch(each.split("/")[-2])]


def _prefixes(client: Client, bucket: str, begin: str) -> list[str]:
    """Return the folders whose names begin so."""
    found: list[str] = []
    for page in ask_pages(client, "list_objects_v2", Bucket=bucket, Prefix=begin, Delimiter="/"):
        folders = page.get("CommonPrefixes", [])
        if page.get("KeyCount") != len(folders) + len(page.get("Contents", [])):
            raise MalformedAnswerError("a page of a bucket's folders does not have as many as it says")
        found += [str(each["Prefix"]) for each in folders]
    return found


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
