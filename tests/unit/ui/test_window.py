"""The window as an officer uses it: with the mouse, with keys alone, and over bad evidence."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPushButton

from console.domain.selection import Selection
from console.ui.page import Target, discover_pages
from console.ui.pictures import settle
from console.ui.window import Window
from unit.ui.estate import CHILD_BENEFIT, HOSTILE, FakeDesk, snapshot

PAGES = [page.name for page in discover_pages()]


def words_of(window: Window) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize("name", PAGES)
def test_every_page_shows_rows_that_open_to_their_evidence(opened, qtbot, name: str) -> None:
    window = opened()
    window.go(Target(name))
    settle(window)
    for grid in window.frame.page.grids():
        if not grid.isVisible() or grid.model().rowCount() == 0:
            continue
        grid.setFocus()
        grid.go_to(0)
        grid.open_current()
        settle(window)
        assert window.frame.drawer.isVisible()
        assert window.frame.drawer.title.text()
        window.back()
        assert not window.frame.drawer.isVisible()


@pytest.mark.parametrize("name", PAGES)
def test_every_model_keeps_qts_rules(opened, name: str) -> None:
    window = opened()
    window.go(Target(name))
    settle(window)
    for grid in window.frame.page.grids():
        QAbstractItemModelTester(grid.model(), QAbstractItemModelTester.FailureReportingMode.Warning)


def test_the_drawer_says_what_was_asked_by_whom_when_and_what_aws_answered(opened) -> None:
    window = opened()
    window.go(Target("findings", {"control": "BR-RET-001"}))
    settle(window)
    grid = window.frame.page.current_grid()
    grid.go_to(0)
    grid.open_current()
    settle(window)
    said = words_of(window)
    for word in ("Operation", "Account", "Region", "Asked by", "Asked at", "Request id", "AWS SDK"):
        assert word in said
    window.frame.drawer.copy.click()
    assert '"mode": "default"' in QGuiApplication.clipboard().text()


def test_what_could_not_be_read_is_said_on_every_page_and_leads_to_the_gaps(opened) -> None:
    window = opened()
    for name in PAGES:
        window.go(Target(name))
        settle(window)
        assert "could not be read" in words_of(window)
    window.frame.strip.asked.emit()
    settle(window)
    assert window.frame.shown == "overview"


def test_unknown_is_never_below_the_passes(opened) -> None:
    window = opened()
    window.go(Target("findings"))
    settle(window)
    model = window.frame.page.current_grid().model()
    verdicts = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert "Unknown" in verdicts
    last_unknown = max(row for row, verdict in enumerate(verdicts) if verdict == "Unknown")
    assert "Pass" not in verdicts[:last_unknown]


def test_filters_narrow_and_an_empty_result_says_what_to_do(opened, qtbot) -> None:
    window = opened()
    window.go(Target("findings"))
    settle(window)
    page = window.frame.page
    before = page.current_grid().model().rowCount()
    qtbot.keyClicks(page.filter_box(), CHILD_BENEFIT)
    assert 0 < page.current_grid().model().rowCount() < before
    page.filter_box().setText("nothing is called this")
    assert "No finding matches" in words_of(window)
    page.clear()
    assert page.current_grid().model().rowCount() == before


def test_keys_alone_are_enough(opened, qtbot) -> None:
    window = opened()
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.frame.shown == "findings"
    qtbot.keyClick(window, Qt.Key.Key_J)
    qtbot.keyClick(window, Qt.Key.Key_J)
    grid = window.frame.page.current_grid()
    assert grid.current_place() >= 1
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    settle(window)
    assert window.frame.drawer.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.frame.drawer.isVisible()
    window.menus.by_name["keys"].trigger()
    assert window.keys.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.search.isVisible()


def test_every_command_has_words_and_every_button_a_name(opened) -> None:
    window = opened()
    for name, action in window.menus.by_name.items():
        assert action.text(), name
    for button in (each for each in window.findChildren(QPushButton) if each.isVisible()):
        assert button.text() or button.accessibleName(), button.objectName()


def test_a_hostile_name_is_shown_and_does_nothing(opened) -> None:
    window = opened()
    window.go(Target("accounts"))
    settle(window)
    for label in window.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or "<" not in label.text(), label.text()
        assert "\u202e" not in label.text()
    assert HOSTILE not in words_of(window)


def test_before_the_first_refresh_it_says_what_a_refresh_does(opened) -> None:
    window = opened(FakeDesk(shown=None))
    said = words_of(window)
    assert "Nothing has been read yet." in said
    assert "It only reads" in said
    assert not window.menus.by_name["export"].isEnabled()


def test_a_store_that_cannot_be_read_is_said_with_its_remedy(opened) -> None:
    said = words_of(opened(FakeDesk(away=True)))
    assert "the store is not there" in said
    assert "Put the store back." in said


def test_a_pack_is_written_beside_the_window(opened, qtbot, tmp_path: Path) -> None:
    window = opened()
    window.flow.export_to(tmp_path / "pack.zip")
    settle(window)
    assert (tmp_path / "pack.zip").read_bytes() == b"pack"
    assert "The pack was written" in words_of(window)


def refreshed(window: Window, qtbot, **how: bool) -> None:
    window.flow.refresh(**how)
    qtbot.waitUntil(lambda: not window.flow.refresh_run.is_running, timeout=15_000)
    settle(window)


def test_a_refresh_shows_how_far_it_is_and_then_the_new_evidence(opened, qtbot) -> None:
    desk = FakeDesk(shown=None)
    window = opened(desk)
    seen = []
    window.flow.refresh_run.progressed.connect(
        lambda said: seen.append((said["doing"], window.frame.refresh_bar.isVisible()))
    )
    window.flow.refresh()
    desk.shown = snapshot()
    qtbot.waitUntil(lambda: not window.flow.refresh_run.is_running, timeout=15_000)
    settle(window)
    assert seen[0][0].startswith("Guardrails")
    assert seen[0][1]
    assert not window.frame.refresh_bar.isVisible()
    assert window.flow.found.latest is not None


def test_a_refresh_can_be_cancelled_from_the_window(opened, qtbot) -> None:
    window = opened(FakeDesk(worker=("cancel",)))
    with qtbot.waitSignal(window.flow.refresh_run.progressed, timeout=15_000):
        window.flow.refresh()
    with qtbot.waitSignal(window.flow.refresh_run.ended, timeout=15_000) as told:
        window.frame.refresh_bar.stop()
    assert told.args == ["cancelled"]


@pytest.mark.parametrize(
    ("part", "said", "remedy"),
    [
        ("refuse", "no AWS credentials were found", "Sign in."),
        ("die", "something broke", "goes on from what was read"),
    ],
)
def test_a_refresh_that_fails_says_why_and_what_to_do(
    opened, qtbot, part: str, said: str, remedy: str
) -> None:
    window = opened(FakeDesk(worker=(part,)))
    refreshed(window, qtbot)
    assert said in words_of(window)
    assert remedy in words_of(window)


def test_a_refresh_that_broke_off_can_be_resumed(opened, qtbot) -> None:
    window = opened(FakeDesk(shown=None, broken_off=True))
    assert "not finished" in words_of(window)
    assert window.menus.by_name["resume"].isEnabled()
    refreshed(window, qtbot, resume=True)


def test_one_account_is_read_again_from_a_gap_of_it(opened, qtbot) -> None:
    desk = FakeDesk()
    window = opened(desk)
    window.go(Target("overview", {"show": "gaps"}))
    gap = window.frame.page.gaps.rows.row_at(0)
    window.frame.page.gaps.follow_current()
    settle(window)
    assert window.frame.shown == "accounts"
    button = window.frame.page.findChild(QPushButton, "account.reread")
    button.setFocus()
    with qtbot.waitSignal(window.flow.refresh_run.ended, timeout=15_000):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert desk.chosen == [Selection(accounts=(gap.account_id,))]


def test_reading_a_part_does_not_end_a_refresh_that_broke_off(opened, qtbot) -> None:
    desk = FakeDesk(broken_off=True)
    window = opened(desk)
    window.go(Target("accounts", {"account": CHILD_BENEFIT}))
    settle(window)
    window.frame.page.findChild(QPushButton, "account.reread").click()
    assert "Resume it first" in words_of(window)
    assert desk.chosen == []


def test_a_pack_has_nothing_to_read_again(opened) -> None:
    window = opened(FakeDesk(banner="Evidence of another department"))
    window.go(Target("accounts", {"account": CHILD_BENEFIT}))
    settle(window)
    assert not window.frame.page.findChild(QPushButton, "account.reread").isVisible()


def test_closing_the_window_ends_the_child(opened, qtbot) -> None:
    window = opened(FakeDesk(worker=("chatter", "30")))
    with qtbot.waitSignal(window.flow.refresh_run.progressed, timeout=15_000):
        window.flow.refresh()
    window.close()
    assert not window.flow.refresh_run.is_running


def test_themes_change_while_the_window_is_open(opened) -> None:
    window = opened()
    light = window.grab().toImage().pixelColor(700, 850)
    window.wear("dark")
    settle(window)
    assert window.grab().toImage().pixelColor(700, 850).lightness() < light.lightness()
