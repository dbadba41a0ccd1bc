"""Signing in from the window: Identity Center in the browser, and one-time codes that a refresh asks for."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from console.ui.bars import Notice
from console.ui.child_run import ChildRun, Said
from console.ui.desk import Desk
from console.ui.refresh_run import RefreshRun
from console.ui.sign_in_panes import CodePane, SignInPane
from console.views.names import when_words
from console.views.text import inert

PORTAL_REFUSAL = "COL-005"
"""The refusal that a sign-in with Identity Center cures."""
_CANCELLED = "COL-006"
_LAST_WORDS = frozenset({"signed_in", "refused"})
Open = Callable[[str], object]


def open_in_browser(address: str) -> bool:
    """Show a page in the system's browser; only an encrypted one."""
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    return url.scheme() == "https" and QDesktopServices.openUrl(url)


class SignInFlow(QObject):
    """Runs one sign-in at a time and tells the officer how it goes."""

    signed_in = Signal(bool)
    """Whether a refresh was refused for want of this sign-in, and can be started again."""
    offered = Signal()
    """What can be done now has changed."""

    def __init__(
        self, desk: Desk, run: RefreshRun, panes: tuple[SignInPane, CodePane], notice: Notice
    ) -> None:
        super().__init__(notice)
        self.open_page: Open = open_in_browser
        self._desk = desk
        self._run = run
        self._pane, self._codes = panes
        self._notice = notice
        self._question = 0
        self._is_for_refresh = False
        self._child = ChildRun(desk.read_event, _LAST_WORDS, self)
        self._child.began.connect(self.offered)
        self._child.said.connect(self._hear)
        self._child.finished.connect(self._finish)
        self._child.lost.connect(self._lose)
        self._pane.opening.connect(self._open_page)
        self._pane.cancelled.connect(self.cancel)
        self._codes.given.connect(self._answer)
        self.answer_for(run)
        notice.acted.connect(lambda: self.sign_in(for_refresh=True))

    def answer_for(self, run: RefreshRun) -> None:
        """Ask the officer what a run asks, and hear why it was refused."""
        run.asked.connect(lambda question, serial: self._ask(run, question, serial))
        run.ended.connect(lambda _: self._codes.end())
        run.refused.connect(self._heed_refusal)

    @property
    def is_running(self) -> bool:
        """Tell whether a sign-in is under way."""
        return self._child.is_running

    def sign_in(self, *, for_refresh: bool = False) -> None:
        """Start a sign-in, unless one is under way."""
        if self._child.is_running:
            return
        self._is_for_refresh = for_refresh
        self._notice.hide()
        self._pane.begin(self._desk.settings.aws.profile)
        self._child.start(self._desk.sign_in_call())

    def cancel(self) -> None:
        """Stop the sign-in; its process then says so."""
        self._child.tell("cancel")

    def abandon(self) -> None:
        """Leave a sign-in because the window closes."""
        self._child.abandon()

    def _hear(self, said: Said) -> None:
        if said["event"] == "verification":
            self._pane.show_code(str(said["user_code"]), str(said["address_with_code"]))

    def _finish(self, last: Said) -> None:
        self._pane.end()
        if last["event"] == "refused" and last["code"] == _CANCELLED:
            self._notice.hide()
        elif last["event"] == "refused":
            message = f"{inert(last['message'])} ({inert(last['code'])})"
            self._notice.say(message, inert(last["remedy"]), is_refusal=True)
        else:
            until = f" This sign-in lasts until {when_words(str(last['until']))}." if last["until"] else ""
            who = f"Profile {inert(last['profile'])} is {inert(last['arn'])}.{until}"
            self._notice.say("You are signed in to AWS.", who, is_refusal=False)
            self.signed_in.emit(self._is_for_refresh)
        self.offered.emit()

    def _lose(self, what: str) -> None:
        self._pane.end()
        self._notice.say(f"The sign-in {what}", "Start it again.", is_refusal=True)
        self.offered.emit()

    def _open_page(self, address: str) -> None:
        if not self.open_page(address):
            self._pane.state.setText("The browser did not open: copy the address and open it yourself.")

    def _ask(self, run: RefreshRun, question: int, serial: str) -> None:
        self._run, self._question = run, question
        self._codes.ask(serial)

    def _answer(self, code: str) -> None:
        self._run.answer(self._question, code)

    def _heed_refusal(self, message: str, remedy: str, code: str) -> None:
        self._codes.end()
        if code == PORTAL_REFUSAL:
            self._notice.say(message, remedy, is_refusal=True, action="Sign in")
