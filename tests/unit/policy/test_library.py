"""The index of actions leaves nothing out that the full scan finds."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.policy.document import Form, PolicyError, parse_policy
from console.policy.library import Library
from console.policy.statements import covers_action

PATTERNS = st.sampled_from(
    [
        "*",
        "s3:*",
        "S3:Get*",
        "s3:GetObject",
        "bedrock:Invoke*",
        "BEDROCK:invokemodel",
        "*:*",
        "b*:I?voke*",
        "iam:*",
        "**",
    ]
)
WRITTEN = st.one_of(PATTERNS, st.lists(PATTERNS, min_size=1, max_size=3))
STATEMENT = st.one_of(
    WRITTEN.map(lambda each: {"Effect": "Allow", "Action": each, "Resource": "*"}),
    WRITTEN.map(lambda each: {"Effect": "Deny", "NotAction": each, "Resource": "*"}),
    WRITTEN.map(lambda each: {"effect": "Allow", "action": each, "resource": "*"}),
)
DOCUMENT = st.one_of(STATEMENT, st.lists(STATEMENT, max_size=4)).map(
    lambda each: {"Version": "2012-10-17", "Statement": each}
)
ACTION = st.sampled_from(["s3:getobject", "bedrock:invokemodel", "iam:passrole", "sts:assumerole"])


@settings(deadline=None)
@given(st.lists(DOCUMENT, max_size=6), ACTION)
def test_every_statement_about_an_action_is_found_through_the_index(
    documents: list[Any], action: str
) -> None:
    library = Library()
    for index, document in enumerate(documents):
        number = library.add(f"p{index}", document, Form.CALLER)
        whole = parse_policy(f"p{index}", document, Form.CALLER).statements
        found = library.statements(number, library.concerning(action).get(number, ()))
        about = {each for each in whole if covers_action(each, action)}
        assert {each for each in found if covers_action(each, action)} == about


def test_equal_documents_of_one_name_share_a_number() -> None:
    library = Library()
    one = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
    assert library.add("p", one, Form.CALLER) == library.add("p", {**one}, Form.CALLER)
    assert library.add("q", one, Form.CALLER) == 1
    assert library.add("p", one, Form.PERIMETER) == 2
    assert len(library) == 3


def test_what_is_no_text_under_action_is_looked_at_for_every_action() -> None:
    library = Library()
    for odd in (1, [1], [["s3:*"]], {}, None, []):
        number = library.add(
            "p", {"Statement": [{"Effect": "Allow", "Action": odd, "Resource": "*"}]}, Form.CALLER
        )
        assert number in library.concerning("s3:getobject")
        with pytest.raises(PolicyError, match=r"Statement\[1\]\.Action"):
            library.statements(number)


def test_a_document_that_cannot_be_opened_has_a_fault() -> None:
    library = Library()
    nested: list[Any] = []
    for _ in range(3000):
        nested = [nested]
    for raw in ("{", 7, {"Version": "2031-01-01", "Statement": []}, nested):
        assert library.fault(library.add("p", raw, Form.CALLER))
