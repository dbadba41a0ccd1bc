import re

import pytest

from console.base.paths import resources
from console.services.help import WINDOW, help_pages, leads_to
from console.ui.page import discover_pages


def test_every_page_of_the_help_is_listed_once_and_titled() -> None:
    names = [page.name for page in help_pages()]
    assert sorted(names) == sorted(each.name for each in (resources() / "help").glob("*.md"))
    assert all(page.title for page in help_pages())
    assert len({page.title for page in help_pages()}) == len(names)


@pytest.mark.parametrize("page", discover_pages(), ids=lambda page: page.name)
def test_every_page_of_the_window_is_told_of(page) -> None:
    (window,) = (each for each in help_pages() if each.name == WINDOW)
    assert f"\n## {page.title}\n" in window.text


@pytest.mark.parametrize("page", help_pages(), ids=lambda page: page.name)
def test_every_link_leads_somewhere(page) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", page.text):
        path = link.partition("#")[0]
        assert (
            link.startswith("https://") or leads_to(page.name, link) or (resources() / "help" / path).exists()
        )
