import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.views.text import inert, inert_lines

CONTROLS = (range(0x20), range(0x7F, 0xA0), range(0x202A, 0x202F), range(0x2066, 0x206A))
OTHERS = (0x061C, 0x200E, 0x200F, 0x200B, 0x2028, 0x2029, 0xFEFF, 0xE0041, 0xD800, 0x3164)


@pytest.mark.parametrize("hostile", [chr(each) for group in (*CONTROLS, OTHERS) for each in group], ids=ascii)
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
