"""The program's log: what went wrong and where, never what AWS said or who asked."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

_BYTES = 1_000_000
_KEPT = 3


def log_to(file: Path) -> None:
    """Send warnings and errors of this program to `file`, which is rotated; nothing goes to the terminal."""
    file.parent.mkdir(parents=True, exist_ok=True)
    sink = RotatingFileHandler(file, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
    sink.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("console")
    logger.handlers[:] = [sink]
    logger.setLevel(logging.WARNING)
    logger.propagate = False
