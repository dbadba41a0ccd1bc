"""A trap for a child process: it counts changes of files that Python is about to make, and kills the child at one."""

import os
import signal
import sys
from typing import Any

_CHANGES = frozenset({"os.rename", "os.remove", "os.link", "os.mkdir", "os.truncate"})
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Trap:
    """Counts from 1; `at` 0 only counts."""

    def __init__(self, at: int) -> None:
        self.count = 0
        self._at = at
        sys.dont_write_bytecode = True  # or what Python keeps for itself would count as a change
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _CHANGES or (
            event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES
        ):
            self.count += 1
            if self.count == self._at:
                os.kill(os.getpid(), signal.SIGKILL)
