"""The program's entrances: `bedrock-console` and, without a terminal, `bedrock-console-window`."""

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from console.base.log import log_to, note_error
from console.base.paths import logs
from console.bootstrap import Parts
from console.cli.base import REFUSED, Front
from console.cli.main import ask_in_terminal, run

if TYPE_CHECKING:
    from console.services.opening import PackDesk


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; without a command, the window."""
    said = sys.argv[1:] if arguments is None else arguments
    command = _command(said)
    log_to(logs() / f"{command or 'window'}.log")
    sys.excepthook = _note_uncaught
    front = Front(open_window=_open_window, take_pictures=_take_pictures, pages=_pages)
    if command or {"-h", "--help", "--version"} & set(said) or (sys.stdin is not None and sys.stdin.isatty()):
        return run(said, front, environment=os.environ, ask=ask_in_terminal)
    return _run_without_terminal(said, front)


def _command(said: Sequence[str]) -> str:
    """Return the command among arguments, as far as it can be told without reading them; empty for the window."""
    valued = {at + 1 for at, each in enumerate(said) if each in ("--store", "--settings", "--profile")}
    words = (each for at, each in enumerate(said) if at not in valued and each.replace("-", "").isalpha())
    return next((each for each in words if not each.startswith("-")), "")


def _note_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Note what nobody caught, such as an error in the window's own thread, and say it as Python does."""
    note_error(error)
    sys.__excepthook__(kind, error, trace)


def window() -> int:
    """Open the window, whatever the arguments."""
    return main([])


def _run_without_terminal(said: Sequence[str], front: Front) -> int:
    """Ask and refuse in dialogues: a program started from a menu has nobody to read its standard error."""
    from console.ui.main import ask_in_window, tell_in_window  # noqa: PLC0415 - commands need no Qt

    err = io.StringIO()
    code = run(
        said, front, environment=os.environ, streams=(sys.stdout or io.StringIO(), err), ask=ask_in_window
    )
    (sys.stderr or io.StringIO()).write(err.getvalue())
    if code == REFUSED:
        tell_in_window(err.getvalue())
    return code


def _open_window(parts: "Parts | PackDesk") -> int:
    from console.ui.main import open_window  # noqa: PLC0415 - commands need no Qt

    return open_window(parts)


def _take_pictures(parts: Parts, folder: Path) -> tuple[Path, ...]:
    from console.ui.main import take_pictures  # noqa: PLC0415 - commands need no Qt

    return take_pictures(parts, folder)


def _pages() -> tuple[str, ...]:
    from console.ui.page import discover_pages  # noqa: PLC0415 - commands need no Qt

    return tuple(page.name for page in discover_pages())


if __name__ == "__main__":
    sys.exit(main())
