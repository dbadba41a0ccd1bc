"""Questions of a child process to whoever sits before it: asked as an event, answered on standard input."""

import threading
from collections.abc import Callable

from console.collect.errors import MfaNeededError
from console.services.job import read_answer

_LOOK_SECONDS = 0.1
Say = Callable[..., None]
"""Says an event with its members."""


class Questions:
    """Asks one-time codes, one at a time; a refresh that is cancelled stops waiting for its answer."""

    def __init__(self, say: Say, cancelled: threading.Event) -> None:
        self._say = say
        self._cancelled = cancelled
        self._turn = threading.Lock()
        self._answered = threading.Event()
        self._asked = 0
        self._code = ""

    def ask_code(self, serial: str) -> str:
        """Return the code that a device shows; raise `MfaNeededError` if none is given."""
        with self._turn:
            self._asked += 1
            self._code = ""
            self._answered.clear()
            self._say("question", id=self._asked, serial=serial)
            while not self._answered.wait(_LOOK_SECONDS):
                if self._cancelled.is_set():
                    break
            code, self._code = self._code, ""
        if not code:
            raise MfaNeededError(f"no one-time code of {serial} was given")
        return code

    def hear(self, line: str) -> None:
        """Take an answer to the question that is open; other lines and late answers are nothing."""
        answer = read_answer(line)
        if answer is not None and answer[0] == self._asked and not self._answered.is_set():
            self._code = answer[1].strip()
            self._answered.set()
