"""A form within the page: fields with their words, one thing to do, and what was refused beside it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.base.errors import ConsoleError
from console.ui.page import Bench, PageWidget
from console.ui.panes import GAP
from console.ui.tab_order import follow_layout
from console.ui.words import caption, label, paragraph, tooltip
from console.views.text import inert

Said = dict[str, str]
_COLUMNS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing to say."""

    name: str
    words: str
    hint: str = ""
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """Words and value of each choice; none means a line of text."""
    opens: str = ""
    """`open` or `save` where it is a file that can be looked for."""
    is_remembered: bool = False
    """Whether the next form begins with what was said here."""


PERSON = Field(name="person", words="Your name", hint="Signed and kept with what you do", is_remembered=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a form asks, and what is done with the answer."""

    title: str
    explanation: str
    fields: tuple[Field, ...]
    send: str
    """What the button says."""
    do: Callable[[Said], str]
    """Runs in a job; returns in words what was done."""


class Form(QFrame):
    """Asks one thing at a time; hidden while it asks nothing."""

    done = Signal(str)
    """What was done, in words."""

    def __init__(self, bench: Bench, name: str) -> None:
        super().__init__()
        self._bench = bench
        self._asking: Asking | None = None
        self._before: QWidget | None = None
        self.inputs: dict[str, QLineEdit | QComboBox] = {}
        self.setObjectName(name)
        self.setProperty("place", "form")
        self.hide()

    def ask(self, asking: Asking, before: QWidget | None = None) -> None:
        """Show what is asked; the keyboard goes back to `before` when it is answered."""
        if self.layout() is None:
            self._arrange()
        self._asking = asking
        self._before = before
        self.title.setText(asking.title)
        self.explanation.setText(asking.explanation)
        self.send.setText(caption(asking.send))
        self.send.setEnabled(True)
        self.refusal.setText("")
        self._clear()
        for place, field in enumerate(asking.fields):
            row, column = divmod(place, _COLUMNS)
            self._grid.addWidget(label(field.words, "quiet"), row * 2, column)
            self._grid.addLayout(self._input(field), row * 2 + 1, column)
        follow_layout(_page_of(self))
        self.show()
        next(iter(self.inputs.values())).setFocus()

    def close_down(self) -> None:
        """Ask nothing more."""
        self._asking = None
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def said(self) -> Said:
        """Return what is in the fields now."""
        return {
            name: str(each.currentData() if isinstance(each, QComboBox) else each.text())
            for name, each in self.inputs.items()
        }

    def _arrange(self) -> None:
        """Make the parts that every question has; most forms of a page are never asked."""
        name = self.objectName()
        self.title = label("", "heading")
        self.explanation = paragraph("", "quiet")
        self.refusal = paragraph("")
        self.refusal.setObjectName(f"{name}.refusal")
        self.refusal.setProperty("tone", "fail")
        self.send = QPushButton()
        self.send.setObjectName(f"{name}.send")
        self.send.setProperty("weight", "primary")
        self.send.clicked.connect(self._send)
        self.cancel = QPushButton("Do nothing")
        self.cancel.setObjectName(f"{name}.cancel")
        self.cancel.clicked.connect(self.close_down)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP * 2)
        self._grid.setVerticalSpacing(4)
        buttons = QHBoxLayout()
        buttons.addWidget(self.send)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.refusal, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(GAP)
        column.addWidget(self.title)
        column.addWidget(self.explanation)
        column.addLayout(self._grid)
        column.addLayout(buttons)

    def _send(self) -> None:
        asking = self._asking
        if asking is None:
            return
        said = self.said()
        for field in asking.fields:
            if field.is_remembered:
                self._bench.remembered[field.name] = said[field.name]
        self.send.setEnabled(False)
        self.refusal.setText("")
        self._bench.jobs.start(lambda _stopped: asking.do(said), self._end, refused=self._refuse)

    def _end(self, words: str) -> None:
        self.close_down()
        self.done.emit(words)

    def _refuse(self, error: ConsoleError) -> None:
        self.send.setEnabled(True)
        self.refusal.setText(f"{inert(error)}. {inert(error.remedy)}")

    def _input(self, field: Field) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        value = field.value or (self._bench.remembered.get(field.name, "") if field.is_remembered else "")
        made: QLineEdit | QComboBox
        if field.choices:
            made = QComboBox()
            for words, each in field.choices:
                made.addItem(words, each)
            made.setCurrentIndex(max(made.findData(value), 0))
        else:
            made = QLineEdit(value)
            made.setPlaceholderText(field.hint)
            made.returnPressed.connect(self._send)
        made.setObjectName(f"{self.objectName()}.{field.name}")
        made.setAccessibleName(f"{field.words}. {field.hint}" if field.hint else field.words)
        row.addWidget(made, 1)
        self.inputs[field.name] = made
        if field.opens and isinstance(made, QLineEdit):
            browse = QPushButton("Browse …")
            browse.setAccessibleName(f"Browse for: {field.words}")
            browse.clicked.connect(lambda _=False: self._browse(field, made))
            row.addWidget(browse)
        return row

    def _browse(self, field: Field, into: QLineEdit) -> None:
        look = QFileDialog.getSaveFileName if field.opens == "save" else QFileDialog.getOpenFileName
        chosen, _ = look(self, field.words)
        if chosen:
            into.setText(chosen)

    def _clear(self) -> None:
        self.inputs = {}
        waiting: list[QGridLayout | QHBoxLayout] = [self._grid]
        while waiting:
            layout = waiting.pop()
            while (item := layout.takeAt(0)) is not None:
                inner = item.layout()
                if isinstance(inner, QHBoxLayout):
                    waiting.append(inner)
                if (widget := item.widget()) is not None:
                    widget.setParent(None)
                    widget.deleteLater()


def _page_of(form: QWidget) -> QWidget:
    """Return the page that a form is on; the form itself, where it is on none."""
    above: QWidget | None = form
    while above is not None and not isinstance(above, PageWidget):
        above = above.parentWidget()
    return above or form


class ActionButton(QPushButton):
    """A button that begins a deed; where nothing may be done it is barred, and says why."""

    def __init__(self, words: str) -> None:
        super().__init__(caption(words))
        self._is_barred = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def bar(self, reason: str) -> None:
        """Disable it for good, with the reason for the eye and for screen readers."""
        self.setEnabled(False)
        self.setToolTip(tooltip(reason))
        self.setAccessibleDescription(reason)
        self._is_barred = True

    def setToolTip(self, words: str) -> None:
        """Say more of it, unless it is barred and says why."""
        if not self._is_barred:
            super().setToolTip(words)

    def setEnabled(self, enabled: bool) -> None:  # noqa: FBT001 - Qt's signature
        """Enable it, unless it is barred."""
        super().setEnabled(enabled and not self._is_barred)


def actions(
    name: str,
    wanted: Sequence[tuple[str, str, Callable[[], object]]],
    *,
    barred: str = "",
    reads: Collection[str] = (),
) -> dict[str, ActionButton]:
    """Return buttons by name: what each says and does; `barred` is why none can but those that only read."""
    made = {}
    for action, words, do in wanted:
        button = ActionButton(words)
        button.setObjectName(f"{name}.{action}")
        button.clicked.connect(lambda _=False, do=do: do())
        if barred and action not in reads:
            button.bar(barred)
        made[action] = button
    return made
