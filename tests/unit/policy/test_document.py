"""What AWS would refuse or miss is refused here with its place, before it can widen or narrow an answer."""

from typing import Any

import pytest

from console.policy.document import Form, PolicyError, members_once, parse_policy

ALLOW: dict[str, Any] = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}


def parse(form: Form | None, statement: Any) -> None:
    parse_policy("mine", {"Version": "2012-10-17", "Statement": [statement]}, form)


@pytest.mark.parametrize(
    ("form", "statement", "said"),
    [
        (
            Form.CALLER,
            {**ALLOW, "Principal": "*"},
            "Statement[1].Principal: stands only in policies of resources",
        ),
        (Form.CALLER, {"Effect": "Allow", "Action": "s3:*"}, "Statement[1]: needs Resource or NotResource"),
        (Form.CALLER, {**ALLOW, "Resource": "my-bucket"}, "'my-bucket' is neither an ARN nor *"),
        (Form.RESOURCE, ALLOW, "Statement[1]: needs Principal or NotPrincipal"),
        (
            Form.PERIMETER,
            {"Effect": "Deny", "Action": "s3:*", "Principal": "*"},
            "needs Resource or NotResource",
        ),
        (None, {**ALLOW, "Sid": 7}, "Sid: must be text"),
        (None, {**ALLOW, "Effect": ["Allow"]}, "Effect: must be Allow or Deny, not a list"),
        (None, 7, "Statement[1]: is not an object"),
        (None, {**ALLOW, "effect": "Deny"}, "Statement[1].effect: is given twice"),
        (None, {**ALLOW, "Condition": []}, "Condition: must be an object"),
        (None, {**ALLOW, "Condition": {"StringEquals": ["a"]}}, "Condition.StringEquals: must be an object"),
        (
            None,
            {**ALLOW, "Condition": {"StringEquals": {"a": [None]}}},
            "StringEquals.a: must be text, a number",
        ),
        (None, {**ALLOW, "Condition": {"NumericEquals": {"a": "x"}}}, "NumericEquals.a: 'x' is not a number"),
        (None, {**ALLOW, "Condition": {"NotIpAddress": {"a": "10.0.0.256"}}}, "is not an address or a range"),
        (None, {**ALLOW, "Condition": {"DateLessThan": {"a": "soon"}}}, "'soon' is not a date"),
        (None, {**ALLOW, "Condition": {"Bool": {"a": "yes"}}}, "'yes' is not true or false"),
        (None, {**ALLOW, "Condition": {"Null": {"a": "maybe"}}}, "'maybe' is not true or false"),
        (None, {**ALLOW, "Condition": {"BinaryEquals": {"a": "%"}}}, "'%' is not Base64"),
        (None, {**ALLOW, "Condition": {"NullIfExists": {"a": "true"}}}, "is not a condition operator"),
        (None, {**ALLOW, "Condition": {"ForSome:StringEquals": {"a": "b"}}}, "is not a condition operator"),
        (Form.RESOURCE, {**ALLOW, "Principal": {}}, "Principal: must be * or an object"),
        (Form.RESOURCE, {**ALLOW, "Principal": {"Role": "x"}}, "Principal.Role: is not an element"),
    ],
)
def test_a_bad_statement_is_named_with_its_place(form: Form | None, statement: Any, said: str) -> None:
    with pytest.raises(PolicyError, match=r"^policy mine: ") as caught:
        parse(form, statement)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("{", "is not JSON"),
        ('{"Statement": [], "Statement": []}', "'Statement' is given twice in one object"),
        ([], "is not a JSON object"),
        ({"Version": 2012, "Statement": []}, "Version: a int is not a policy version"),
        ({"Version": "2012-10-17"}, "Statement: is missing"),
        ({"Statements": []}, "Statements: is not an element of a policy"),
    ],
)
def test_a_bad_document_is_named(document: object, said: str) -> None:
    with pytest.raises(PolicyError) as caught:
        parse_policy("mine", document, Form.CALLER)
    assert said in str(caught.value)


def test_a_document_may_come_as_text() -> None:
    text = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}'
    assert parse_policy("mine", text, Form.CALLER).statements[0].name == "mine#1"
    assert members_once([("a", 1), ("b", 2)]) == {"a": 1, "b": 2}
