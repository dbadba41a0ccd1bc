import json
from typing import Any

import pytest

from console.controls.catalog.endpoint_policies import CONTROL
from console.domain.finding import Verdict
from console.domain.scope import Scope
from fakes import LONDON, fact
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
VIRGINIA = Scope(LONDON.account_id, "us-east-1")


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_a_scope_that_was_read_and_has_none_gets_the_stated_answer() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert (found.verdict, found.evidence) == (NOT, (900,))


SERVICE = {"ServiceName": "com.amazonaws.eu-west-2.bedrock-runtime"}
ALLOW = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
NO_PRINCIPAL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
STRANGERS = {"StringNotEquals": {"aws:PrincipalOrgID": "o-abc"}}
DENY = {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*", "Condition": STRANGERS}
ROOT = {"AWS": "arn:aws:iam::111122223333:root"}


def policy(*statements: Any) -> dict[str, str]:
    document = json.dumps({"Version": "2012-10-17", "Statement": statements})
    return SERVICE | {"PolicyDocument": document}


def under(operator: str, key: str, value: str) -> dict[str, str]:
    return policy(ALLOW | {"Condition": {operator: {key: value}}})


@pytest.mark.parametrize(
    ("payload", "verdict", "said"),
    [
        (policy(ALLOW), FAIL, "everybody"),
        (policy(ALLOW | {"Principal": {"AWS": "*"}}), FAIL, "everybody"),
        (policy(NO_PRINCIPAL | {"NotPrincipal": ROOT}), FAIL, "everybody"),
        (policy(NO_PRINCIPAL), FAIL, "everybody"),
        (under("StringEquals", "aws:PrincipalOrgID", "o-abc"), PASS, "names"),
        (under("StringEqualsIfExists", "aws:PrincipalOrgID", "o-abc"), UNKNOWN, "not judged"),
        (under("StringLike", "aws:PrincipalOrgID", "o-*"), UNKNOWN, "not judged"),
        (under("ArnLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/*"), PASS, "names"),
        (under("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/*"), UNKNOWN, "not judged"),
        (under("StringEquals", "aws:SourceVpc", "vpc-1"), UNKNOWN, "not judged"),
        (policy(ALLOW, DENY), PASS, "known callers"),
        (policy(ALLOW, DENY | {"Action": "bedrock:DeleteGuardrail"}), FAIL, "everybody"),
        (policy(ALLOW | {"Principal": ROOT}), PASS, "names"),
        (SERVICE | {"PolicyDocument": "{"}, UNKNOWN, "not understood"),
        (SERVICE, UNKNOWN, "no policy"),
    ],
)
def test_the_answer_follows_what_aws_said(payload: Any, verdict: Any, said: Any) -> None:
    found = answer(CONTROL, payload)
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert said in found.because


def test_another_service_is_not_judged() -> None:
    (found,) = ask(CONTROL, [fact(CONTROL.reads[0], "k", {"ServiceName": "com.amazonaws.eu-west-2.s3"})])
    assert found.verdict is NOT
