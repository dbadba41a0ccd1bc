import re

from hypothesis import given, settings
from hypothesis import strategies as st

from console.policy.match import arn_matches, literal, matches, wild

SMALL = st.text("ab:*?", max_size=12)


def by_regular_expression(pattern: str, text: str) -> bool:
    parts = (".*" if char == "*" else "." if char == "?" else re.escape(char) for char in pattern)
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None


@settings(deadline=None)
@given(SMALL, st.text("ab:", max_size=12))
def test_a_wildcard_pattern_matches_what_its_regular_expression_does(pattern: str, text: str) -> None:
    assert matches(wild(pattern), text) is by_regular_expression(pattern, text)


@settings(deadline=None)
@given(st.text(), st.text())
def test_a_literal_matches_itself_alone(pattern: str, text: str) -> None:
    if "\ufffd" not in pattern + text and "\U0010ffff" not in pattern and "\U0010fffe" not in pattern:
        assert matches(literal(pattern), text) is (pattern == text)


def test_each_part_between_wildcards_needs_text_of_its_own() -> None:
    assert not matches(wild("*ab*ab*"), "ab")
    assert not matches(wild("*aba*aba*"), "ababa")
    assert matches(wild("*ab*ab*"), "abab")
    assert not matches(wild("*a?*a?*"), "aba")


def test_a_hostile_pattern_takes_no_time_to_speak_of() -> None:
    hostile = wild("arn:aws:bedrock:*::foundation-model/" + "*a" * 2000 + "?b*b")
    assert not arn_matches(hostile, "arn:aws:bedrock:eu-west-2::foundation-model/" + "a" * 100_000)


def test_a_wildcard_stays_inside_its_part_of_an_arn() -> None:
    assert arn_matches(wild("arn:aws:iam::1:role/*"), "arn:aws:iam::1:role/a/b:c")
    assert not arn_matches(wild("arn:aws:*/x"), "arn:aws:iam::1:role/x")
