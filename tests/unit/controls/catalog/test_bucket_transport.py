import json
from typing import Any

import pytest

from console.controls.catalog.bucket_transport import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import ask, is_unknown_when_unread
from unit.controls.bucketed import NAME, is_left_to_what_is_missed, judged, location, part

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
KIND = "s3.bucket_policy"
BOTH = [f"arn:aws:s3:::{NAME}", f"arn:aws:s3:::{NAME}/*"]


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)
    assert is_left_to_what_is_missed(CONTROL, KIND)


def test_no_bucket_is_not_applicable() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT
    assert judged(CONTROL, location({"Error": "NoSuchBucket"})).verdict is NOT


def policy(**changes: Any) -> Any:
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": BOTH,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": statement | changes})


@pytest.mark.parametrize(
    ("text", "verdict", "said"),
    [
        (policy(), PASS, "denies"),
        (policy(Principal={"AWS": "*"}), PASS, "denies"),
        (policy(Action="s3:GetObject"), FAIL, "s3:PutObject, s3:ListBucket"),
        (policy(Resource=BOTH[1]), FAIL, "s3:ListBucket"),
        (policy(Principal={"AWS": "arn:aws:iam::111122223333:role/x"}), FAIL, "s3:GetObject"),
        (policy(Condition={"Bool": {"aws:SecureTransport": "true"}}), FAIL, "s3:GetObject"),
        (
            policy(
                Condition={
                    "Bool": {"aws:SecureTransport": "false"},
                    "IpAddress": {"aws:SourceIp": "10.0.0.0/8"},
                }
            ),
            FAIL,
            "s3:GetObject",
        ),
        (policy(Effect="Allow"), FAIL, "s3:GetObject"),
        ("not JSON", UNKNOWN, "not understood"),
        (None, UNKNOWN, "not understood"),
    ],
)
def test_everybody_must_be_denied_everything_in_plain_text(text: Any, verdict: Any, said: str) -> None:
    found = judged(CONTROL, location(), part(KIND, {"Policy": text}))
    assert (found.subject, found.verdict, found.evidence) == (NAME, verdict, (1, 2))
    assert said in found.because


def test_no_policy_denies_nothing() -> None:
    found = judged(CONTROL, location())
    assert (found.verdict, found.evidence) == (FAIL, (1,))
