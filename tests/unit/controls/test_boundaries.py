import json
from typing import Any

import pytest

from console.controls.base import Control, Grain
from console.controls.boundaries import READS, Act, stopped
from console.domain.finding import Severity, Verdict
from fakes import fact
from unit.controls.asking import HERE, ask
from unit.controls.organised import deny, estate, full_access, verdict

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
ACTS = (Act("delete guardrails", "bedrock:DeleteGuardrail", "arn:aws:bedrock:eu-west-2:1:guardrail/g"),)
CONTROL = Control(
    id="BR-XXX-001",
    title="It is stopped",
    severity=Severity.LOW,
    grain=Grain.ACCOUNT,
    reads=READS,
    rationale="R.",
    remedy="R.",
    check=lambda question: stopped(question, ACTS),
    nothing=(UNKNOWN, "none"),
)
PLATFORM = "arn:aws:iam::*:role/Platform"
OTHER = "arn:aws:iam::*:role/Other"


def but(*arns: str, key: str = "aws:PrincipalArn", operator: str = "ArnNotLike") -> Any:
    return {"Condition": {operator: {key: list(arns)}}}


@pytest.mark.parametrize(
    ("statements", "expected", "said"),
    [
        ([deny("bedrock:DeleteGuardrail")], PASS, "stop people who delete guardrails"),
        ([deny("bedrock:*")], PASS, "stop people"),
        ([deny("bedrock:DeleteGuardrail", **but(PLATFORM, OTHER))], PASS, f"except for {OTHER}, {PLATFORM}"),
        ([deny("bedrock:DeleteGuardrail", **but("arn:aws:iam::*:role/*"))], FAIL, "on aws:PrincipalArn"),
        ([deny("bedrock:DeleteGuardrail", **but("*"))], FAIL, "delete guardrails"),
        (
            [
                deny(
                    "bedrock:DeleteGuardrail",
                    **but("x", key="aws:PrincipalTag/team", operator="StringNotEquals"),
                )
            ],
            FAIL,
            "aws:PrincipalTag/team",
        ),
        (
            [deny("bedrock:DeleteGuardrail", Resource="arn:aws:bedrock:*:*:guardrail/other")],
            FAIL,
            "delete guardrails",
        ),
        ([deny("bedrock:UpdateGuardrail")], FAIL, "delete guardrails"),
        (
            [
                deny(
                    "bedrock:DeleteGuardrail",
                    Condition={
                        "ArnNotLike": {"aws:PrincipalArn": PLATFORM},
                        "StringNotLike": {"aws:PrincipalArn": OTHER},
                    },
                )
            ],
            PASS,
            f"except for {OTHER}, {PLATFORM}",
        ),
        (
            [
                deny(
                    "bedrock:DeleteGuardrail",
                    Condition={
                        "ArnNotLike": {"aws:PrincipalArn": PLATFORM},
                        "StringNotEquals": {"aws:PrincipalTag/team": "x"},
                    },
                )
            ],
            FAIL,
            "on aws:PrincipalArn, aws:PrincipalTag/team",
        ),
        (
            [deny("bedrock:DeleteGuardrail", **but("vpce-1", key="aws:SourceVpce", operator="StringEquals"))],
            FAIL,
            "on aws:SourceVpce",
        ),
        ([], FAIL, "no organisation policy stops people who delete guardrails"),
    ],
)
def test_an_act_is_stopped_if_it_is_left_to_named_principals_at_most(
    statements: Any, expected: Any, said: str
) -> None:
    found, because = verdict(CONTROL, *statements)
    assert found is expected
    assert said in because


def test_two_denials_leave_only_whom_both_exempt() -> None:
    statements = [
        deny("bedrock:DeleteGuardrail", **but(PLATFORM)),
        deny("bedrock:*", **but("x", key="aws:PrincipalTag/team", operator="StringNotEquals")),
    ]
    assert verdict(CONTROL, *statements) == (
        PASS,
        f"organisation policies stop people who delete guardrails, except for {PLATFORM}",
    )


def test_a_level_that_allows_nothing_stops_everything() -> None:
    (found,) = ask(CONTROL, estate([deny("s3:*")]), scope=HERE)
    assert found.verdict is PASS


def test_a_policy_that_is_not_understood_may_allow_but_cannot_undo_a_denial() -> None:
    (unread,) = ask(CONTROL, [*estate("{"), *full_access()], scope=HERE)
    assert (unread.verdict, unread.because) == (UNKNOWN, "not understood: regions")
    denial = fact("organizations.policy_target", "no/r", {"PolicyId": "p-2", "TargetId": "r-1"}, HERE, 20)
    summary = {"Id": "p-2", "Name": "no", "Type": "SERVICE_CONTROL_POLICY"}
    content = json.dumps({"Version": "2012-10-17", "Statement": deny("bedrock:*")})
    policy = fact("organizations.policy", "no", {"PolicySummary": summary, "Content": content}, HERE, 21)
    (stopped_,) = ask(CONTROL, [*estate("{"), *full_access(), denial, policy], scope=HERE)
    assert stopped_.verdict is PASS


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"master": HERE.account_id}, FAIL),
        ({"master": ""}, UNKNOWN),
        ({"parent": "ou-9"}, UNKNOWN),
        ({"root": {"PolicyTypes": []}}, FAIL),
        ({"target": "ou-2"}, FAIL),
        ({"target": "r-1"}, PASS),
        ({"target": HERE.account_id}, PASS),
    ],
)
def test_only_policies_that_bind_the_account_count(changes: Any, expected: Any) -> None:
    found, _ = verdict(CONTROL, deny("bedrock:*"), **changes)
    assert found is expected


def test_it_rests_on_the_policies_and_the_path() -> None:
    (found,) = ask(CONTROL, estate([deny("bedrock:*")]), scope=HERE)
    assert found.evidence == (5, 6, 3, 4, 2)
