"""The program's entrances: `bedrock-console` and, without a terminal, `bedrock-console-window`."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from console.bootstrap import Parts
from console.cli.base import Front
from console.cli.main import run

if TYPE_CHECKING:
    from console.services.opening import PackDesk


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; without a command, the window."""
    front = Front(open_window=_open_window, take_pictures=_take_pictures, pages=_pages)
    return run(sys.argv[1:] if arguments is None else arguments, front, environment=os.environ)


def window() -> int:
    """Open the window, whatever the arguments."""
    return main([])


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
