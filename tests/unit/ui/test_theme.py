import pytest

from console.base.paths import resources
from console.ui import theme
from console.ui.theme import contrast, load_themes

THEMES = load_themes(resources() / "themes")


def test_there_is_a_light_and_a_dark_one() -> None:
    assert [each.id for each in THEMES] == ["light", "dark"]
    assert [each.is_dark for each in THEMES] == [False, True]


def test_all_have_the_same_colours() -> None:
    assert {frozenset(each.colours) for each in THEMES} == {frozenset(THEMES[0].colours)}


@pytest.mark.parametrize("worn", THEMES, ids=lambda each: each.id)
def test_every_text_can_be_read_on_every_ground_it_stands_on(worn: theme.Theme) -> None:
    measured = {pair: contrast(worn.colours[pair[0]], worn.colours[pair[1]]) for pair in theme.TEXT_ON_GROUND}
    assert len(measured) > 10
    assert {pair: ratio for pair, ratio in measured.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("worn", THEMES, ids=lambda each: each.id)
def test_focus_can_be_seen_on_every_ground(worn: theme.Theme) -> None:
    for ground in ("window", "panel", "selection"):
        seen = max(contrast(worn.colours[edge], worn.colours[ground]) for edge in ("focus", "focus_edge"))
        assert seen >= 3.0, ground


def test_contrast_is_measured_as_wcag_does() -> None:
    assert round(contrast("#d4351c", "#ffffff"), 1) == 4.9
    assert contrast("#123456", "#123456") == 1.0
