import pytest

from console.controls.catalog.endpoint_policies import CONTROL
from console.domain.finding import Verdict
from console.domain.scope import Scope
from fakes import LONDON, fact
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
VIRGINIA = Scope(LONDON.account_id, "us-east-1")


def test_what_could_not_be_read_is_unknown():
    assert is_unknown_when_unread(CONTROL)


def test_a_scope_that_was_read_and_has_none_gets_the_stated_answer():
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert (found.verdict, found.evidence) == (NOT, (900,))


@pytest.mark.parametrize(
    ("payload", "verdict", "said"),
    [
        (
            {
                "ServiceName": "com.amazonaws.eu-west-2.bedrock-runtime",
                "PolicyDocument": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}',
            },
            FAIL,
            "everybody",
        ),
        (
            {
                "ServiceName": "com.amazonaws.eu-west-2.bedrock-runtime",
                "PolicyDocument": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "Resource": "*"}]}',
            },
            FAIL,
            "everybody",
        ),
        (
            {
                "ServiceName": "com.amazonaws.eu-west-2.bedrock-runtime",
                "PolicyDocument": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "NotPrincipal": {"AWS": "arn:aws:iam::1:root"}, "Action": "*", "Resource": "*"}]}',
            },
            FAIL,
            "everybody",
        ),
        (
            {
                "ServiceName": "com.amazonaws.eu-west-2.bedrock-runtime",
                "PolicyDocument": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}',
            },
            FAIL,
            "everybody",
        ),
        (
            {
                "ServiceName": "com.amazonaws.eu-west-2.bedrock-runtime",
                "PolicyDocument": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-abc"}}}]}',
            },
            PASS,
            "names",
        ),
        (
            {
                "ServiceName": "com.amazonaws.eu-west-2.bedrock-runtime",
                "PolicyDocument": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-abc"}}}]}',
            },
            UNKNOWN,
            "not judged",
        ),
        (
            {
                "ServiceName": "com.amazonaws.eu-west-2.bedrock-runtime",
                "PolicyDocument": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringLike": {"aws:PrincipalOrgID": "o-*"}}}]}',
            },
            UNKNOWN,
            "not judged",
        ),
        (
            {
                "ServiceName": "com.amazonaws.eu-west-2.bedrock-runtime",
                "PolicyDocument": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}}}]}',
            },
            PASS,
            "names",
        ),
        (
            {
                "ServiceName": "com.amazonaws.eu-west-2.bedrock-runtime",
                "PolicyDocument": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}}}]}',
            },
            UNKNOWN,
            "not judged",
        ),
        (
            {
                "ServiceName": "com.amazonaws.eu-west-2.bedrock-runtime",
                "PolicyDocument": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1"}}}]}',
            },
            UNKNOWN,
            "not judged",
        ),
        (
            {
                "ServiceName": "com.amazonaws.eu-west-2.bedrock-runtime",
                "PolicyDocument": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-abc"}}}]}',
            },
            PASS,
            "known callers",
        ),
        (
            {
                "ServiceName": "com.amazonaws.eu-west-2.bedrock-runtime",
                "PolicyDocument": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Principal": "*", "Action": "bedrock:DeleteGuardrail", "Resource": "*", "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-abc"}}}]}',
            },
            FAIL,
            "everybody",
        ),
        (
            {
                "ServiceName": "com.amazonaws.eu-west-2.bedrock-runtime",
                "PolicyDocument": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "*", "Resource": "*"}]}',
            },
            PASS,
            "names",
        ),
        (
            {"ServiceName": "com.amazonaws.eu-west-2.bedrock-runtime", "PolicyDocument": "{"},
            UNKNOWN,
            "not understood",
        ),
        ({"ServiceName": "com.amazonaws.eu-west-2.bedrock-runtime"}, UNKNOWN, "no policy"),
    ],
)
def test_the_answer_follows_what_aws_said(payload, verdict, said):
    found = answer(CONTROL, payload)
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert said in found.because


def test_another_service_is_not_judged():
    (found,) = ask(CONTROL, [fact(CONTROL.reads[0], "k", {"ServiceName": "com.amazonaws.eu-west-2.s3"})])
    assert found.verdict is NOT
