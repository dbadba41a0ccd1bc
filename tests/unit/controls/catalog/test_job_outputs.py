from dataclasses import replace
from typing import Any

import pytest

from console.controls.catalog.job_outputs import CONTROL
from console.domain.finding import Verdict
from fakes import fact, gap
from unit.controls.asking import ask, is_unknown_when_unread, opinion
from unit.controls.keys_made import ARN, follows_keys, key

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
BATCH, ASYNC, BUCKET, _ = CONTROL.reads
NAMING = {BATCH: "s3EncryptionKeyId", ASYNC: "kmsKeyId"}


def job(kind: str = BATCH, **output: Any) -> Any:
    return fact(kind, "j", {"outputDataConfig": {"s3OutputDataConfig": output}}, sequence=7)


def bucket(*rules: Any) -> Any:
    found = [{"ApplyServerSideEncryptionByDefault": each} for each in rules]
    return fact(BUCKET, "results", {"ServerSideEncryptionConfiguration": {"Rules": found}}, sequence=8)


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_jobs_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(("kind", "member"), NAMING.items())
def test_a_key_is_worth_what_its_state_is(kind: str, member: str) -> None:
    assert all(follows_keys(CONTROL, job(kind, s3Uri="s3://results/a/", **{member: ARN})))


@pytest.mark.parametrize("kind", NAMING)
@pytest.mark.parametrize(
    ("rules", "verdict", "word"),
    [
        ([{"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": ARN}], PASS, ARN),
        ([{"SSEAlgorithm": "aws:kms:dsse", "KMSMasterKeyID": ARN}], PASS, ARN),
        ([{"SSEAlgorithm": "aws:kms"}], FAIL, "AWS manages"),
        ([{"SSEAlgorithm": "AES256"}], FAIL, "AWS owns"),
        ([{"SSEAlgorithm": "rot13"}], UNKNOWN, "rot13"),
        ([{}], UNKNOWN, "not said"),
        ([], UNKNOWN, "did not say how"),
    ],
)
def test_without_a_key_the_default_of_the_bucket_decides(
    kind: str, rules: Any, verdict: Any, word: str
) -> None:
    found = opinion(CONTROL, job(kind, s3Uri="s3://results/a/"), bucket(*rules), key())
    assert (found.verdict, found.evidence[:2]) == (verdict, (7, 8))
    assert "by default of bucket results" in found.because
    assert word in found.because


@pytest.mark.parametrize("uri", [None, "https://results/a/", "s3://others/a/"])
def test_a_bucket_that_was_not_said_or_read_is_unknown(uri: Any) -> None:
    found = opinion(
        CONTROL, job(s3Uri=uri), bucket({"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": ARN}), key()
    )
    assert (found.verdict, found.evidence) == (UNKNOWN, (7,))


def test_a_bucket_that_aws_would_not_show_is_unknown_and_opens_to_the_gap() -> None:
    lost = replace(gap(BUCKET, sequence=9), key="results")
    found = opinion(CONTROL, job(s3Uri="s3://results/a/"), missing=[lost])
    assert (found.verdict, found.evidence) == (UNKNOWN, (7, 9))
