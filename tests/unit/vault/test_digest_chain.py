"""CloudTrail's digests held to AWS's keys and to each other, each wrong in one way."""

import json
from base64 import b64decode
from dataclasses import replace
from datetime import date

import pytest

from console.demo.digest_key import public_value, sign
from console.demo.digests import digests_of
from console.vault.digest_chain import BadDigestError, Digest, check_chain, read_digest

TRAIL = {
    "TrailARN": "arn:aws:cloudtrail:eu-west-2:111122223333:trail/baseline",
    "Name": "baseline",
    "HomeRegion": "eu-west-2",
    "S3BucketName": "trails",
}
PRINT = "0" * 32
KEYS = {PRINT: b64decode(public_value())}


def made() -> list[Digest]:
    import gzip  # noqa: PLC0415 - one use

    found = digests_of(1, json.dumps(TRAIL), PRINT, date(2026, 11, 22)).values()
    return [read_digest(gzip.decompress(packed), bytes.fromhex(signature)) for packed, signature in found]


def changed(digest: Digest, **members: object) -> Digest:
    """Change a digest's content and let the same key sign it again, as somebody with the key could."""
    content = json.dumps({**json.loads(digest.content), **members}).encode()
    unsigned = read_digest(content, b"")
    return replace(unsigned, signature=sign(unsigned.signed))


def test_a_whole_day_is_good_whatever_the_order() -> None:
    found = check_chain(reversed(made()), KEYS)
    assert (found.faults, found.unproven, found.digests, found.chains) == ((), (), 24, 1)


def test_a_changed_digest_is_not_what_was_signed() -> None:
    digests = made()
    content = digests[3].content.replace(b'"SHA-256"', b'"SHA-257"', 1)
    digests[3] = read_digest(content, digests[3].signature)
    faults = check_chain(digests, KEYS).faults
    assert any("not what CloudTrail signed" in each for each in faults)
    assert any("is not over" in each for each in faults)


def test_one_that_was_signed_anew_breaks_the_chain() -> None:
    digests = made()
    digests[3] = changed(digests[3], logFiles=[])
    (fault,) = check_chain(digests, KEYS).faults
    assert fault.startswith(digests[4].key)
    assert "is not over" in fault


def test_one_that_was_taken_out_leaves_two_chains() -> None:
    digests = made()
    del digests[5]
    found = check_chain(digests, KEYS)
    assert (found.faults, found.chains, found.digests) == ((), 2, 23)


def test_without_the_key_nothing_is_proven_and_a_broken_key_is_a_fault() -> None:
    found = check_chain(made(), {})
    assert len(found.unproven) == 24
    assert found.faults == ()
    assert len(check_chain(made(), {PRINT: b"no key"}).faults) == 24


def test_the_first_of_a_chain_is_over_nothing() -> None:
    first = changed(made()[0], previousDigestS3Object=None, previousDigestSignature=None)
    assert first.signed.endswith(b"\nnull")
    assert check_chain([first], KEYS).faults == ()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"[" * 200_000,
        json.dumps({**json.loads(made()[0].content), "digestSignatureAlgorithm": "MD5"}).encode(),
        json.dumps({**json.loads(made()[0].content), "digestEndTime": 7}).encode(),
        json.dumps({**json.loads(made()[0].content), "digestEndTime": "\ud800"}).encode(),
        json.dumps({**json.loads(made()[0].content), "previousDigestS3Object": ["x"]}).encode(),
    ],
)
def test_what_is_no_digest_is_refused(content: bytes) -> None:
    with pytest.raises(BadDigestError):
        read_digest(content, b"")
