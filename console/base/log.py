"""The program's log: what went wrong and where, never what AWS said or who asked.

An exception's own words may hold a name or an answer, so of an exception only its kind and the places in the code are
kept; of a refusal, its code.
"""

import logging
import traceback
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from console.base.errors import ConsoleError

_BYTES = 1_000_000
_KEPT = 3
_LOGGER = logging.getLogger("console")
_LOGGER.addHandler(logging.NullHandler())  # until there is a file, nothing goes anywhere


class _Bare(logging.Formatter):
    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's own name
        """Return an exception without its words."""
        kind, trace = ei[0], ei[2]  # type: ignore[index]
        frames = traceback.extract_tb(trace if isinstance(trace, TracebackType) else None)
        places = (f"  {Path(each.filename).name}:{each.lineno} {each.name}" for each in frames)
        return "\n".join([getattr(kind, "__name__", "unknown"), *places])


class _Sink(RotatingFileHandler):
    """Makes its file, and the folder, when there is something to note; without a place for it there is no log."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Leave the note out."""


def log_to(file: Path) -> None:
    """Send what this program notes to `file`, which is rotated; nothing goes to the terminal."""
    sink = _Sink(file, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
    sink.setFormatter(_Bare("%(asctime)s %(levelname)s %(process)d %(message)s"))
    for earlier in _LOGGER.handlers:
        earlier.close()
    _LOGGER.handlers[:] = [sink]
    _LOGGER.setLevel(logging.INFO)
    _LOGGER.propagate = False


def note(what: str, **counts: int) -> None:
    """Note that something happened, in words of the program's own and numbers."""
    _LOGGER.info("%s%s", what, "".join(f" {name}={count}" for name, count in counts.items()))


def note_error(error: BaseException) -> None:
    """Note a refusal by its code, and any other error by its kind and place."""
    if isinstance(error, ConsoleError):
        _LOGGER.warning("refused %s", error.code)
    else:
        _LOGGER.error("failed", exc_info=(type(error), error, error.__traceback__))
