"""Every page through Qt's accessibility tree: names, roles, the way of the Tab key, and targets large enough to hit."""

import pytest

from console.base.paths import resources
from console.ui.page import discover_pages
from unit.ui.auditing import audit, order, row
from unit.ui.walking import shown

PAGES = discover_pages()
WRITTEN = (resources() / "help" / "accessibility.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda each: each.name)
def test_a_page_can_be_used_without_eyes_and_without_a_mouse(opened, page) -> None:
    window = opened()
    found = audit(shown(window, page.name))
    assert (found.nameless, found.lost, found.small, found.untold) == ((), (), (), ())
    assert found.back == ()
    assert row(found, page.title) in WRITTEN, "run `nox -s documents`"
    assert order(found, page.title) in WRITTEN, "run `nox -s documents`"
