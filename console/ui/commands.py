"""The menus: every command of the window, with its key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from console.ui.page import Page
from console.ui.theme import Look
from console.ui.words import caption

_MOST_PAGE_KEYS = 9


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its words, its key, what it does."""

    name: str
    words: str
    key: str
    do: Callable[[], object]
    of_widget: bool = False
    """The key is a widget's own, such as Enter in a table; the menu shows it and does not take it away."""
    is_chosen: bool | None = None
    """Whether it is the one in use, among those of its menu that exclude each other."""


@dataclass(slots=True)
class Menus:
    """The window's actions by menu and by name."""

    by_menu: list[tuple[str, list[QAction]]] = field(default_factory=list)
    by_name: dict[str, QAction] = field(default_factory=dict)


def build_menus(window: QMainWindow, layout: Sequence[tuple[str, Sequence[Command | None]]]) -> Menus:
    """Fill the menu bar; None is a line between commands."""
    menus = Menus()
    for title, commands in layout:
        menu = QMenu(caption(title), window)
        window.menuBar().addMenu(menu)
        actions: list[QAction] = []
        choice = QActionGroup(window)
        for command in commands:
            if command is None:
                menu.addSeparator()
                continue
            action = _action(window, command)
            menu.addAction(action)
            actions.append(action)
            menus.by_name[command.name] = action
            if command.is_chosen is not None:
                choice.addAction(action)
        menus.by_menu.append((title, actions))
    return menus


def page_commands(pages: Sequence[Page], go: Callable[[str], object]) -> list[Command]:
    """Return a command for each page, with Ctrl and its number."""
    return [
        Command(
            f"page.{page.name}",
            page.title,
            f"Ctrl+{number}" if number <= _MOST_PAGE_KEYS else "",
            partial(go, page.name),
        )
        for number, page in enumerate(pages, start=1)
    ]


def theme_commands(look: Look, wear: Callable[[str], object]) -> list[Command]:
    """Return a command for each theme, the one in use marked."""
    return [
        Command(
            f"theme.{theme.id}",
            f"{theme.name} colours",
            "",
            partial(wear, theme.id),
            is_chosen=theme.id == look.theme.id,
        )
        for theme in look.themes
    ]


def _action(window: QMainWindow, command: Command) -> QAction:
    words = caption(command.words)
    action = QAction(f"{words}\t{command.key}" if command.of_widget else words, window)
    action.setIconText(command.words)
    action.setObjectName(f"command.{command.name}")
    if command.key and not command.of_widget:
        action.setShortcut(QKeySequence(command.key))
    if command.is_chosen is not None:
        action.setCheckable(True)
        action.setChecked(command.is_chosen)
    action.triggered.connect(lambda _=False: command.do())
    return action
