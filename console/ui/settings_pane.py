"""The settings, over the window: all of them at the left, the chosen one with its help and its value at the right."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.base.configuration import Configuration, Origin, Value
from console.base.errors import ConsoleError
from console.base.setting import shown
from console.ui.overlays import Overlay
from console.ui.panes import GAP
from console.ui.words import caption, label, paragraph
from console.views.text import inert

_YES_OR_NO = ("yes", "no")
Write = Callable[[str, "str | None"], Configuration]
"""Writes what was typed for a key into the user's file, or takes it out; returns what is in force then."""


class SettingsPane(Overlay):
    """Shows every setting, where it comes from, and lets the officer change their own."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "settings", (980, 620))
        self._configuration: Configuration | None = None
        self._write: Write | None = None
        self.list = QListWidget()
        self.list.setObjectName("settings.list")
        self.list.setAccessibleName("Settings")
        self.list.setFixedWidth(330)
        self.list.currentRowChanged.connect(self._show)
        self.title = label("", "heading")
        self.help = paragraph("")
        self.allowed = paragraph("", "quiet")
        self.origin = paragraph("", "quiet")
        self.origin.setObjectName("settings.origin")
        self.line = QLineEdit()
        self.line.setObjectName("settings.value")
        self.line.returnPressed.connect(self._save)
        self.choice = QComboBox()
        self.choice.setObjectName("settings.choice")
        self.save = _button("Save", "settings.save", self._save)
        self.save.setProperty("weight", "primary")
        self.reset = _button("Use the default", "settings.reset", lambda: self._put(None))
        self.said = paragraph("", "quiet")
        self.said.setObjectName("settings.said")
        self._arrange()

    def ask(self, configuration: Configuration, write: Write) -> None:
        """Show the settings in force; `write` changes the officer's own."""
        self._write = write
        self._fill(configuration)
        self.pop_up(self.list)

    def _fill(self, configuration: Configuration) -> None:
        at = max(self.list.currentRow(), 0)
        self._configuration = configuration
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([_entry(each) for each in configuration.values.values()])
        self.list.blockSignals(False)
        self.list.setCurrentRow(at)

    def _current(self) -> Value | None:
        if self._configuration is None or self.list.currentRow() < 0:
            return None
        return tuple(self._configuration.values.values())[self.list.currentRow()]

    def _show(self, _row: int) -> None:
        held = self._current()
        if held is None or self._configuration is None:
            return
        setting, managed = held.setting, held.origin is Origin.MANAGED
        self.title.setText(setting.words)
        self.help.setText(setting.help)
        self.allowed.setText(
            f"Allowed: {setting.allowed}. Default: {shown(setting.default) or 'nothing'}. Name: {setting.key}."
        )
        self.origin.setText(
            f"Set by your organisation, in {inert(self._configuration.managed)}. Only an administrator can change it."
            if managed
            else f"In force: {held.origin.value}."
        )
        choices = setting.choices or (_YES_OR_NO if setting.type == "yes or no" else ())
        self.choice.setVisible(bool(choices))
        self.line.setVisible(not choices)
        self.choice.clear()
        self.choice.addItems([caption(each) for each in choices])
        self.choice.setCurrentText(shown(held.value))
        self.line.setText(inert(shown(held.value)))
        for box in (self.choice, self.line):
            box.setAccessibleName(setting.words)
            box.setEnabled(not managed)
        self.save.setEnabled(not managed)
        self.reset.setEnabled(held.origin is Origin.OWN)
        self.said.setText(self._mistake(setting.key))

    def _mistake(self, key: str) -> str:
        found = self._configuration.mistakes if self._configuration else ()
        return " ".join(inert(f"{each.words} {each.remedy}") for each in found if each.key == key)

    def _save(self) -> None:
        self._put(self.line.text() if self.line.isVisibleTo(self) else self.choice.currentText())

    def _put(self, typed: str | None) -> None:
        held = self._current()
        if held is None or self._write is None or held.origin is Origin.MANAGED:
            return
        try:
            self._fill(self._write(held.setting.key, typed))
        except ConsoleError as error:
            self.said.setText(f"{inert(error)} ({error.code}). {inert(error.remedy)}")
            return
        self.said.setText("Saved. It holds from the next start of the console.")

    def _arrange(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(GAP)
        for each in (self.title, self.help, self.allowed, self.origin, self.line, self.choice):
            right.addWidget(each)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self.reset)
        buttons.addStretch(1)
        right.addLayout(buttons)
        right.addWidget(self.said)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(GAP * 2)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(GAP)
        column.addWidget(label("Settings", "heading"))
        column.addLayout(row, 1)
        column.addWidget(label("Up and Down choose a setting, Tab goes to its value, Esc closes", "small"))
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


def _entry(held: Value) -> str:
    section = held.setting.section or "general"
    mark = {
        Origin.MANAGED: "  (organisation)",
        Origin.OWN: "  (yours)",
        Origin.ENVIRONMENT: "  (environment)",
    }
    return f"{section.capitalize() if section != 'aws' else 'AWS'} · {held.setting.words}{mark.get(held.origin, '')}"


def _button(words: str, name: str, do: Callable[[], object]) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.clicked.connect(lambda _=False: do())
    return button
