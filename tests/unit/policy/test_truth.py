"""Whatever the unknown keys turn out to be, the residual says what the whole question would have said."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.policy.case import read_case
from console.policy.conditions import settle_leaf
from console.policy.context import Context
from console.policy.evaluate import decide
from console.policy.request import Result
from console.policy.truth import Leaf, Truth, conjoin, disjoin, negate, settle
from console.policy.written import write_formula

KEYS = ["aws:SourceVpce", "aws:RequestedRegion", "aws:PrincipalTag/team", "aws:TagKeys"]
VALUES = ["vpce-1", "eu-west-2", "risk", "r*", ""]
OPERATORS = [
    "StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIfExists", "StringNotEqualsIfExists",
    "ForAllValues:StringEquals", "ForAnyValue:StringLike", "ForAnyValue:StringNotEquals",
    "ForAllValues:StringNotEqualsIfExists", "ForAnyValue:StringEqualsIfExists", "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase", "ArnLike", "ArnNotLike",
]  # fmt: skip
WRITTEN = st.sampled_from(
    [
        *VALUES[:4],
        "RISK",
        "${aws:PrincipalTag/team}",
        "${aws:SourceVpce, 'risk'}",
        "${aws:SourceVpce, 'risk'}*",
        "r${aws:PrincipalTag/team}",
    ]
)
CONDITION = st.one_of(
    st.tuples(st.sampled_from(OPERATORS), st.sampled_from(KEYS), st.lists(WRITTEN, min_size=1, max_size=2)),
    st.tuples(st.just("Null"), st.sampled_from(KEYS), st.sampled_from([["true"], ["false"]])),
    st.tuples(
        st.sampled_from(["NumericLessThan", "NumericNotEqualsIfExists", "ForAnyValue:NumericGreaterThan"]),
        st.sampled_from(KEYS),
        st.sampled_from([["7"], ["8", "3"]]),
    ),
    st.tuples(st.sampled_from(["Bool", "BoolIfExists"]), st.sampled_from(KEYS), st.just(["true"])),
)
STATEMENT = st.builds(
    lambda effect, resource, conditions: {
        "Effect": effect,
        "Action": "bedrock:*",
        "Resource": resource,
        "Condition": {operator: {key: values} for operator, key, values in conditions},
    },
    st.sampled_from(["Allow", "Allow", "Deny"]),
    st.sampled_from(["*", "arn:aws:bedrock:eu-west-2:111111111111:custom-model/${aws:PrincipalTag/team}"]),
    st.lists(CONDITION, max_size=2),
)
POLICY = st.lists(STATEMENT, min_size=1, max_size=3).map(
    lambda statements: {"name": "p", "policy": {"Version": "2012-10-17", "Statement": statements}}
)
CASE = st.fixed_dictionaries(
    {
        "principal": st.fixed_dictionaries(
            {"identity": st.lists(POLICY, min_size=1, max_size=2)},
            optional={"boundary": POLICY, "scps": POLICY.map(lambda each: [{"id": "r", "policies": [each]}])},
        ),
        "unknown": st.lists(st.sampled_from(KEYS), min_size=1, max_size=2, unique=True),
        "context": st.dictionaries(st.sampled_from(KEYS), st.sampled_from(VALUES)),
    }
)
COMPLETIONS: list[object] = [None, "vpce-1", "eu-west-2", "risk", "RISK", "r*", "7", "true", ""]
LISTS: list[object] = [["risk", "eu-west-2"], ["r*"], ["7", "", "vpce-1"]]
"""Only a key that AWS publishes as multivalued can have these."""


def asked(case: dict[str, Any], context: dict[str, object], unknown: list[str]) -> dict[str, Any]:
    request = {
        "principal": "arn:aws:iam::111111111111:role/Dev",
        "action": "bedrock:InvokeModel",
        "resource": "arn:aws:bedrock:eu-west-2:111111111111:custom-model/risk",
        "resource_account": "111111111111",
        "context": context,
        "unknown": unknown,
    }
    return {"id": "x", "request": request, "principal": case["principal"]}


def check_residual(case: dict[str, Any]) -> None:
    known = {key: value for key, value in case["context"].items() if key not in case["unknown"]}
    partial = decide(*read_case(asked(case, known, case["unknown"])))
    written = None if isinstance(partial.truth, bool) else write_formula(partial.truth)
    ways = (COMPLETIONS + (LISTS if key == "aws:TagKeys" else []) for key in case["unknown"])
    for chosen in product(*ways):
        filled = {key: value for key, value in zip(case["unknown"], chosen, strict=True) if value is not None}
        complete = {**known, **filled}
        expected = decide(*read_case(asked(case, complete, []))).result is Result.ALLOWED
        context = Context.of(complete)
        assert settle(partial.truth, lambda leaf: settle_leaf(leaf, context)) is expected  # noqa: B023 - used at once
        if written is not None and "value:" not in repr(written):
            assert read(written, complete) is expected


def read(tree: dict[str, Any], context: dict[str, object]) -> bool:
    """Evaluate a residual as somebody would who has its JSON alone: each leaf is a condition of a policy."""
    if "all" in tree:
        return all(read(each, context) for each in tree["all"])
    if "any" in tree:
        return any(read(each, context) for each in tree["any"])
    if "not" in tree:
        return not read(tree["not"], context)
    statement = {
        "Effect": "Allow",
        "Action": "*",
        "Resource": "*",
        "Condition": {tree["op"]: {tree["key"]: tree["values"]}},
    }
    policy = {"name": "r", "policy": {"Version": "2012-10-17", "Statement": statement}}
    case = asked({"principal": {"identity": [policy]}}, context, [])
    return decide(*read_case(case)).result is Result.ALLOWED


@settings(max_examples=120, deadline=None)
@given(CASE)
def test_a_residual_says_of_every_completion_what_the_completed_request_says(case: dict[str, Any]) -> None:
    check_residual(case)


def test_what_is_no_arn_is_matched_by_no_variable() -> None:
    condition = {"ArnLike": {"aws:SourceVpce": ["${aws:PrincipalTag/team}"]}}
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition}
    policy = {"name": "p", "policy": {"Version": "2012-10-17", "Statement": [statement]}}
    for text in ("vpce-1", "arn:aws:iam::1:role/r"):
        case = {"principal": {"identity": [policy]}, "unknown": [KEYS[2]], "context": {KEYS[0]: text}}
        check_residual(case)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@settings(max_examples=10_000, deadline=None)
@given(CASE)
def test_a_residual_says_so_in_ten_thousand_cases(case: dict[str, Any]) -> None:
    check_residual(case)


LEAVES = st.integers(0, 3)
TREE = st.recursive(
    LEAVES, lambda inner: st.tuples(st.sampled_from(["all", "any", "not"]), st.lists(inner, max_size=3))
)


@settings(deadline=None)
@given(TREE)
def test_joining_and_negating_keep_the_truth_table(tree: object) -> None:
    leaves = [Leaf("StringEquals", f"k{index}", ("v",), variables=False, source="s") for index in range(4)]

    def build(node: Any) -> Truth:
        if isinstance(node, int):
            return leaves[node]
        kind, parts = node
        joined = (conjoin if kind == "all" else disjoin)(build(each) for each in parts)
        return negate(joined) if kind == "not" else joined

    def evaluate(node: Any, row: tuple[bool, ...]) -> bool:
        if isinstance(node, int):
            return row[node]
        kind, parts = node
        values = [evaluate(each, row) for each in parts]
        return all(values) if kind == "all" else not any(values) if kind == "not" else any(values)

    built = build(tree)
    for row in product((True, False), repeat=4):
        decided = settle(built, lambda leaf: row[leaves.index(leaf)])  # noqa: B023 - used at once
        assert decided is evaluate(tree, row)
