"""A refresh under way: a child process, never a thread, that may ask for a one-time code."""

import json
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from console.ui.child_run import ChildRun, Said
from console.ui.desk import WorkerCall
from console.views.text import inert

GRACE_MILLISECONDS = 10_000
"""How long a cancelled child may take to seal what it has read."""
_GO_ON = "Resume the refresh: it goes on from what was read."
_LAST_WORDS = frozenset({"ended", "refused"})


class RefreshRun(QObject):
    """Runs one refresh at a time and announces what its process says."""

    began = Signal()
    progressed = Signal(object)
    """Members of a `progress` event."""
    missed = Signal(object)
    """Members of a `gap` event."""
    asked = Signal(int, str)
    """A question's number, and the serial number of the device whose code is wanted."""
    ended = Signal(str)
    """`complete` or `cancelled`."""
    refused = Signal(str, str, str)
    """What happened, what to do, and the code of the refusal, which may be empty."""

    def __init__(
        self,
        read_event: Callable[[str], Said],
        parent: QObject | None = None,
        *,
        grace: int = GRACE_MILLISECONDS,
        what: str = "The refresh",
    ) -> None:
        super().__init__(parent)
        self._what = what
        self._child = ChildRun(read_event, _LAST_WORDS, self)
        self._child.began.connect(self.began)
        self._child.said.connect(self._hear)
        self._child.finished.connect(self._finish)
        self._child.lost.connect(self._lose)
        self._grace = QTimer(self)
        self._grace.setSingleShot(True)
        self._grace.setInterval(grace)
        self._grace.timeout.connect(self._child.kill)

    @property
    def is_running(self) -> bool:
        """Tell whether the child process is there."""
        return self._child.is_running

    def start(self, call: WorkerCall) -> None:
        """Start the child and hand it its job; does nothing while one runs."""
        self._child.start(call)

    def answer(self, question: int, code: str) -> None:
        """Answer a question; an empty code is a refusal to answer."""
        self._child.tell(json.dumps({"answer": question, "code": code}))

    def cancel(self) -> None:
        """Ask the child to seal what it has read; end it if it takes too long."""
        if self._child.is_running and not self._grace.isActive():
            self._child.tell("cancel")
            self._child.hush()
            self._grace.start()

    def abandon(self) -> None:
        """Leave the refresh to be resumed another time: the child ends when its input does."""
        self._child.abandon()

    def _hear(self, said: Said) -> None:
        if said["event"] in ("progress", "logs"):
            self.progressed.emit(said)
        elif said["event"] == "gap":
            self.missed.emit(said)
        elif said["event"] == "question":
            self.asked.emit(int(said["id"]), str(said["serial"]))

    def _finish(self, last: Said) -> None:
        self._grace.stop()
        if last["event"] == "ended":
            self.ended.emit(str(last["state"]))
            return
        code = str(last["code"])
        self.refused.emit(f"{inert(last['message'])} ({inert(code)})", inert(last["remedy"]), code)

    def _lose(self, what: str) -> None:
        self._grace.stop()
        remedy = "Install this program again." if what.startswith("could not") else _GO_ON
        self.refused.emit(f"{self._what} {what}", remedy, "")
