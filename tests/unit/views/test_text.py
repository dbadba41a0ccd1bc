import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.views.text import inert, inert_lines


@pytest.mark.parametrize(
    "hostile",
    [
        *map(chr, range(32)),
        *map(chr, range(127, 160)),
        *map(chr, range(8234, 8239)),
        *map(chr, range(8294, 8298)),
        "\u061c",
        "\u200e",
        "\u200f",
        "\u200b",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\U000e0041",
        "�",
        "ㅤ",
    ],
)
def test_what_can_move_or_hide_text_is_written_out(hostile: str) -> None:
    assert hostile not in inert(f"a{hostile}b")
    assert json.loads(f'"{inert(hostile)}"') == hostile


def test_plain_text_of_any_language_stays() -> None:
    assert inert("Zoë ünïté 東京 😀 a\\b") == "Zoë ünïté 東京 😀 a\\b"


def test_our_own_lines_stay_lines() -> None:
    assert inert_lines("a\nb\r") == "a\nb\\u000d"


@given(st.text())
def test_doing_it_twice_changes_nothing(text: str) -> None:
    assert inert(inert(text)) == inert(text)
