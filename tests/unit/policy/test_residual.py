"""Residuals in their normal form: what contradicts itself is gone, and what is left is short."""

from typing import Any

import pytest

from console.policy.case import decide_case
from console.policy.context import Context
from console.policy.residual import simplify
from console.policy.truth import Leaf, Not, conjoin, disjoin
from console.views.conditions import condition_in_words

ALLOW: dict[str, Any] = {"Effect": "Allow", "Action": "bedrock:*", "Resource": "*"}
DENY: dict[str, Any] = {"Effect": "Deny", "Action": "bedrock:*", "Resource": "*"}
REGION = "aws:RequestedRegion"


def asked(*statements: dict[str, Any]) -> dict[str, Any]:
    policy = {"name": "p", "policy": {"Version": "2012-10-17", "Statement": list(statements)}}
    return decide_case(
        {
            "id": "x",
            "unknown_context": True,
            "request": {
                "principal": "arn:aws:iam::111111111111:role/Dev",
                "action": "bedrock:InvokeModel",
                "resource": "arn:aws:bedrock:eu-west-2:111111111111:custom-model/risk",
                "context": {},
            },
            "principal": {"identity": [policy]},
        }
    )


def test_a_condition_that_contradicts_another_is_a_denial() -> None:
    said = asked(
        {**ALLOW, "Condition": {"StringEquals": {REGION: "us-east-1"}}},
        {**DENY, "Condition": {"StringNotEquals": {REGION: ["eu-west-2", "eu-west-1"]}}},
    )
    assert said["result"] == "ImplicitlyDenied"


def test_values_that_another_condition_rules_out_are_dropped() -> None:
    said = asked(
        {**ALLOW, "Condition": {"StringEquals": {REGION: ["us-east-1", "eu-west-2"]}}},
        {**DENY, "Condition": {"StringLike": {REGION: "us-*"}}},
    )
    assert said["residual"] == {
        "op": "StringEquals",
        "key": REGION,
        "values": ["eu-west-2"],
        "sources": ["p#1"],
    }


def test_a_condition_on_a_known_key_is_no_part_of_the_residual() -> None:
    said = asked(
        {**ALLOW, "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}, "Null": {REGION: "true"}}}
    )
    assert {each["key"] for each in said["residual"]["all"]} == {"aws:SourceVpce", REGION}
    both = {"StringEquals": {REGION: "eu-west-2"}, "Null": {REGION: "true"}}
    assert asked({**ALLOW, "Condition": both})["result"] == "ImplicitlyDenied"


def test_a_key_with_many_values_may_have_both() -> None:
    condition = {"StringEquals": {"aws:TagKeys": "a"}, "StringLike": {"aws:TagKeys": "b"}}
    assert asked({**ALLOW, "Condition": condition})["result"] == "AllowedIf"


def test_what_a_variable_must_be_is_said_of_the_variable() -> None:
    statement = {**ALLOW, "Resource": "arn:aws:bedrock:*:*:custom-model/${aws:PrincipalTag/team}"}
    exact = {
        **ALLOW,
        "Resource": "arn:aws:bedrock:eu-west-2:111111111111:custom-model/${aws:PrincipalTag/team}",
    }
    assert asked(statement)["result"] == "AllowedIf"
    assert asked(exact)["residual"]["key"] == "aws:PrincipalTag/team"
    assert asked(exact)["residual"]["values"] == ["risk"]


def test_the_residual_of_the_reference_is_read_as_it_is_written_there() -> None:
    vpce = Leaf("StringEquals", "aws:SourceVpce", ("vpce-1",), variables=False, source="p#1")
    region = Leaf("StringEquals", REGION, ("eu-west-2",), variables=False, source="p#2")
    truth = simplify(conjoin((vpce, Not(region), disjoin((vpce, region)))))
    assert condition_in_words(truth) == f"{REGION} is not eu-west-2 and aws:SourceVpce is vpce-1"


@pytest.mark.parametrize("count", [3000])
def test_a_condition_of_many_parts_is_left_as_it_is(count: int) -> None:
    many = conjoin(Leaf("StringLike", f"k{n}", ("v",), variables=False, source="s") for n in range(count))
    assert simplify(many) is many


def test_the_rest_is_unknown_but_for_what_is_absent() -> None:
    context = Context.of({"A": "1"}, absent=["b"], rest_unknown=True)
    assert str(context.look_up("a")).count("1")
    assert context.look_up("B").name == "ABSENT"
    assert context.look_up("c").name == "UNKNOWN"
