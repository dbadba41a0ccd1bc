import pytest

from console.domain.selection import EVERYTHING, Selection


def test_everything_has_no_words() -> None:
    assert EVERYTHING.is_whole
    assert str(EVERYTHING) == ""


@pytest.mark.parametrize("side", ["accounts", "units", "regions", "kinds"])
def test_a_part_is_said_as_it_was_chosen(side: str) -> None:
    part = Selection(**{side: ("a", "b")})
    assert not part.is_whole
    assert str(part).endswith(" a, b")
