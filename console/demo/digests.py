"""Digests of the department's trails, as CloudTrail writes them: one an hour, each signed over the one before."""

import gzip
import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from console.demo.department.draw import Draw
from console.demo.digest_key import sign
from console.demo.messages import Payload

FOLDER = "CloudTrail-Digest"
_HOURS = 24
_SPOILT = "T035900Z"
"""Which digest of a day is spoilt where one is."""
Digests = dict[str, tuple[bytes, str]]
"""By key, each packed, with its signature in hexadecimal."""


def digests_of(seed: int, trail_json: str, fingerprint: str, day: date, organisation: str = "") -> Digests:
    """Return the digests of a day.

    The first is over one of the day before, which is not among them. Those of an organisation's trail lie below its id.
    """
    return dict(_digests_of(seed, trail_json, fingerprint, day, organisation))


def taken_out(found: Digests) -> Digests:
    """Return a day's digests without that of one night hour, as somebody would leave them who wants it forgotten."""
    return {key: each for key, each in found.items() if _SPOILT not in key}


def changed(found: Digests) -> Digests:
    """Return a day's digests, that of one night hour without its last log file and with the signature as it was."""
    return {
        key: (_shortened(content), signed) if _SPOILT in key else (content, signed)
        for key, (content, signed) in found.items()
    }


def _shortened(packed: bytes) -> bytes:
    said = json.loads(gzip.decompress(packed))
    return gzip.compress(json.dumps({**said, "logFiles": said["logFiles"][:-1]}).encode(), mtime=0)


@lru_cache(maxsize=64)
def _digests_of(
    seed: int, trail_json: str, fingerprint: str, day: date, organisation: str
) -> tuple[tuple[str, tuple[bytes, str]], ...]:
    trail, made = json.loads(trail_json), []
    below = f"AWSLogs/{organisation}/" if organisation else "AWSLogs/"
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    before: Payload = {}
    for hour in range(-1, _HOURS):
        end = start + timedelta(hours=hour + 1, minutes=-1)
        key = _key(trail, below, end)
        content = json.dumps(_content(seed, trail, fingerprint, end, key, before)).encode()
        digest = hashlib.sha256(content).hexdigest()
        signed = (
            f"{_stamp(end)}\n{trail['S3BucketName']}/{key}\n{digest}\n{before.get('signature') or 'null'}"
        )
        signature = sign(signed.encode()).hex()
        before = {"key": key, "sha256": digest, "signature": signature}
        if hour >= 0:
            made.append((key, (gzip.compress(content, mtime=0), signature)))
    return tuple(made)


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _key(trail: Payload, below: str, end: datetime) -> str:
    account, home = trail["TrailARN"].split(":")[4], trail["HomeRegion"]
    name = f"{account}_{FOLDER}_{home}_{trail['Name']}_{home}_{end:%Y%m%dT%H%M%SZ}.json.gz"
    return f"{below}{account}/{FOLDER}/{home}/{end:%Y/%m/%d}/{name}"


def _content(
    seed: int, trail: Payload, fingerprint: str, end: datetime, key: str, before: Payload
) -> Payload:
    account, home, bucket = trail["TrailARN"].split(":")[4], trail["HomeRegion"], trail["S3BucketName"]
    draw, first = Draw(seed), end - timedelta(hours=1)
    logs = [
        {
            "s3Bucket": bucket,
            "s3Object": f"{key.partition(account)[0]}{account}/CloudTrail/{home}/{end:%Y/%m/%d}/"
            f"{account}_CloudTrail_{home}_"
            f"{first + timedelta(minutes=5 * number):%Y%m%dT%H%MZ}_{draw.hexadecimal(16, key, number)}.json.gz",
            "hashValue": draw.hexadecimal(64, "log", key, number),
            "hashAlgorithm": "SHA-256",
            "newestEventTime": _stamp(end),
            "oldestEventTime": _stamp(first),
        }
        for number in range(1 + draw.below(3, "logs", key))
    ]
    return {
        "awsAccountId": account,
        "digestStartTime": _stamp(first),
        "digestEndTime": _stamp(end),
        "digestS3Bucket": bucket,
        "digestS3Object": key,
        "digestPublicKeyFingerprint": fingerprint,
        "digestSignatureAlgorithm": "SHA256withRSA",
        "newestEventTime": _stamp(end),
        "oldestEventTime": _stamp(first),
        "previousDigestS3Bucket": bucket if before else None,
        "previousDigestS3Object": before.get("key"),
        "previousDigestHashValue": before.get("sha256"),
        "previousDigestHashAlgorithm": "SHA-256" if before else None,
        "previousDigestSignature": before.get("signature"),
        "logFiles": logs,
    }
