"""CloudTrail's digests: signed by AWS, each over the one before; read and held to each other without asking AWS.

What is signed is four lines: when a digest ends, where it lies, the hash of its bytes, and the signature of the one
before. So nobody can change a digest or take one out without it being seen, whoever holds the bucket.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from console.vault.rsa import BadRsaKeyError, is_signed_by, rsa_key

ALGORITHM = "SHA256withRSA"
_NONE_BEFORE = "null"
_TEXTS = (
    "digestEndTime",
    "digestS3Bucket",
    "digestS3Object",
    "digestPublicKeyFingerprint",
    "digestSignatureAlgorithm",
)
_BEFORE = ("S3Bucket", "S3Object", "HashValue", "Signature")


class BadDigestError(ValueError):
    """Something is no digest of CloudTrail's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One digest with its signature, read and not yet verified."""

    content: bytes
    """Uncompressed, as CloudTrail wrote it."""
    signature: bytes
    bucket: str
    key: str
    end: str
    """RFC 3339."""
    fingerprint: str
    """Of the key that signed it."""
    before_bucket: str
    before_key: str
    """Where the one before lies; empty at the beginning of a chain."""
    before_sha256: str
    before_signature: str
    """In hexadecimal; empty at the beginning of a chain."""
    logs: int
    """How many log files it lists."""

    @property
    def signed(self) -> bytes:
        """What the signature is over."""
        before = self.before_signature or _NONE_BEFORE
        lines = (self.end, f"{self.bucket}/{self.key}", hashlib.sha256(self.content).hexdigest(), before)
        return "\n".join(lines).encode()


def read_digest(content: bytes, signature: bytes) -> Digest:
    """Return a digest as its own bytes say it; raise `BadDigestError` if they say none."""
    try:
        said: Mapping[str, Any] = json.loads(content)
        texts = [said[name] for name in _TEXTS]
        before = [said.get(f"previousDigest{name}") or "" for name in _BEFORE]
        count = len(said["logFiles"])
        for each in (*texts, *before):
            each.encode()  # what is signed is made of them
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadDigestError("it is no digest in CloudTrail's form") from None
    if texts[4] != ALGORITHM:
        raise BadDigestError(f"it is not signed by {ALGORITHM}")
    return Digest(
        content=content,
        signature=signature,
        end=texts[0],
        bucket=texts[1],
        key=texts[2],
        fingerprint=texts[3],
        before_bucket=before[0],
        before_key=before[1],
        before_sha256=before[2],
        before_signature=before[3],
        logs=count,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Chained:
    """What came of holding digests to their keys and to each other."""

    faults: tuple[str, ...]
    unproven: tuple[str, ...]
    """Digests whose key is not at hand, by their address."""
    digests: int
    logs: int
    chains: int
    """Runs of digests that hang together; one for each trail unless some are missing between."""


def check_chain(digests: Iterable[Digest], keys: Mapping[str, bytes]) -> Chained:
    """Verify signatures with keys (DER, by fingerprint), and that each is over the one before, where that is there."""
    held = sorted(digests, key=lambda each: (each.bucket, each.key))
    by_key = {(each.bucket, each.key): each for each in held}
    faults: list[str] = []
    unproven: list[str] = []
    begins = 0
    for each in held:
        fault = fault_of(each, keys)
        if fault is None:
            unproven.append(each.key)
        elif fault:
            faults.append(f"{each.key}: {fault}")
        before = by_key.get((each.before_bucket, each.before_key))
        begins += before is None
        if before is not None and not is_over(each, before):
            faults.append(f"{each.key}: it is not over {before.key}, which it names as the one before")
    return Chained(
        faults=tuple(faults),
        unproven=tuple(unproven),
        digests=len(held),
        logs=sum(each.logs for each in held),
        chains=begins,
    )


def fault_of(digest: Digest, keys: Mapping[str, bytes]) -> str | None:
    """Return what is wrong with a signature; empty if it is good, None if its key (DER) is not at hand."""
    der = keys.get(digest.fingerprint)
    if der is None:
        return None
    try:
        good = is_signed_by(rsa_key(der), digest.signed, digest.signature)
    except BadRsaKeyError as error:
        return f"its key {digest.fingerprint}: {error}"
    return "" if good else "it is not what CloudTrail signed"


def is_over(digest: Digest, before: Digest) -> bool:
    """Tell whether a digest was made over another: over its bytes and over its signature."""
    is_same = digest.before_sha256 == hashlib.sha256(before.content).hexdigest()
    return is_same and digest.before_signature == before.signature.hex()
