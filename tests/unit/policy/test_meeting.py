from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from console.policy.match import matches, wild
from console.policy.meeting import arns_meet, holds_all

SMALL = st.text("ab*?", max_size=5)
TEXTS = ["".join(each) for size in range(11) for each in product("ab", repeat=size)]
"""As long as two patterns can force a text to be: each of their characters at a place of its own."""


@settings(max_examples=300, deadline=None)
@given(SMALL, SMALL)
def test_two_patterns_meet_exactly_if_some_text_fits_both(one: str, other: str) -> None:
    both = any(matches(wild(one), text) and matches(wild(other), text) for text in TEXTS)
    prefix = "arn:aws:s3:::"
    assert arns_meet(prefix + one, prefix + other) is both


@settings(max_examples=300, deadline=None)
@given(SMALL, SMALL)
def test_a_pattern_that_is_said_to_hold_all_does(pattern: str, within: str) -> None:
    if holds_all(f"arn:aws:s3:::{pattern}", f"arn:aws:s3:::{within}"):
        assert all(matches(wild(pattern), text) for text in TEXTS if matches(wild(within), text))


def test_what_is_left_open_may_meet() -> None:
    assert arns_meet("arn:aws:s3:::${aws:username}/*", "arn:aws:s3:::x")
    assert arns_meet("*", "arn:aws:s3:::x")
    assert not arns_meet("arn:aws:s3", "arn:aws:s3:::x")
    assert not holds_all("arn:aws:s3:::${aws:username}", "arn:aws:s3:::x")
    assert arns_meet("arn:aws:s3:::" + "a*" * 3000, "arn:aws:s3:::" + "b*" * 3000)
