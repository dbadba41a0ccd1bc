import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.vault import der

TAGS = st.sampled_from([der.INTEGER, der.OCTETS, der.SEQUENCE, der.SET, der.context(0)])


@given(TAGS, st.binary(max_size=300) | st.sampled_from([b"x" * 127, b"x" * 128, b"x" * 70_000]))
def test_a_value_reads_back(tag: int, content: bytes) -> None:
    made = der.write(tag, content)
    read = der.read_one(made)
    assert (read.tag, read.content, read.raw) == (tag, content, made)


@given(st.lists(st.tuples(TAGS, st.binary(max_size=20)), max_size=5))
def test_values_are_read_to_the_last_byte(values: list[tuple[int, bytes]]) -> None:
    made = b"".join(der.write(tag, content) for tag, content in values)
    assert [(each.tag, each.content) for each in der.read_all(made)] == values


@given(st.binary(max_size=60))
def test_any_bytes_are_values_or_refused(data: bytes) -> None:
    try:
        read = list(der.read_all(data))
    except ValueError:
        return
    assert b"".join(each.raw for each in read) == data


@pytest.mark.parametrize(
    "data",
    [
        b"\x02",
        b"\x1f\x01\x00",
        b"\x02\x05a",
        b"\x02\x80",
        b"\x02\x85\x01\x01\x01\x01\x01",
        b"\x02\x82\x01",
        b"\x02\x81\x05abcde",
        b"\x02\x82\x00\x85" + b"x" * 133,
    ],
)
def test_a_value_of_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"cut short|malformed"):
        der.read_one(data)


def test_two_values_are_not_one() -> None:
    with pytest.raises(ValueError, match="not one value"):
        der.read_one(der.write(der.NULL) * 2)


def test_parts_are_taken_in_turn_and_held_to_their_tags() -> None:
    made = der.write(der.SEQUENCE, der.write(der.INTEGER, b"\x01"), der.write(der.NULL))
    parts = der.read_one(made).parts()
    assert parts.maybe(der.OID) is None
    assert parts.take(der.INTEGER).content == b"\x01"
    assert parts.maybe(der.NULL) is not None
    assert parts.maybe(der.NULL) is None
    with pytest.raises(ValueError, match="missing"):
        parts.take()
    with pytest.raises(ValueError, match="expected"):
        der.read_one(made).expect(der.SET)


def test_context_tags_are_constructed_or_not() -> None:
    assert (der.context(0), der.context(1, is_constructed=False)) == (0xA0, 0x81)
