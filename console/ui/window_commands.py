"""Every command of the window, menu by menu, with its key."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from console.base.paths import resources
from console.ui.commands import Command, page_commands, theme_commands
from console.ui.page import Target

if TYPE_CHECKING:
    from console.ui.grid import RowGrid
    from console.ui.window import Window

Layout = Sequence[tuple[str, Sequence[Command | None]]]


def command_layout(window: "Window") -> Layout:
    """Return the menus of a window; what a table is asked is asked of the one that has the keyboard."""
    return (
        ("File", _file(window)),
        ("Evidence", _evidence(window)),
        ("Edit", _edit(window)),
        ("Go", _go(window)),
        ("View", _view(window)),
        ("Help", _help(window)),
    )


def _of_grid(window: "Window", do: "Callable[[RowGrid], object]") -> Callable[[], object]:
    return lambda: do(window.frame.page.current_grid())


def _file(window: "Window") -> list[Command | None]:
    return [
        Command("open-pack", "Open pack", "Ctrl+O", window.open_pack),
        Command("open-demo", "Open demo", "", window.open_packs.open_demo),
        None,
        Command("export", "Export pack", "Ctrl+E", window.export),
        Command("export-table", "Export table as CSV", "Ctrl+Shift+E", _of_grid(window, window.files.ask)),
        None,
        Command("settings", "Settings", "Ctrl+,", window.upkeep.ask_settings),
        Command("lock", "Lock", "Ctrl+L", window.upkeep.lock.lock),
        Command("quit", "Quit", "Ctrl+Q", window.close),
    ]


def _evidence(window: "Window") -> list[Command | None]:
    flow = window.flow
    return [
        Command("refresh", "Refresh", "F5", flow.refresh),
        Command("resume", "Resume refresh", "Shift+F5", lambda: flow.refresh(resume=True)),
        Command("logs", "Read invocation logs", "Shift+Alt+F5", flow.read_logs),
        Command("cancel", "Cancel refresh", "Ctrl+.", window.frame.refresh_bar.stop),
        Command("sign-in", "Sign in to AWS", "", window.sign_in.sign_in),
    ]


def _edit(window: "Window") -> list[Command | None]:
    ask = partial(_of_grid, window)
    return [
        Command("copy", "Copy value", "Ctrl+C", ask(lambda grid: grid.copy_cell()), of_widget=True),
        Command("copy-row", "Copy row", "Ctrl+Shift+C", ask(lambda grid: grid.copy_row())),
        Command("copy-table", "Copy table", "Ctrl+Alt+C", ask(lambda grid: grid.copy_table())),
        Command("filter", "Filter", "/", window.to_filter),
    ]


def _go(window: "Window") -> list[Command | None]:
    ask = partial(_of_grid, window)
    pages = page_commands(window.pages, lambda name: window.go(Target(name)))
    return [
        Command("search", "Search", "Ctrl+K", window.search.ask),
        Command("go-back", "Where I was before", "Alt+Left", window.go_back),
        Command("go-forward", "Where I went from here", "Alt+Right", window.go_forward),
        None,
        *pages,
        None,
        Command("down", "Next row", "J", ask(lambda grid: grid.step(1))),
        Command("up", "Previous row", "K", ask(lambda grid: grid.step(-1))),
        Command("open", "Open evidence", "Enter", ask(lambda grid: grid.open_current()), of_widget=True),
        Command(
            "follow",
            "Show what the row leads to",
            "Ctrl+Enter",
            ask(lambda grid: grid.follow_current()),
            of_widget=True,
        ),
        Command("back", "Back", "Esc", window.back),
    ]


def _view(window: "Window") -> list[Command | None]:
    return [
        Command(
            "columns", "Choose columns", "Ctrl+Shift+K", _of_grid(window, lambda grid: grid.ask_columns())
        ),
        Command("reading", "Choose reading", "Ctrl+Shift+R", window.choose_reading),
        None,
        *theme_commands(window.look, window.wear),
    ]


def _help(window: "Window") -> list[Command | None]:
    return [
        Command("help-page", "About this page", "F1", window.ask_help),
        Command("help", "Contents", "Shift+F1", window.help.ask),
        Command("guide", "The guide as a web page", "", _open_guide),
        None,
        Command("keys", "Keys", "?", window.keys.ask),
        Command("diagnostics", "Diagnostics", "", window.upkeep.ask_diagnostics),
    ]


def _open_guide() -> None:
    """Have the platform's browser show the guide, which is a file of this program."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(resources() / "help" / "guide.html")))
