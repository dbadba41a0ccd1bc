"""The order in which pages are read beside the window."""

import threading
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from console.ui.jobs import Jobs
from console.ui.loader import Loader
from console.ui.page import Page
from unit.ui.conftest import every_page
from unit.ui.estate import FakeDesk


class Pages:
    """Every page, noting when it is read; the second to be read waits."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.go_on = threading.Event()
        self.is_second = threading.Event()
        self.pages = [replace(each, read=self.reader(each)) for each in every_page()]

    def reader(self, page: Page) -> Any:
        def read(*_known: Any) -> None:
            self.read.append(page.name)
            if len(self.read) == 2:
                self.is_second.set()
                self.go_on.wait(10)

        return read


def test_the_page_that_is_shown_is_read_first_and_one_that_comes_to_be_shown_next(qtbot) -> None:
    pages, owner = Pages(), QObject()
    jobs, shown = Jobs(owner), []
    loader = Loader(FakeDesk(), pages.pages, jobs)
    loader.page_read.connect(lambda name, _: shown.append(name))
    loader.load("keys")
    qtbot.waitUntil(pages.is_second.is_set)
    assert pages.read[0] == "keys"
    loader.hurry("packs")
    loader.hurry("keys")
    pages.go_on.set()
    qtbot.waitUntil(lambda: len(shown) == len(pages.pages))
    assert pages.read[2] == "packs"
    assert sorted(pages.read) == sorted(each.name for each in pages.pages)
    jobs.close()
