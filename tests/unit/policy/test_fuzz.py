"""Whatever is handed in: an answer or an error that names the place; never a crash, never an allow out of nothing."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.policy.case import decide_case
from unit.policy.test_case import DOCUMENTED

RESULTS = {"Allowed", "AllowedIf", "ImplicitlyDenied", "ExplicitlyDenied", "Error"}
SCALAR = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["*", "s3:*", "${x}"]),
)
JSON = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = [
    "Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition",
]  # fmt: skip


@st.composite
def mangled(draw: st.DrawFn) -> Any:
    """A documented case with one member somewhere replaced, removed or renamed."""
    case = deepcopy(draw(st.sampled_from(DOCUMENTED)))
    at: Any = case
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        if not keys:
            return case
        key = draw(st.sampled_from(keys))
        if isinstance(at[key], dict | list) and at[key] and draw(st.booleans()):
            at = at[key]
            continue
        how = draw(st.integers(0, 2))
        if how == 0 or isinstance(at, list):
            at[key] = draw(JSON)
        elif how == 1:
            del at[key]
        else:
            at[draw(st.one_of(st.text(max_size=8), st.sampled_from(NAMES)))] = at.pop(key)
        return case


@settings(max_examples=300, deadline=None)
@given(st.one_of(mangled(), JSON))
def test_any_case_gets_an_answer_or_an_error_with_a_message(case: object) -> None:
    said = decide_case(case)
    assert said["result"] in RESULTS
    if said["result"] == "Error":
        assert said["error"]["message"]
    json.dumps(said)


def without_allows(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: "Deny" if value == "Allow" else without_allows(value) for key, value in tree.items()}
    return [without_allows(each) for each in tree] if isinstance(tree, list) else tree


@settings(max_examples=200, deadline=None)
@given(mangled())
def test_nothing_is_allowed_that_no_statement_allows(case: Any) -> None:
    said = decide_case(without_allows(case))
    principal = case.get("request", {}).get("principal") if isinstance(case.get("request"), dict) else ""
    if not str(principal).endswith(":root"):
        assert said["result"] not in ("Allowed", "AllowedIf")


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@settings(max_examples=20_000, deadline=None)
@given(st.one_of(mangled(), JSON))
def test_any_of_very_many_cases_gets_an_answer(case: object) -> None:
    assert decide_case(case)["result"] in RESULTS


def long(**more: Any) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "bedrock:*", "Resource": "*", **more}
    return {
        "id": "long",
        "request": {
            "principal": "arn:aws:iam::111111111111:role/" + "a" * 50_000,
            "action": "bedrock:InvokeModel" + "x" * 50_000,
            "resource": "arn:aws:bedrock:eu-west-2::foundation-model/" + "a" * 100_000,
            "context": {"aws:username": "a" * 50_000, "aws:TagKeys": ["a" * 10] * 5_000},
        },
        "principal": {
            "identity": [{"name": "p", "policy": {"Version": "2012-10-17", "Statement": [statement] * 3}}]
        },
    }


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "more",
    [
        {"Action": "bedrock:" + "*a" * 50_000 + "b"},
        {"Action": ["bedrock:" + "?" * 200] * 20_000},
        {"Resource": "arn:aws:bedrock:*::foundation-model/" + "*a" * 20_000 + "?b"},
        {"Resource": "arn:aws:bedrock:*::foundation-model/" + "*?a" * 20_000 + "b"},
        {"Resource": "${" * 50_000},
        {"Resource": "arn:aws:s3:::" + "${aws:username}" * 200},
        {"Resource": "arn:aws:s3:::" + "${aws:nothing, 'x'}" * 20_000},
        {"Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": [f"k{n}" for n in range(20_000)]}}},
        {"Condition": {"StringLike": {"aws:username": "*a" * 50_000 + "b"}}},
        {"Condition": {"NumericEquals": {"aws:MultiFactorAuthAge": "9" * 100_000}}},
        {"Condition": {"DateEquals": {"aws:CurrentTime": "2026-01-01T00:00:00." + "9" * 100_000 + "Z"}}},
        {"Condition": {"BinaryEquals": {"x:y": "QUFB" * 50_000}}},
        {"Condition": {"Bool": {"aws:SecureTransport": "t" * 100_000}}},
        {"Condition": {"IpAddress": {"aws:SourceIp": "1." * 50_000}}},
        {"Condition": {"String" * 20_000: {"a": "b"}}},
        {"Condition": {"StringEquals": {f"aws:k{n}": "v" for n in range(20_000)}}},
    ],
    ids="-".join,
)
def test_long_input_is_answered_in_time_that_grows_with_its_length(more: dict[str, Any]) -> None:
    assert decide_case(long(**more))["result"] in RESULTS
    assert decide_case({**long(**more), "unknown_context": True})["result"] in RESULTS


def test_a_case_that_is_nested_too_deeply_is_an_error() -> None:
    nested: Any = "x"
    for _ in range(100_000):
        nested = [nested]
    for case in (
        {"id": "deep", "request": {"context": {"a": nested}, "action": "s3:GetObject", "resource": "*"}},
        {"id": "deep", "request": nested},
    ):
        assert decide_case(case)["result"] == "Error"


@pytest.mark.parametrize(
    "action", ["", "bedrock", ":InvokeModel", "bedrock:", "bedrock:Invoke*", "*", "bedrock:?"]
)
def test_what_is_asked_is_one_action(action: str) -> None:
    case = deepcopy(DOCUMENTED[0])
    case["request"]["action"] = action
    assert "must be one action" in decide_case(case)["error"]["message"]
