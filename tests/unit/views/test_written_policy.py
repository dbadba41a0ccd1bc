import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.views.written_policy import side_by_side, written_policy

TEXTS = st.text(max_size=12)
STATEMENTS = st.lists(st.dictionaries(TEXTS, TEXTS | st.lists(TEXTS, max_size=3), max_size=3), max_size=4)


@given(statements=STATEMENTS, as_text=st.booleans(), version_last=st.booleans())
def test_each_span_is_its_statement_and_the_whole_is_the_document(
    *, statements: list[dict[str, object]], as_text: bool, version_last: bool
) -> None:
    members: list[tuple[str, object]] = [("Version", "2012-10-17"), ("Statement", statements)]
    document = dict(reversed(members) if version_last else members)
    written = written_policy(json.dumps(document) if as_text else document)
    assert json.loads(written.text) == document
    lines = written.text.split("\n")
    found = ["\n".join(lines[start:end]).rstrip(",") for start, end in written.spans]
    assert [json.loads(each) for each in found] == statements


def test_a_statement_that_stands_alone_has_a_span() -> None:
    written = written_policy({"Statement": {"Effect": "Deny"}, "Version": "2012-10-17"})
    assert json.loads(written.text)["Statement"] == {"Effect": "Deny"}
    assert written.spans == ((1, 4),)


@pytest.mark.parametrize(
    ("document", "text"), [("{not json\u202e", "{not json\\u202e"), ("[1]", "[\n  1\n]")]
)
def test_what_is_no_policy_is_shown_as_it_is(document: str, text: str) -> None:
    assert written_policy(document).text == text
    assert written_policy(document).spans == ()


@given(st.lists(TEXTS, min_size=1), st.lists(TEXTS, min_size=1))
def test_lines_that_are_not_marked_are_the_same_on_both_sides(one: list[str], other: list[str]) -> None:
    before, after = ("\n".join(each.replace("\n", "") for each in texts) for texts in (one, other))
    sides = side_by_side(before, after)
    kept = [each for at, each in enumerate(before.split("\n")) if at not in sides.gone]
    stayed = [each for at, each in enumerate(after.split("\n")) if at not in sides.new]
    assert kept == stayed
