from typing import Any

import pytest

from console.controls.catalog.iam_full_access import CONTROL
from console.domain.finding import Verdict
from console.domain.scope import Scope
from fakes import LONDON, fact
from unit.controls.asking import HERE, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
VIRGINIA = Scope(LONDON.account_id, "us-east-1")


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL, HERE)


ROLE = "arn:aws:iam::111122223333:role/r"
EVERYTHING = [each for each in CONTROL.reads if each != "iam.role"]


def document(action: Any = "bedrock:*", resource: Any = "*", **more: Any) -> Any:
    return {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Action": action, "Resource": resource} | more,
    }


def role(*documents: Any, attached: Any = ()) -> Any:
    payload = {
        "RoleName": "r",
        "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": each} for each in documents],
        "AttachedManagedPolicies": [{"PolicyName": "x", "PolicyArn": each} for each in attached],
    }
    return fact("iam.role", ROLE, payload, HERE, 1)


def managed(found: Any, arn: Any = "arn:aws:iam::111122223333:policy/x", *, default: Any = True) -> Any:
    payload = {"PolicyVersionList": [{"Document": found, "IsDefaultVersion": default}]}
    return fact("iam.policy", arn, payload, HERE, 2)


NOT_ACTION = {"Statement": [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}]}


@pytest.mark.parametrize(
    ("found", "verdict", "said"),
    [
        (document(), FAIL, "every Bedrock action"),
        (document("BEDROCK:*"), FAIL, "every Bedrock action"),
        (document("bed*:*"), FAIL, "every Bedrock action"),
        (document(["s3:GetObject", "bedrock:*"]), FAIL, "every Bedrock action"),
        (document(resource="arn:aws:bedrock:*:*:*"), FAIL, "every Bedrock action"),
        (document("*"), FAIL, "administrator"),
        (document("*:*"), FAIL, "administrator"),
        (NOT_ACTION, FAIL, "every Bedrock action"),
        (document(Condition={"Bool": {"aws:SecureTransport": "true"}}), FAIL, "aws:SecureTransport"),
        (
            {"Statement": {"Effect": "Allow", "Action": "bedrock:*", "NotResource": "x"}},
            FAIL,
            "every Bedrock",
        ),
        (
            {"Statement": {"Effect": "Allow", "NotAction": "bedrock:Delete*", "Resource": "*"}},
            PASS,
            "none of 1",
        ),
        ({"Statement": {"Effect": "Allow", "NotAction": "*", "Resource": "*"}}, PASS, "none of 1"),
        (document("bedrock:Invoke*"), PASS, "none of 1"),
        (document(resource="arn:aws:bedrock:eu-west-2::foundation-model/*"), PASS, "none of 1"),
        (document(resource="arn:aws:s3:::*"), PASS, "none of 1"),
        (document(Effect="Deny"), PASS, "none of 1"),
        (document(Effect="Maybe"), UNKNOWN, "not understood"),
        ({}, UNKNOWN, "not understood"),
    ],
)
def test_the_answer_follows_the_document(found: Any, verdict: Any, said: Any) -> None:
    for known in ([role(found)], [role(attached=["arn:aws:iam::111122223333:policy/x"]), managed(found)]):
        (each,) = ask(
            CONTROL, known, empty=[kind for kind in EVERYTHING if kind not in {one.kind for one in known}]
        )
        assert each.verdict is verdict
        assert said in each.because
        assert each.evidence[0] == 1


def test_awss_own_full_access_policy_fails_by_name() -> None:
    (found,) = ask(
        CONTROL, [role(attached=["arn:aws:iam::aws:policy/AmazonBedrockFullAccess"])], empty=EVERYTHING
    )
    assert (found.verdict, found.because) == (FAIL, "AmazonBedrockFullAccess is attached")


def test_an_attached_policy_that_was_not_read_is_unknown() -> None:
    (found,) = ask(CONTROL, [role(attached=["arn:aws:iam::aws:policy/Other"])], empty=EVERYTHING)
    assert (found.subject, found.verdict) == (ROLE, UNKNOWN)


def test_a_policy_without_a_default_version_is_unknown() -> None:
    known = [role(attached=["arn:aws:iam::111122223333:policy/x"]), managed(document(), default=False)]
    (found,) = ask(CONTROL, known, empty=["iam.user", "iam.group"])
    assert found.verdict is UNKNOWN


def test_a_user_holds_what_its_group_holds() -> None:
    group = fact(
        "iam.group",
        "g",
        {"GroupName": "g", "GroupPolicyList": [{"PolicyName": "p", "PolicyDocument": document()}]},
        HERE,
        3,
    )
    user = fact("iam.user", "u", {"UserName": "u", "GroupList": ["g"]}, HERE, 4)
    findings = ask(CONTROL, [group, user], empty=["iam.role", "iam.policy"])
    assert [(each.subject, each.verdict, each.evidence) for each in findings] == [
        ("u", FAIL, (4, 3)),
        ("g", FAIL, (3,)),
    ]


def test_a_user_in_a_harmless_group_passes() -> None:
    group = fact(
        "iam.group",
        "g",
        {"GroupName": "g", "GroupPolicyList": [{"PolicyName": "p", "PolicyDocument": document("s3:*")}]},
        HERE,
        3,
    )
    user = fact("iam.user", "u", {"UserName": "u", "GroupList": ["g"]}, HERE, 4)
    (found,) = ask(CONTROL, [group, user], empty=["iam.role", "iam.policy"])
    assert found.verdict is PASS


def test_a_user_in_an_unread_group_is_unknown() -> None:
    user = fact("iam.user", "u", {"UserName": "u", "GroupList": ["g"]}, HERE, 4)
    (found,) = ask(CONTROL, [user], empty=["iam.role", "iam.group", "iam.policy"])
    assert found.verdict is UNKNOWN


def test_an_account_without_principals_is_not_applicable() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads, scope=HERE)
    assert (found.verdict, found.evidence) == (NOT, (901,))
