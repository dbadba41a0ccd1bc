"""Panes over the window that Esc closes: the search, and the list of keys."""

from collections.abc import Sequence
from itertools import islice

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QListView, QScrollArea, QVBoxLayout, QWidget

from console.ui.page import Entry, Page, Target
from console.ui.panes import GAP
from console.ui.words import label
from console.views.text import inert

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SHOWN = 200


def page_entries(pages: Sequence[Page]) -> tuple[Entry, ...]:
    """Return the pages."""
    return tuple(Entry(f"{page.title}  (page)", Target(page.name)) for page in pages)


class EntryList(QAbstractListModel):
    """The entries that hold every word that was typed."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[Entry, ...] = ()
        self._found_by: list[str] = []
        self.found: list[Entry] = []

    def offer(self, entries: tuple[Entry, ...]) -> None:
        """Search among these from now on."""
        self._entries = entries
        self._found_by = [each.words.casefold() for each in entries]

    def narrow(self, words: str) -> None:
        """Show the first entries that match."""
        wanted = words.casefold().split()
        self.beginResetModel()
        matching = (
            entry
            for entry, text in zip(self._entries, self._found_by, strict=True)
            if all(word in text for word in wanted)
        )
        self.found = list(islice(matching, _SHOWN))
        if words.strip():
            target = Target("findings", {"words": words.strip()})
            self.found.append(Entry(f"Findings about “{inert(words.strip())}”", target))
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
    """Goes to whatever the pages know by a few letters of its name."""

    chosen = Signal(object)
    """A `Target`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "search", (820, 480))
        self.found = EntryList()
        self.words = QLineEdit()
        self.words.setObjectName("search.words")
        self.words.setAccessibleName("Search pages, accounts, principals, models, ARNs and controls")
        self.words.setPlaceholderText("Go to a page, account, principal, model, ARN or control")
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
