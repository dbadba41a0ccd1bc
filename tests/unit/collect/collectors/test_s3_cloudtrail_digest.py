"""Signed digests of a trail's log files: of one day, as their bytes say, verified by somebody else than who signed."""

import gzip
import hashlib
import io
import subprocess
from base64 import b64decode
from datetime import date
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from console.collect.base import Missed
from console.collect.collectors.s3_cloudtrail_digest import fetch
from console.domain.evidence import Fact, GapReason
from console.domain.scope import Scope
from console.vault.digest_chain import check_chain, read_digest
from standin_process import LONDON
from unit.collect.collectors.asking import Asking, Reading
from unit.collect.collectors.knowing import read_knowing

KIND = "s3.cloudtrail_digest"
ARN = "arn:aws:cloudtrail:eu-west-2:{}:trail/account-baseline"


def own(reading: Reading) -> list[Fact]:
    """Return the digests of the account's own trail, and not of the organisation's."""
    return [each for each in reading.facts if "account-baseline" in each.payload["TrailARN"]]


def whole(asking: Asking) -> Reading:
    """Return a reading in which nobody has spoilt anything."""
    return asking.somewhere(KIND, lambda reading: len(own(reading)) == 24)


def test_the_digests_of_one_whole_day_are_read_and_hang_together(asking: Asking) -> None:
    reading = whole(asking)
    keys = asking.read("cloudtrail.public_key", reading.scope).payloads
    ders = {name: b64decode(each["Value"]) for name, each in keys.items()}
    digests = [
        read_digest(each["Content"].encode(), bytes.fromhex(each["Signature"]))
        for each in (fact.payload for fact in own(reading))
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
    said = {(gap.key, gap.reason) for gap in collected.gaps}
    assert said >= {(ARN.format(scope.account_id), GapReason.DENIED)}
    assert {reason for _, reason in said} == {GapReason.DENIED}
    assert collected.facts == ()


def of_organisation(asking: Asking) -> tuple[Reading, Fact]:
    """Return the reading with the organisation's trail, and that trail."""
    owner = asking.standin.management_account
    reading = next(each for each in asking.everywhere(KIND) if each.scope == Scope(owner, LONDON))
    trails = asking.read("cloudtrail.trail", reading.scope).facts
    return reading, next(each for each in trails if each.payload["IsOrganizationTrail"])


def test_the_digests_of_an_organisations_trail_lie_below_its_id(asking: Asking) -> None:
    reading, trail = of_organisation(asking)
    found = [each for each in reading.facts if each.payload["TrailARN"] == trail.key]
    (organisation,) = asking.payloads("organizations.organization")
    begin = f"AWSLogs/{organisation['Id']}/{reading.scope.account_id}/CloudTrail-Digest/{LONDON}/"
    assert len(found) == 24
    assert all(each.key.startswith(begin) for each in found)
    keys = asking.read("cloudtrail.public_key", reading.scope).payloads
    ders = {name: b64decode(each["Value"]) for name, each in keys.items()}
    digests = [
        read_digest(each.payload["Content"].encode(), bytes.fromhex(each.payload["Signature"]))
        for each in found
    ]
    assert check_chain(digests, ders).faults == ()


def test_a_bucket_without_an_organisations_files_is_a_gap_of_that_trail_alone(asking: Asking) -> None:
    _, trail = of_organisation(asking)
    members = [each for each in asking.everywhere(KIND) if len(own(each)) == 24]
    scope = next(each.scope for each in members if each.scope.account_id != trail.scope.account_id)
    arn = f"arn:aws:cloudtrail:{LONDON}:{scope.account_id}:trail/ours"
    bucket = f"trail-archive-{scope.account_id}"
    trails = [
        {**trail.payload, "TrailARN": arn, "Name": "ours", "S3BucketName": bucket},
        {**trail.payload, "TrailARN": ARN.format(scope.account_id), "Name": "account-baseline"}
        | {"S3BucketName": bucket, "IsOrganizationTrail": False},
    ]
    collected = read_knowing(asking, KIND, scope, cloudtrail__trail=trails)
    (gap,) = collected.gaps
    assert (gap.key, gap.reason) == (arn, GapReason.FAILED)
    assert "0 organisations" in gap.detail
    assert len(collected.facts) == 24


def test_an_organisations_trail_that_another_account_owns_is_not_read_here(asking: Asking) -> None:
    _, trail = of_organisation(asking)
    scope = next(
        each.scope for each in asking.everywhere(KIND) if each.scope.account_id != trail.scope.account_id
    )
    collected = read_knowing(asking, KIND, scope, cloudtrail__trail=[trail.payload])
    assert (collected.facts, collected.gaps) == ((), ())


def test_folders_are_counted_page_by_page_as_s3_does_it(asking: Asking) -> None:
    owner = asking.standin.management_account
    client = asking.standin.client("s3")
    bucket = f"trail-archive-{owner}"
    below = client.list_objects_v2(Bucket=bucket, Prefix="AWSLogs/", Delimiter="/")
    (organisation,) = asking.payloads("organizations.organization")
    found = [each["Prefix"] for each in below["CommonPrefixes"]]
    assert found == sorted([f"AWSLogs/{owner}/", f"AWSLogs/{organisation['Id']}/"])
    assert (below["KeyCount"], below["Delimiter"], below.get("Contents")) == (2, "/", None)
    first = client.list_objects_v2(Bucket=bucket, Prefix="AWSLogs/", Delimiter="/", MaxKeys=1)
    token = first["NextContinuationToken"]
    second = client.list_objects_v2(
        Bucket=bucket, Prefix="AWSLogs/", Delimiter="/", MaxKeys=1, ContinuationToken=token
    )
    assert [first["CommonPrefixes"][0]["Prefix"], second["CommonPrefixes"][0]["Prefix"]] == found
    folder = own(whole(asking))[0].key.rpartition("/")[0] + "/"
    said = client.list_objects_v2(
        Bucket=bucket, Prefix=folder.replace(folder.split("/")[1], owner), Delimiter="/"
    )
    assert said["KeyCount"] == len(said["Contents"]) >= 24
    assert "CommonPrefixes" not in said


@pytest.mark.parametrize(
    "changes",
    [{"LogFileValidationEnabled": False}, {"HomeRegion": "eu-west-1"}, {"S3KeyPrefix": "elsewhere/"}],
)
def test_a_trail_that_is_not_validated_or_not_at_home_here_has_none(
    asking: Asking, changes: dict[str, object]
) -> None:
    scope = whole(asking).scope
    trail = {
        "TrailARN": ARN.format(scope.account_id),
        "Name": "account-baseline",
        "HomeRegion": "eu-west-2",
        "S3BucketName": f"trail-archive-{scope.account_id}",
        "LogFileValidationEnabled": True,
    }
    assert len(read_knowing(asking, KIND, scope, cloudtrail__trail=[trail]).facts) == 24
    assert read_knowing(asking, KIND, scope, cloudtrail__trail=[{**trail, **changes}]).facts == ()


class Bucket:
    """What `fetch` asks of a client, answered from a bucket of this test's: content and signature by key."""

    def __init__(self, objects: dict[str, bytes], lost: int = 0) -> None:
        self.objects = objects
        self.lost = lost
        """Bytes of each that are lost on their way."""
        self.meta = SimpleNamespace(
            region_name=LONDON, surroundings=SimpleNamespace(acting_account=lambda: "111122223333")
        )

    def can_paginate(self, _: str) -> bool:
        return False

    def list_objects_v2(self, **asked: str) -> dict[str, object]:
        found = [
            {"Key": key, "Size": len(held) + self.lost}
            for key, held in self.objects.items()
            if key.startswith(asked["Prefix"])
        ]
        return {"Contents": found, "KeyCount": len(found)}

    def get_object(self, **asked: str) -> dict[str, object]:
        return {"Body": io.BytesIO(self.objects[asked["Key"]]), "Metadata": {"signature": "00"}}


TRAIL = {
    "TrailARN": "arn:aws:cloudtrail:eu-west-2:111122223333:trail/t",
    "Name": "t",
    "S3BucketName": "b",
    "LogFileValidationEnabled": True,
}
FOLDER = (
    "AWSLogs/111122223333/CloudTrail-Digest/eu-west-2/2026/11/22/111122223333_CloudTrail-Digest_eu-west-2_"
)
DAY = date(2026, 11, 23)


def fetched(objects: dict[str, bytes], lost: int = 0) -> dict[str, object]:
    found = fetch(Bucket(objects, lost), {"cloudtrail.trail": [TRAIL], "s3.bucket": []}, DAY)  # type: ignore[arg-type]
    return {each.key if isinstance(each, Missed) else each["Key"]: each for each in found}


def test_what_somebody_put_in_the_place_of_a_digest_is_kept_as_nothing_that_cloudtrail_writes() -> None:
    places = [f"{FOLDER}t_eu-west-2_20261122T{hour:02}0000Z.json.gz" for hour in range(5)]
    whole = gzip.compress(b"{}")
    put = [whole, b"no gzip", whole[:-1], gzip.compress(b"\xff"), gzip.compress(b" " * 4_000_001)]
    found = fetched(dict(zip(places, put, strict=True)))
    contents = [each["Content"] for each in found.values() if not isinstance(each, Missed)]
    assert contents == ["{}", "", "", ""]
    missed = found[places[4]]
    assert isinstance(missed, Missed)
    assert "4,000,000 bytes long, or longer" in str(missed.error)


def test_what_came_in_another_length_than_it_has_is_a_gap_and_no_spoilt_digest() -> None:
    place = f"{FOLDER}t_eu-west-2_20261122T000000Z.json.gz"
    (missed,) = fetched({place: gzip.compress(b"{}")}, lost=3).values()
    assert isinstance(missed, Missed)
    assert (missed.key, "bytes came, and it has" in str(missed.error)) == (place, True)


def test_digests_of_a_trail_whose_name_begins_alike_are_that_trails() -> None:
    own, belated = "t_eu-west-2_20261122T000000Z.json.gz", "t_eu-west-2_20261122T000000Z_backfill.json.gz"
    other = "t_eu-west-2_more_eu-west-2_20261122T000000Z.json.gz"
    another_day = "t_eu-west-2_20261123T000000Z.json.gz"
    objects = {FOLDER + name: gzip.compress(b"{}") for name in (own, belated, other, another_day)}
    assert fetched(objects).keys() == {FOLDER + own, FOLDER + belated}


def test_more_than_there_can_be_is_a_gap_of_the_trail() -> None:
    places = [
        f"{FOLDER}t_eu-west-2_20261122T00{number // 60:02}{number % 60:02}Z.json.gz" for number in range(201)
    ]
    (missed,) = fetched(dict.fromkeys(places, b"")).items()
    assert missed[0] == TRAIL["TrailARN"]
    assert "more than 200" in str(missed[1].error)  # type: ignore[attr-defined]
