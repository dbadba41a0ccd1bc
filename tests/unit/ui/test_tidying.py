"""Garbage is looked for while nobody waits, on the window's thread."""

import gc
import threading
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from console.ui import tidying
from console.ui.jobs import Jobs
from console.ui.tidying import Tidying
from console.ui.touch import Touch


@pytest.fixture
def window(qtbot, monkeypatch):
    monkeypatch.setattr(tidying, "_UNTOUCHED_SECONDS", 0.05)
    shown = QMainWindow()
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    gc.enable()


def _made(count: int) -> None:
    """Make garbage that refers to itself."""
    for _ in range(count):
        each: list[object] = []
        each.append(each)


def test_garbage_waits_until_the_window_was_untouched_for_a_while(window, qtbot, monkeypatch) -> None:
    tidy = Tidying(Touch(window))
    assert not gc.isenabled()
    _made(tidying._WORTH_IT + 1)
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Down)
    tidy.look()
    assert gc.get_count()[0] > tidying._WORTH_IT
    time.sleep(0.06)
    tidy.look()
    assert gc.get_count()[0] < tidying._WORTH_IT
    monkeypatch.setattr(tidying, "_WORTH_IT", 1_000_000)
    _made(1_000)
    tidy.look()
    assert gc.get_count()[0] > 500  # other objects may be freed meanwhile, and are counted off


def test_garbage_waits_for_jobs_but_not_when_there_is_too_much(window, qtbot, monkeypatch) -> None:
    jobs, waiting = Jobs(window), threading.Event()
    tidy = Tidying(Touch(window), jobs)
    jobs.start(lambda _stopped: waiting.wait(10), lambda _: None)
    _made(tidying._WORTH_IT + 1)
    time.sleep(0.06)
    tidy.look()
    assert gc.get_count()[0] > tidying._WORTH_IT
    monkeypatch.setattr(tidying, "_TOO_MUCH", tidying._WORTH_IT)
    tidy.look()
    assert gc.get_count()[0] < tidying._WORTH_IT
    waiting.set()
    qtbot.waitUntil(lambda: not jobs.pending)
    jobs.close()


def test_python_looks_by_itself_again_when_the_window_is_gone(window, qtbot) -> None:
    tidy = Tidying(Touch(window))
    with qtbot.waitSignal(tidy.destroyed):
        tidy.deleteLater()
    assert gc.isenabled()
