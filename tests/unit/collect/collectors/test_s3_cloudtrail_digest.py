"""Signed digests of a trail's log files: of one day, as their bytes say, verified by somebody else than who signed."""

import hashlib
import subprocess
from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from console.domain.evidence import GapReason
from console.vault.digest_chain import check_chain, read_digest
from unit.collect.collectors.asking import Asking
from unit.collect.collectors.knowing import read_knowing

KIND = "s3.cloudtrail_digest"
ARN = "arn:aws:cloudtrail:eu-west-2:{}:trail/account-baseline"


def test_the_digests_of_one_whole_day_are_read_and_hang_together(asking: Asking) -> None:
    reading = asking.somewhere(KIND)
    assert len(reading.facts) == 24
    keys = asking.read("cloudtrail.public_key", reading.scope).payloads
    ders = {name: b64decode(each["Value"]) for name, each in keys.items()}
    digests = [
        read_digest(each["Content"].encode(), bytes.fromhex(each["Signature"]))
        for each in reading.payloads.values()
    ]
    found = check_chain(digests, ders)
    assert (found.faults, found.unproven, found.digests, found.chains) == ((), (), 24, 1)
    assert found.logs >= 24


def test_openssl_finds_the_signature_good_and_not_over_anything_else(asking: Asking, tmp_path) -> None:
    reading = asking.somewhere(KIND)
    said = reading.facts[0].payload
    digest = read_digest(said["Content"].encode(), bytes.fromhex(said["Signature"]))
    key = asking.read("cloudtrail.public_key", reading.scope).payloads[digest.fingerprint]
    pem = load_der_public_key(b64decode(key["Value"])).public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    for name, content in (("key", pem), ("sig", digest.signature), ("signed", digest.signed)):
        (tmp_path / name).write_bytes(content)
    command = ["openssl", "dgst", "-sha256", "-verify", "key", "-signature", "sig", "signed"]
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    (tmp_path / "signed").write_bytes(digest.signed + b"\n")
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode != 0
    assert hashlib.sha256(digest.content).hexdigest().encode() in digest.signed


def test_a_digest_that_is_refused_is_a_gap_and_the_others_are_read(asking: Asking) -> None:
    before = asking.somewhere(KIND)
    account = before.scope.account_id
    asking.standin.fault("denied", service="s3", operation="GetObject", account=account, times=1)
    after = asking.read(KIND, before.scope)
    (gap,) = after.collected.gaps
    assert gap.reason is GapReason.DENIED
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}


def test_a_bucket_whose_digests_may_not_be_listed_is_a_gap(asking: Asking) -> None:
    scope = asking.somewhere(KIND).scope
    asking.standin.fault("denied", service="s3", operation="ListObjectsV2", account=scope.account_id)
    collected = asking.read(KIND, scope).collected
    (gap,) = collected.gaps
    assert (gap.key, gap.reason, collected.facts) == ("", GapReason.DENIED, ())


@pytest.mark.parametrize(
    "changes",
    [{"LogFileValidationEnabled": False}, {"HomeRegion": "eu-west-1"}, {"S3KeyPrefix": "elsewhere/"}],
)
def test_a_trail_that_is_not_validated_or_not_at_home_here_has_none(
    asking: Asking, changes: dict[str, object]
) -> None:
    scope = asking.somewhere(KIND).scope
    trail = {
        "TrailARN": ARN.format(scope.account_id),
        "Name": "account-baseline",
        "HomeRegion": "eu-west-2",
        "S3BucketName": f"trail-archive-{scope.account_id}",
        "LogFileValidationEnabled": True,
    }
    whole = read_knowing(asking, KIND, scope, cloudtrail__trail=[trail])
    assert len(whole.facts) == 24
    assert read_knowing(asking, KIND, scope, cloudtrail__trail=[{**trail, **changes}]).facts == ()
