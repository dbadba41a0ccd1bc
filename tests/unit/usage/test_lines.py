import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.usage import lines
from console.usage.lines import Line, lines_of
from console.usage.outcomes import Damage

LINES = st.lists(st.binary(max_size=40).filter(lambda each: b"\n" not in each), max_size=20)


@given(LINES, st.booleans(), st.integers(1, 3))
def test_lines_and_their_places_are_those_of_the_object(
    given_lines: list[bytes],
    is_packed: bool,  # noqa: FBT001 - drawn
    parts: int,
) -> None:
    content = b"\n".join(given_lines)
    size = len(content) // parts + 1
    pieces = [content[at : at + size] for at in range(0, len(content), size)] or [b""]
    stored = b"".join(gzip.compress(each) for each in pieces) if is_packed else content
    if not is_packed and stored[:2] == b"\x1f\x8b":
        return
    found = list(lines_of(stored))
    assert [each.content for each in found] == [each for each in given_lines if each.strip()]
    assert all(content[each.offset :].startswith(each.content) for each in found)


def test_a_truncated_object_gives_what_is_whole_and_says_where_it_breaks_off() -> None:
    rows = [str(number).encode() * 50 for number in range(20_000)]
    content = gzip.compress(b"\n".join(rows))
    found = list(lines_of(content[: len(content) // 2]))
    whole = [each.content for each in found[:-1]]
    assert whole == rows[: len(whole)]
    assert len(whole) > 0
    assert found[-1] == Line(sum(len(each) + 1 for each in whole), b"", Damage.BROKEN_GZIP)


def test_what_only_begins_like_gzip_is_broken() -> None:
    assert list(lines_of(b"\x1f\x8b\x08 no")) == [Line(0, b"", Damage.BROKEN_GZIP)]


def test_a_line_of_50_mb_is_passed_over_and_the_next_is_read() -> None:
    content = gzip.compress(b"first\n" + b"x" * (50 * 2**20) + b"\nlast\n", 1)
    found = list(lines_of(content))
    assert found == [
        Line(0, b"first"),
        Line(6, b"", Damage.TOO_LONG),
        Line(6 + 50 * 2**20 + 1, b"last"),
    ]


def test_an_object_that_never_ends_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LARGEST_OBJECT", 3 * 2**20)
    content = gzip.compress((b"y" * 1023 + b"\n") * 5 * 1024, 1)
    found = list(lines_of(content))
    assert found[-1].damage is Damage.TOO_LARGE
    assert (
        2 * 1024 < len(found) <= 3 * 1024 + 1
    )  # no more than the limit, and all but the piece that passes it


def test_very_many_empty_parts_are_read_in_time_that_grows_with_their_number() -> None:
    """Whoever may write to a log's bucket could keep the reader busy for hours with a few megabytes."""
    empty = gzip.compress(b"", mtime=0)
    packed = empty * 200_000 + gzip.compress(b"one\n", mtime=0)
    assert [each.content for each in lines_of(packed)] == [b"one"]


@given(st.binary(max_size=300_000), st.integers(1, 5))
def test_an_object_in_several_parts_is_read_as_one(content: bytes, parts: int) -> None:
    size = len(content) // parts + 1
    packed = b"".join(
        gzip.compress(content[at : at + size], mtime=0) for at in range(0, max(len(content), 1), size)
    )
    whole = [each.content for each in lines_of(gzip.compress(content, mtime=0))]
    assert [each.content for each in lines_of(packed)] == whole
