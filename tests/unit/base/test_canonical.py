import json
import math
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.canonical import canonical, plain, sha256_hex

SCALARS = (
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text() | st.floats(-(2**52), 2**52)
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(VALUES)
def test_canonical_bytes_read_back_as_the_value(value: object) -> None:
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(st.text(), SCALARS))
def test_the_order_of_members_does_not_matter(value: dict[str, object]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime(2026, 11, 23, 14, 5, tzinfo=UTC), "2026-11-23T14:05:00.000Z"),
        (datetime(2026, 11, 23, 14, 5), "2026-11-23T14:05:00"),
        (date(2026, 11, 23), "2026-11-23"),
        (b"\x00\xff", "AP8="),
        (2**60, "1152921504606846976"),
        (math.inf, "inf"),
        ((1, "a"), [1, "a"]),
        (1.0, 1.0),
    ],
)
def test_what_json_lacks_gets_one_stated_form(value: object, expected: object) -> None:
    assert plain(value) == expected


def test_a_value_without_a_json_form_is_refused() -> None:
    with pytest.raises(TypeError, match="object has no JSON form"):
        plain(object())


def test_sha256_is_the_published_one_of_the_empty_string() -> None:
    assert sha256_hex(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
