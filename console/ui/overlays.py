"""Panes over the window that Esc closes: the search, and the list of keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QListView, QScrollArea, QVBoxLayout, QWidget

from console.controls.base import Control
from console.ui.desk import Latest
from console.ui.page import Page, Target
from console.ui.panes import GAP
from console.ui.words import label
from console.views.names import account_names

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to go to."""

    words: str
    target: Target


def page_entries(pages: Sequence[Page]) -> tuple[Entry, ...]:
    """Return the pages."""
    return tuple(Entry(f"{page.title}  (page)", Target(page.name)) for page in pages)


def evidence_entries(latest: Latest, controls: Sequence[Control]) -> tuple[Entry, ...]:
    """Return the controls and the accounts."""
    named = sorted(account_names(latest.snapshot).items(), key=lambda each: each[1].casefold())
    return (
        *(
            Entry(f"{each.id}  {each.title}  (control)", Target("findings", {"control": each.id}))
            for each in controls
        ),
        *(
            Entry(f"{name}  {account_id}  (account)", Target("accounts", {"account": account_id}))
            for account_id, name in named
        ),
    )


class EntryList(QAbstractListModel):
    """The entries that hold every word that was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[Entry, ...] = ()
        self.found: list[Entry] = []

    def narrow(self, words: str) -> None:
        """Show the first entries that match."""
        wanted = words.casefold().split()
        self.beginResetModel()
        matching = (each for each in self.entries if all(word in each.words.casefold() for word in wanted))
        self.found = [each for each, _ in zip(matching, range(_SHOWN), strict=False)]
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Count what was found."""
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return an entry's words."""
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.found[index.row()].words
        return None


class Overlay(QFrame):
    """A pane in the middle of the window; gives the focus back when it is closed."""

    def __init__(self, window: QWidget, name: str, size: tuple[int, int]) -> None:
        super().__init__(window)
        self._window = window
        self._before: QWidget | None = None
        self._wanted = size
        self.setObjectName(name)
        self.setProperty("place", "overlay")
        self.hide()

    def pop_up(self, focus: QWidget) -> None:
        """Show the pane."""
        window = self._window
        self._before = window.window().focusWidget()
        width = min(self._wanted[0], window.width() - 32)
        height = min(self._wanted[1], window.height() - 96)
        self.setGeometry((window.width() - width) // 2, 72, width, height)
        self.raise_()
        self.show()
        focus.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_down(self) -> None:
        """Hide the pane and return to where the keyboard was."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()


class Search(Overlay):
    """Goes to a page, an account or a control by a few letters of its name."""

    chosen = Signal(object)
    """A `Target`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "search", (640, 420))
        self.found = EntryList()
        self.words = QLineEdit()
        self.words.setObjectName("search.words")
        self.words.setAccessibleName("Search pages, accounts and controls")
        self.words.setPlaceholderText("Go to a page, an account or a control")
        self.words.textChanged.connect(self._narrow)
        self.words.installEventFilter(self)
        self.list = QListView()
        self.list.setObjectName("search.found")
        self.list.setAccessibleName("What was found")
        self.list.setModel(self.found)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda index: self._choose(index.row()))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(GAP)
        column.addWidget(self.words)
        column.addWidget(self.list, 1)
        column.addWidget(label("Up and Down choose, Enter goes there, Esc closes", "small"))

    def ask(self) -> None:
        """Show the search, empty."""
        self.words.clear()
        self._narrow("")
        self.pop_up(self.words)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let the keys of the list work while the words have the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            place = self.list.currentIndex().row()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(place)
                return True
            by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if by is not None:
                last = self.found.rowCount() - 1
                self.list.setCurrentIndex(self.found.index(min(max(place + by, 0), last)))
                return True
        return False

    def _narrow(self, words: str) -> None:
        self.found.narrow(words)
        self.list.setCurrentIndex(self.found.index(0))

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self.found.found):
            target = self.found.found[place].target
            self.close_down()
            self.chosen.emit(target)


class Keys(Overlay):
    """Every command with its key, taken from the menus, so that it cannot fall behind."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "keys", (620, 640))
        self._body = QWidget()
        self._rows = QGridLayout(self._body)
        self._rows.setColumnStretch(0, 1)
        self._rows.setVerticalSpacing(6)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._body)
        scroll.setAccessibleName("Keys")
        self._scroll = scroll
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 16, 16)
        column.setSpacing(GAP)
        column.addWidget(label("Keys", "heading"))
        column.addWidget(scroll, 1)
        column.addWidget(label("Esc closes", "small"))

    def list_keys(self, menus: Sequence[tuple[str, Sequence[QAction]]]) -> None:
        """List the commands of the menus that have a key."""
        row = 0
        for title, actions in menus:
            keyed = [action for action in actions if key_words(action)]
            if not keyed:
                continue
            self._rows.addWidget(label(title, "group"), row, 0)
            row += 1
            for action in keyed:
                self._rows.addWidget(label(action.iconText()), row, 0)
                self._rows.addWidget(label(key_words(action), "mono"), row, 1)
                row += 1
        self._rows.setRowStretch(row, 1)

    def ask(self) -> None:
        """Show the list."""
        self.pop_up(self._scroll)


def key_words(action: QAction) -> str:
    """Return an action's keys; those that a widget answers itself stand behind a tab in its text."""
    return action.shortcut().toString() or action.text().partition("\t")[2]
