import json
from pathlib import Path
from typing import Any

import pytest

from console.policy.case import decide_case

VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "policy" / "documented.jsonl"
CASES = [json.loads(line) for line in VECTORS.read_text(encoding="utf-8").splitlines()]
DOCUMENTED = [case for case in CASES if case["expect"] is not None]
DECIDED_HERE = {
    "doc-action.service-glob": "Allowed",
    "doc-resource.type-glob": "Allowed",
    "doc-resource.type-glob2": "Allowed",
    "doc-cond.op-case.allow": "Allowed",
    "doc-arn.star.allow": "Allowed",
    "doc-arn.star.deny": "ExplicitlyDenied",
    "doc-set.plain-on-multi.allow": "Allowed",
    "doc-set.plain-on-multi.deny": "ExplicitlyDenied",
    "doc-notprincipal.session-missing-role": "Allowed",
}
"""What AWS does not document, decided here and kept stable."""


@pytest.mark.parametrize("case", DOCUMENTED, ids=lambda case: str(case["id"]))
def test_a_documented_case_ends_as_aws_says(case: dict[str, Any]) -> None:
    assert decide_case(case)["result"] == case["expect"], case["why"]


def test_what_is_not_documented_stays_as_it_was_decided() -> None:
    found = {case["id"]: decide_case(case)["result"] for case in CASES if case["expect"] is None}
    assert found == DECIDED_HERE


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (
            {"Effect": "Permit", "Action": "s3:*", "Resource": "*"},
            "Statement[1].Effect: must be Allow or Deny",
        ),
        ({"Effect": "Allow", "Resource": "*"}, "needs Action or NotAction"),
        ({"Effect": "Allow", "Action": "InvokeModel", "Resource": "*"}, "has no service prefix"),
        ({"Effect": "Allow", "Action": [], "Resource": "*"}, "Action: must be text or a list of text"),
        ({"Effect": "Allow", "Action": "s3:*", "Resources": "*"}, "Resources: is not an element"),
        (
            {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringIs": {"a": "b"}}},
            "Condition.StringIs: is not a condition operator",
        ),
        (
            {"Effect": "Allow", "Action": "s3:*", "NotAction": "s3:*", "Resource": "*"},
            "has both Action and NotAction",
        ),
    ],
)
def test_a_bad_policy_is_an_error_that_names_the_place(fault: dict[str, Any], said: str) -> None:
    case = json.loads(json.dumps(DOCUMENTED[0]))
    case["principal"]["identity"] = [
        {"name": "mine", "policy": {"Version": "2012-10-17", "Statement": [fault]}}
    ]
    result = decide_case(case)
    assert result["result"] == "Error"
    assert result["error"]["message"].startswith("policy mine: ")
    assert said in result["error"]["message"]


def test_a_case_that_is_no_object_is_an_error() -> None:
    assert decide_case([1])["result"] == "Error"
