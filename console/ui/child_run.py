"""A child process of the window: told its job on standard input, heard line by line, never waited for."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from console.ui.desk import WorkerCall
from console.views.text import inert

CLOSING_MILLISECONDS = 3_000
"""How long a child may take to notice that the window is gone."""
_ERRORS_KEPT = 2_000
Said = Mapping[str, Any]
"""Members of an event."""


class ChildRun(QObject):
    """Runs one child at a time and announces what it says."""

    began = Signal()
    said = Signal(object)
    """Members of an event that is not the last."""
    finished = Signal(object)
    """Members of the last event."""
    lost = Signal(str)
    """What happened to a child that ended without a last word."""

    def __init__(
        self,
        read_event: Callable[[str], Said],
        last_words: frozenset[str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._read_event = read_event
        self._last_words = last_words
        self._process: QProcess | None = None
        self._last: Said | None = None
        self._errors = ""

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
        self._process, self._last, self._errors = process, None, ""
        self.began.emit()
        process.start()
        self.tell(call.job_line)

    def tell(self, line: str) -> None:
        """Write a line to the child's standard input."""
        if self._process is not None:
            self._process.write(f"{line}\n".encode())

    def hush(self) -> None:
        """Tell the child that nothing more will be said to it."""
        if self._process is not None:
            self._process.closeWriteChannel()

    def kill(self) -> None:
        """End the child at once."""
        if self._process is not None:
            self._process.kill()

    def abandon(self) -> None:
        """Leave the child, without another word of it: it ends when its input does."""
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
                event = self._read_event(line)
            except ValueError:
                self._errors = f"{self._errors}\n{line}"[-_ERRORS_KEPT:]
                continue
            if event["event"] in self._last_words:
                self._last = event
            else:
                self.said.emit(event)

    def _keep_errors(self) -> None:
        if self._process is not None:
            said = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
            self._errors = f"{self._errors}{said}"[-_ERRORS_KEPT:]

    def _fail_to_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            why = self._process.errorString()
            self._end()
            self.lost.emit(f"could not be started: {inert(why)}.")

    def _finish(self, code: int, _status: QProcess.ExitStatus) -> None:
        self._hear()
        self._keep_errors()
        last = self._last
        self._end()
        if last is not None:
            self.finished.emit(last)
            return
        words = self._errors.strip().rpartition("\n")[2]
        told = f" Its last words: {inert(words)}" if words else ""
        self.lost.emit(f"ended early, with code {code}.{told}")

    def _end(self) -> None:
        if self._process is not None:
            self._process.deleteLater()
            self._process = None
