from typing import Any

import pytest

from console.controls.catalog.bucket_encryption import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import ask, is_unknown_when_unread
from unit.controls.bucketed import NAME, is_left_to_what_is_missed, judged, location, part

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
KIND = "s3.bucket_encryption"
KEY = "arn:aws:kms:eu-west-2:111122223333:key/k"


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)
    assert is_left_to_what_is_missed(CONTROL, KIND)


def test_no_bucket_is_not_applicable() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


def rules(algorithm: Any, key: Any = None) -> Any:
    by_default = {"SSEAlgorithm": algorithm, **({"KMSMasterKeyID": key} if key else {})}
    rule = {"ApplyServerSideEncryptionByDefault": by_default}
    return {"ServerSideEncryptionConfiguration": {"Rules": [rule]}}


@pytest.mark.parametrize(
    ("payload", "verdict", "said"),
    [
        (rules("aws:kms", KEY), PASS, KEY),
        (rules("aws:kms:dsse", KEY), PASS, KEY),
        (rules("aws:kms", "k"), PASS, "under k"),
        (rules("AES256"), FAIL, "AES256"),
        (rules(None), FAIL, "nothing that AWS names"),
        (rules("aws:kms"), FAIL, "AWS manages for S3"),
        (rules("aws:kms", "arn:aws:kms:eu-west-2:111122223333:alias/aws/s3"), FAIL, "AWS manages for S3"),
        ({"ServerSideEncryptionConfiguration": {"Rules": [{}]}}, UNKNOWN, "not understood"),
        ({}, UNKNOWN, "not understood"),
    ],
)
def test_only_a_key_of_our_own_passes(payload: Any, verdict: Any, said: str) -> None:
    found = judged(CONTROL, location(), part(KIND, payload))
    assert (found.subject, found.verdict, found.evidence) == (NAME, verdict, (1, 2))
    assert said in found.because


@pytest.mark.parametrize("name", [KEY, "k"])
def test_a_key_that_aws_manages_is_not_our_own_however_it_is_named(name: str) -> None:
    key = fact("kms.key", KEY, {"KeyManager": "AWS"}, sequence=5)
    found = judged(CONTROL, location(), part(KIND, rules("aws:kms", name)), key)
    assert (found.verdict, found.evidence) == (FAIL, (1, 2, 5))


def test_none_at_all_fails() -> None:
    assert judged(CONTROL, location()).verdict is FAIL
