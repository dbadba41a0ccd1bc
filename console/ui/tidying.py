"""When Python looks for garbage: while nobody waits for the window, and on the window's own thread."""

import gc
import time

from PySide6.QtCore import QObject, QTimer

from console.ui.jobs import Jobs
from console.ui.touch import Touch

_LOOK_MILLISECONDS = 5_000
_UNTOUCHED_SECONDS = 20
_WORTH_IT = 50_000
_TOO_MUCH = 5_000_000
"""Objects made and not freed since garbage was last looked for; so many cannot wait for a pause."""


class Tidying(QObject):
    """Looks for garbage when the window was not touched for a while and no job runs.

    Left to itself, Python looks whenever enough was made, on whichever thread made it, and stops all threads
    meanwhile: 60 to 90 ms over a small organisation's evidence. Most garbage is freed without it; what waits here is
    only what refers to itself.
    """

    def __init__(self, touch: Touch, *jobs: Jobs) -> None:
        super().__init__(touch)
        self._touch = touch
        self._jobs = jobs
        gc.disable()
        self.destroyed.connect(lambda *_: gc.enable())
        timer = QTimer(self)
        timer.timeout.connect(self.look)
        timer.start(_LOOK_MILLISECONDS)

    def look(self) -> None:
        """Look for garbage, if there may be much and nobody waits, or if there may be too much."""
        made = gc.get_count()[0]
        is_quiet = time.monotonic() - self._touch.at >= _UNTOUCHED_SECONDS
        is_idle = is_quiet and not any(jobs.pending for jobs in self._jobs)
        if made >= _TOO_MUCH or (made >= _WORTH_IT and is_idle):
            gc.collect()
