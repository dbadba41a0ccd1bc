"""Digests as CloudTrail writes them, really signed with the demo's key, in any number and order."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from console.demo.digest_key import public_value, sign
from console.domain.evidence import Fact
from console.vault.digest_chain import read_digest
from fakes import LONDON, fact

ACCOUNT, REGION = LONDON.account_id, LONDON.region
ARN = f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail/t"
PRINT = "0a" * 16
BUCKET = "trails"
MIDNIGHT = datetime(2026, 11, 22, tzinfo=UTC)
HOURS = [MIDNIGHT + timedelta(hours=hour, minutes=59) for hour in range(24)]
PAYLOAD = {
    "TrailARN": ARN,
    "Name": "t",
    "HomeRegion": REGION,
    "S3BucketName": BUCKET,
    "LogFileValidationEnabled": True,
}
LOGGING = {"TrailARN": ARN, "IsLogging": True, "StartLoggingTime": "2024-02-01T09:00:00Z"}
KEY = fact("cloudtrail.public_key", PRINT, {"Fingerprint": PRINT, "Value": public_value()}, LONDON, 90)


def trail(**changes: Any) -> Fact:
    return fact("cloudtrail.trail", ARN, {**PAYLOAD, **changes}, LONDON, 1)


def status(**changes: Any) -> Fact:
    return fact("cloudtrail.trail_status", ARN, {**LOGGING, **changes}, LONDON, 2)


def address(end: datetime, suffix: str = "", name: str = "t") -> str:
    return (
        f"AWSLogs/{ACCOUNT}/CloudTrail-Digest/{REGION}/{end:%Y/%m/%d}/"
        f"{ACCOUNT}_CloudTrail-Digest_{REGION}_{name}_{REGION}_{end:%Y%m%dT%H%M%SZ}{suffix}.json.gz"
    )


def signed(content: dict[str, Any]) -> dict[str, Any]:
    """Return what is read of a digest with this content."""
    text = json.dumps(content)
    signature = sign(read_digest(text.encode(), b"").signed)
    return {
        "TrailARN": ARN,
        "Bucket": content["digestS3Bucket"],
        "Key": content["digestS3Object"],
        "Content": text,
        "Signature": signature.hex(),
    }


def series(ends: Iterable[datetime], *, begins: bool = False, suffix: str = "") -> list[dict[str, Any]]:
    """Return digests that end then, each over the one before; the first over one that is not among them."""
    made: list[dict[str, Any]] = []
    for end in ends:
        before = made[-1] if made else None
        content = {
            "digestStartTime": f"{end - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}",
            "digestEndTime": f"{end:%Y-%m-%dT%H:%M:%SZ}",
            "digestS3Bucket": BUCKET,
            "digestS3Object": address(end, suffix),
            "digestPublicKeyFingerprint": PRINT,
            "digestSignatureAlgorithm": "SHA256withRSA",
            "previousDigestS3Bucket": BUCKET,
            "previousDigestS3Object": before["Key"] if before else address(end - timedelta(hours=1), suffix),
            "previousDigestHashValue": _sha256(before) if before else "0" * 64,
            "previousDigestSignature": before["Signature"] if before else "00" * 256,
            "logFiles": [{"s3Object": f"log-{end:%H}"}],
        }
        if begins and not before:
            content |= {name: None for name in content if name.startswith("previous")}
        made.append(signed(content))
    return made


def again(payload: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a digest with another content, signed anew: what only CloudTrail can do."""
    return signed({**json.loads(payload["Content"]), **changes})


def facts(payloads: Sequence[dict[str, Any]], at: str = "") -> list[Fact]:
    """Return digests as facts, of sequence 100 and on; read at another moment than the fakes' if one is given."""
    found = [
        fact("s3.cloudtrail_digest", each["Key"], each, LONDON, 100 + number)
        for number, each in enumerate(payloads)
    ]
    return [
        replace(each, provenance=replace(each.provenance, observed_at=at)) if at else each for each in found
    ]


def _sha256(payload: dict[str, Any]) -> str:
    return hashlib.sha256(payload["Content"].encode()).hexdigest()
