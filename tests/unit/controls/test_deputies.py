import json
from typing import Any

import pytest

from console.controls.catalog.service_role_trust import CONTROL
from console.controls.deputies import deputies
from console.controls.documents import read_policy
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import HERE, opinion

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
OURS = HERE.account_id
OTHER = "999900001111"


def trust(condition: Any = None, **changes: Any) -> Any:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "bedrock.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    return statement | ({} if condition is None else {"Condition": condition}) | changes


def judged(*statements: Any) -> Any:
    text = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    policy = read_policy("trust", text)
    assert policy is not None
    return list(deputies(policy, frozenset((OURS, "222200003333"))))


@pytest.mark.parametrize(
    ("condition", "verdict", "word"),
    [
        (None, FAIL, "whoever sends it"),
        ({"StringEquals": {"aws:SourceAccount": OURS}}, PASS, OURS),
        ({"StringEquals": {"AWS:SourceAccount": [OURS, "222200003333"]}}, PASS, "222200003333"),
        ({"StringEquals": {"aws:SourceAccount": [OURS, OTHER]}}, FAIL, OTHER),
        ({"StringLike": {"aws:SourceAccount": "*"}}, FAIL, "*"),
        ({"StringNotEquals": {"aws:SourceAccount": OTHER}}, UNKNOWN, "form"),
        ({"StringEqualsIfExists": {"aws:SourceAccount": OURS}}, UNKNOWN, "form"),
        ({"ForAnyValue:StringEquals": {"aws:SourceAccount": OURS}}, UNKNOWN, "form"),
        ({"NumericEquals": {"aws:SourceAccount": OURS}}, UNKNOWN, "form"),
        ({"ArnLike": {"aws:SourceArn": f"arn:aws:bedrock:eu-west-2:{OURS}:agent/*"}}, PASS, OURS),
        ({"ArnLike": {"aws:SourceArn": "arn:aws:bedrock:*:*:agent/*"}}, FAIL, "*"),
        ({"ArnLike": {"aws:SourceArn": "*"}}, FAIL, "not named"),
        ({"ArnLike": {"aws:SourceArn": f"arn:aws:bedrock:eu-west-2:{OTHER}:agent/*"}}, FAIL, OTHER),
        ({"StringEquals": {"sts:ExternalId": "x"}}, UNKNOWN, "sts:ExternalId"),
        (
            {
                "StringEquals": {"aws:SourceAccount": OURS},
                "ArnLike": {"aws:SourceArn": "arn:aws:bedrock:*:*:*"},
            },
            PASS,
            OURS,
        ),
    ],
)
def test_only_a_condition_on_known_accounts_binds_bedrock(condition: Any, verdict: Any, word: str) -> None:
    (answer,) = judged(trust(condition))
    assert answer.verdict is verdict
    assert word in answer.because


def test_beside_a_statement_that_denies_nothing_is_certain() -> None:
    deny = trust(Effect="Deny", Principal="*", Condition={"StringNotEquals": {"aws:SourceAccount": OURS}})
    (answer,) = judged(trust(), deny)
    assert answer.verdict is UNKNOWN
    bound = trust({"StringEquals": {"aws:SourceAccount": OURS}})
    assert [each.verdict for each in judged(bound, deny)] == [PASS]


def test_each_statement_is_judged_and_only_those_of_bedrock() -> None:
    agentcore = trust(Principal={"Service": ["bedrock-agentcore.amazonaws.com", "ecs.amazonaws.com"]})
    others = (trust(Principal={"Service": "ecs.amazonaws.com"}), trust(Principal={"AWS": OURS}))
    assert [each.verdict for each in judged(agentcore, *others)] == [FAIL]


def test_one_statement_that_binds_nobody_is_enough_to_fail() -> None:
    bound = trust({"StringEquals": {"aws:SourceAccount": OURS}})
    text = json.dumps({"Version": "2012-10-17", "Statement": [bound, trust()]})
    found = opinion(CONTROL, fact("iam.role", "r", {"AssumeRolePolicyDocument": text}, HERE), scope=HERE)
    assert found.verdict is FAIL
