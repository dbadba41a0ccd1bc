"""What a command declares, and what it is handed."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from console.bootstrap import Ask, Parts, Place

if TYPE_CHECKING:
    from console.services.opening import PackDesk

DONE = 0
"""Done, and nothing stands against it."""
FOUND = 1
"""Done; failures were found, or nothing was there to show."""
REFUSED = 2
"""Refused or wrongly called; the message says what to do."""
INTERRUPTED = 3
"""Stopped on request before the end; what was read is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The window's entrances, handed in because the command line knows no Qt."""

    open_window: "Callable[[Parts | PackDesk], int]"
    """Shows the window over an open store or a pack; returns when it is closed."""
    take_pictures: Callable[[Parts, Path], tuple[Path, ...]]
    """Draws every page in light and dark into a folder, without a screen; returns the files."""
    pages: Callable[[], tuple[str, ...]]
    """Names of the window's pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command; `run` writes to the streams it is given and returns an exit code."""

    name: str
    summary: str
    """One line, without a full stop."""
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[["Invocation"], int]
    teaching: str = ""
    """Examples and explanations below the options in `--help`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """What a command is run with."""

    options: Namespace
    place: Place
    parts: Callable[[], Parts]
    """Opens the store and builds the services on first use: `--help` needs no store."""
    front: Front
    environment: Mapping[str, str]
    ask: Ask
    """Asks in the terminal for what must not be shown."""
    out: TextIO
    err: TextIO
