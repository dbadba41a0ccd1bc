"""Signing in from the window, with the mouse and with keys alone."""

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit

from console.ui.pictures import settle
from console.ui.sign_in_flow import open_in_browser
from console.ui.window import Window
from unit.ui.estate import FakeDesk, snapshot

ADDRESS = "https://department.awsapps.com/start/#/device?user_code=ABCD-EFGH"


def words_of(window: Window) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def ended(window: Window, qtbot) -> None:
    qtbot.waitUntil(lambda: not window.sign_in.is_running, timeout=15_000)
    settle(window)


def shown_code(window: Window, qtbot) -> None:
    window.menus.by_name["sign-in"].trigger()
    qtbot.waitUntil(lambda: window.sign_in_pane.code.text() == "ABCD-EFGH", timeout=15_000)


def test_the_code_and_the_address_are_shown_copied_and_opened(opened, qtbot) -> None:
    window = opened(FakeDesk(signing_in="sign-in-cancelled"))
    opened_pages: list[str] = []
    window.sign_in.open_page = lambda address: opened_pages.append(address) or True
    shown_code(window, qtbot)
    pane = window.sign_in_pane
    assert pane.isVisible()
    assert pane.address.text() == ADDRESS
    assert not window.menus.by_name["sign-in"].isEnabled()
    pane.copy_code.click()
    assert QGuiApplication.clipboard().text() == "ABCD-EFGH"
    pane.copy_address.click()
    assert QGuiApplication.clipboard().text() == ADDRESS
    qtbot.keyClick(pane.open, Qt.Key.Key_Space)
    assert opened_pages == [ADDRESS]
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    ended(window, qtbot)
    assert not pane.isVisible()
    assert "cancelled" not in words_of(window)
    assert window.menus.by_name["sign-in"].isEnabled()


def test_a_browser_that_does_not_open_is_said(opened, qtbot) -> None:
    window = opened(FakeDesk(signing_in="sign-in-cancelled"))
    window.sign_in.open_page = lambda _: False
    shown_code(window, qtbot)
    window.sign_in_pane.open.click()
    assert "did not open" in words_of(window)
    window.sign_in_pane.cancel.click()
    ended(window, qtbot)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("sign-in", ("You are signed in", "AssuranceOfficer", "lasts until 23 November 2026, 18:00 UTC")),
        ("sign-in-refused", ("refused in the browser (COL-007)", "Again.")),
        ("sign-in-lost", ("The sign-in ended early, with code 9", "Start it again.")),
    ],
)
def test_how_it_ended_is_said(opened, qtbot, part: str, words: tuple[str, ...]) -> None:
    window = opened(FakeDesk(signing_in=part))
    window.menus.by_name["sign-in"].trigger()
    ended(window, qtbot)
    assert not window.sign_in_pane.isVisible()
    for word in words:
        assert word in words_of(window)


def test_a_refresh_without_a_sign_in_offers_one_and_goes_on_after_it(opened, qtbot) -> None:
    desk = FakeDesk(shown=None, worker=("portal",))
    window = opened(desk)
    window.flow.refresh()
    qtbot.waitUntil(lambda: not window.flow.refresh_run.is_running, timeout=15_000)
    settle(window)
    assert window.frame.notice.action.isVisible()
    assert window.frame.notice.action.text() == "Sign in"
    desk.worker = ("complete",)
    desk.shown = snapshot()
    with qtbot.waitSignal(window.flow.refresh_run.ended, timeout=15_000):
        window.frame.notice.action.click()
    settle(window)
    assert window.flow.found.latest is not None


def test_other_refusals_offer_no_sign_in(opened, qtbot) -> None:
    window = opened(FakeDesk(worker=("refuse",)))
    window.flow.refresh()
    qtbot.waitUntil(lambda: not window.flow.refresh_run.is_running, timeout=15_000)
    settle(window)
    assert not window.frame.notice.action.isVisible()


def asked(window: Window, qtbot) -> QLineEdit:
    window.flow.refresh()
    qtbot.waitUntil(window.code_pane.isVisible, timeout=15_000)
    return window.code_pane.code


def test_a_one_time_code_is_asked_for_handed_on_and_forgotten(opened, qtbot) -> None:
    window = opened(FakeDesk(worker=("question",)))
    code = asked(window, qtbot)
    assert "mfa/officer" in words_of(window)
    assert code.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClick(code, Qt.Key.Key_Return)
    assert window.code_pane.isVisible()
    with qtbot.waitSignal(window.flow.refresh_run.ended, timeout=15_000):
        qtbot.keyClicks(code, "123456")
        qtbot.keyClick(code, Qt.Key.Key_Return)
    settle(window)
    assert not window.code_pane.isVisible()
    assert code.text() == ""


def test_no_code_ends_the_refresh_with_a_remedy(opened, qtbot) -> None:
    window = opened(FakeDesk(worker=("question",)))
    asked(window, qtbot)
    with qtbot.waitSignal(window.flow.refresh_run.refused, timeout=15_000):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    settle(window)
    assert "no one-time code was given" in words_of(window)


def test_a_window_that_closes_leaves_no_sign_in_behind(opened, qtbot) -> None:
    window = opened(FakeDesk(signing_in="sign-in-cancelled"))
    shown_code(window, qtbot)
    window.close()
    assert not window.sign_in.is_running


@pytest.mark.parametrize(
    ("address", "opens"),
    [(ADDRESS, True), ("http://department.example", False), ("file:///etc/passwd", False)],
)
def test_only_encrypted_pages_are_opened(qapp, address: str, *, opens: bool) -> None:
    seen: list[str] = []

    class Shown(QObject):
        @Slot(QUrl)
        def show(self, url: QUrl) -> None:
            seen.append(url.toString())

    shown = Shown()
    schemes = ("https", "http", "file")
    for scheme in schemes:
        QDesktopServices.setUrlHandler(scheme, shown, "show")
    try:
        assert open_in_browser(address) is opens
    finally:
        for scheme in schemes:
            QDesktopServices.unsetUrlHandler(scheme)
    assert seen == ([address] if opens else [])


def test_the_bar_says_accounts_calls_gaps_by_reason_and_time_left(opened, qtbot) -> None:
    window = opened(FakeDesk(worker=("chatter", "2")))
    window.flow.refresh()
    bar = window.frame.refresh_bar
    qtbot.waitUntil(lambda: bar.left.text() != "", timeout=15_000)
    assert bar.counts.text() == "1 of 3 accounts done; 5 of 10 scopes read; 10 calls"
    assert bar.gaps.text() == "13 could not be read: 12 denied, 1 throttled"
    assert bar.left.text() == "about 2 minutes left"
    assert bar.doing.text().startswith("Guardrails")
    bar.stop()
    assert bar.left.text() == ""
    qtbot.waitUntil(lambda: not window.flow.refresh_run.is_running, timeout=15_000)
    settle(window)
