"""A refresh under way: a child process, never a thread, told its job on standard input and heard line by line."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from console.ui.desk import WorkerCall
from console.views.text import inert

GRACE_MILLISECONDS = 10_000
"""How long a cancelled child may take to seal what it has read."""
CLOSING_MILLISECONDS = 3_000
"""How long a child may take to notice that the window is gone."""
_ERRORS_KEPT = 2_000
_GO_ON = "Resume the refresh: it goes on from what was read."


class RefreshRun(QObject):
    """Runs one refresh at a time and announces what its process says."""

    began = Signal()
    progressed = Signal(object)
    """Members of a `progress` event."""
    missed = Signal(object)
    """Members of a `gap` event."""
    ended = Signal(str)
    """`complete` or `cancelled`."""
    refused = Signal(str, str)
    """What happened, and what to do."""

    def __init__(
        self,
        read_event: Callable[[str], Mapping[str, Any]],
        parent: QObject | None = None,
        *,
        grace: int = GRACE_MILLISECONDS,
    ) -> None:
        super().__init__(parent)
        self._read_event = read_event
        self._process: QProcess | None = None
        self._last_words: Mapping[str, Any] | None = None
        self._errors = ""
        self._grace = QTimer(self)
        self._grace.setSingleShot(True)
        self._grace.setInterval(grace)
        self._grace.timeout.connect(self._kill)

    @property
    def is_running(self) -> bool:
        """Tell whether the child process is there."""
        return self._process is not None

    def start(self, call: WorkerCall) -> None:
        """Start the child and hand it its job; does nothing while one runs."""
        if self._process is not None:
            return
        process = QProcess(self)
        process.setProgram(call.program)
        process.setArguments(list(call.arguments))
        environment = QProcessEnvironment()
        for name, value in call.environment.items():
            environment.insert(name, value)
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._hear)
        process.readyReadStandardError.connect(self._keep_errors)
        process.errorOccurred.connect(self._fail_to_start)
        process.finished.connect(self._finish)
        self._process, self._last_words, self._errors = process, None, ""
        self.began.emit()
        process.start()
        process.write(f"{call.job_line}\n".encode())

    def cancel(self) -> None:
        """Ask the child to seal what it has read; end it if it takes too long."""
        if self._process is not None and not self._grace.isActive():
            self._process.write(b"cancel\n")
            self._process.closeWriteChannel()
            self._grace.start()

    def abandon(self) -> None:
        """Leave the refresh to be resumed another time: the child ends when its input does."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.blockSignals(True)
        process.closeWriteChannel()
        if not process.waitForFinished(CLOSING_MILLISECONDS):
            process.kill()
            process.waitForFinished(CLOSING_MILLISECONDS)

    def _hear(self) -> None:
        while self._process is not None and self._process.canReadLine():
            line = bytes(self._process.readLine().data()).decode("utf-8", "replace").strip()
            try:
                said = self._read_event(line)
            except ValueError:
                self._errors = f"{self._errors}\n{line}"[-_ERRORS_KEPT:]
                continue
            if said["event"] == "progress":
                self.progressed.emit(said)
            elif said["event"] == "gap":
                self.missed.emit(said)
            else:
                self._last_words = said

    def _keep_errors(self) -> None:
        if self._process is not None:
            said = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
            self._errors = f"{self._errors}{said}"[-_ERRORS_KEPT:]

    def _fail_to_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            why = self._process.errorString()
            self._end()
            self.refused.emit(
                f"The refresh could not be started: {inert(why)}.", "Install this program again."
            )

    def _finish(self, code: int, _status: QProcess.ExitStatus) -> None:
        self._hear()
        self._keep_errors()
        said = self._last_words
        self._end()
        if said is not None and said["event"] == "ended":
            self.ended.emit(str(said["state"]))
        elif said is not None:
            self.refused.emit(f"{inert(said['message'])} ({inert(said['code'])})", inert(said["remedy"]))
        else:
            last = self._errors.strip().rpartition("\n")[2]
            told = f" Its last words: {inert(last)}" if last else ""
            self.refused.emit(f"The refresh ended early, with code {code}.{told}", _GO_ON)

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _end(self) -> None:
        self._grace.stop()
        if self._process is not None:
            self._process.deleteLater()
            self._process = None
