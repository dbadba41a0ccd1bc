import json
import math
from datetime import UTC, date, datetime
from types import MappingProxyType

import pytest
import rfc8785
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


@given(VALUES)
def test_the_quick_way_gives_the_bytes_of_rfc_8785(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(plain(value))


@pytest.mark.parametrize(
    "value",
    [
        {"\U0001f600": 1, "\ue000": 2},
        {"\ud7ff": 1, "\ufb33": 2, "a": 3},
        {"a": 1e-7, "b": [1e21, 0.1]},
        {"a\x7f\x00\x1f\u2028": '\b\f\n\r\t"\\/'},
        {1: "a", False: None},
        [{}, [], "", -0.0, (1.5,)],
    ],
)
def test_what_the_interpreter_would_write_otherwise_is_written_as_rfc_8785_has_it(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(plain(value))


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


def test_a_mapping_that_is_no_dictionary_is_an_object() -> None:
    assert plain(MappingProxyType({"a": (1,)})) == {"a": [1]}
