"""What narrows the hits: words, choices and days; and filters that were saved under a name."""

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from console.ui.finding_groups import choice_box
from console.ui.flow import FlowLayout
from console.ui.form import Asking, Field, Form, Said
from console.ui.page import Bench
from console.ui.panes import GAP
from console.usage.dictionary import Dictionary, Query
from console.views.hits import days_between, is_span, shown_words, span_of

_ALL_DAYS = "All days"
_CHOOSE = "choose"
_PERIODS = (("Last 7 days", 7), ("Last 30 days", 30))
_CHOICES = (("policy", "All policies"), ("action", "All outcomes"), ("origin", "Whoever asked for it"))


class HitFilters(QWidget):
    """Boxes in two rows, and the form that asks for a filter's name."""

    narrowed = Signal()
    """Something else is asked for than before."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._is_settling = False
        self.words = QLineEdit()
        self.words.setObjectName("hits.filter")
        self.words.setAccessibleName("Filter hits by words")
        self.words.setPlaceholderText(
            "Filter by account, caller, model, policy, what was caught, or request id  ( / )"
        )
        self.words.textChanged.connect(self._narrow)
        self.choices = {name: choice_box(f"hits.{name}", words, [words]) for name, words in _CHOICES}
        self.period = choice_box("hits.period", "Days", [_ALL_DAYS])
        for words, days in _PERIODS:
            self.period.addItem(words, days)
        self.period.addItem("From … to …", _CHOOSE)
        self.period.setMaximumWidth(280)
        self.period.setMinimumContentsLength(24)
        self.saved = choice_box("hits.saved", "Saved filters", ["Saved filters"])
        for choice in self.choices.values():
            choice.currentIndexChanged.connect(self._narrow)
        self.period.currentIndexChanged.connect(self._choose_days)
        self.saved.currentIndexChanged.connect(self._recall)
        self.keep = _chip("hits.keep", "Save filter …", self._ask_name)
        self.form = Form(bench, "hits.filter-form")
        self.form.done.connect(lambda _words: self._list_saved())
        self.days_form = Form(bench, "hits.days-form")
        self.days_form.done.connect(self._take_days)
        self._list_saved()
        self._arrange()

    def query(self, last_day: int | None) -> Query:
        """Return what is asked for now; `last_day` is the newest of which there are hits."""
        chosen = {
            name: frozenset({str(box.currentData())})
            for name, box in self.choices.items()
            if box.currentData() is not None
        }
        days = self.period.currentData()
        first, last = None, None
        if isinstance(days, str) and days != _CHOOSE:
            first, last = span_of(days)
        elif isinstance(days, int) and last_day is not None:
            first = last_day - days + 1
        return Query(words=self.words.text(), chosen=chosen, first_day=first, last_day=last)

    def offer(self, catches: Dictionary) -> None:
        """Offer the values that hits have; what is chosen stays chosen where it is still there."""
        self._is_settling = True
        for name, box in self.choices.items():
            chosen = box.currentData()
            while box.count() > 1:
                box.removeItem(1)
            for value in sorted({str(each) for each in catches.values(name)[1:]}):
                words = shown_words(name, value)
                box.addItem(words[0].upper() + words[1:], value)
            box.setCurrentIndex(max(box.findData(chosen), 0) if chosen is not None else 0)
        self._is_settling = False

    def clear(self) -> None:
        """Take all filters away."""
        self.take({})

    def take(self, said: Mapping[str, Any]) -> None:
        """Put a filter in force, all of it at once."""
        self._is_settling = True
        self.words.setText(str(said.get("words", "")))
        self._show_days(said.get("days"))
        chosen = said.get("chosen", {})
        for name, box in self.choices.items():
            wanted = chosen.get(name) if isinstance(chosen, dict) else None
            box.setCurrentIndex(max(box.findData(wanted), 0) if wanted is not None else 0)
        self._is_settling = False
        self._narrow()

    def put_beside(self, widget: QWidget) -> None:
        """Put a widget after the choices."""
        self._row.addWidget(widget)

    def said(self) -> dict[str, Any]:
        """Return the filter that is in force, as it is saved."""
        chosen = {
            name: box.currentData() for name, box in self.choices.items() if box.currentData() is not None
        }
        days = self.period.currentData()
        return {"words": self.words.text(), "days": None if days == _CHOOSE else days, "chosen": chosen}

    def _choose_days(self) -> None:
        if self._is_settling:
            return
        if self.period.currentData() != _CHOOSE:
            self.days_form.close_down()
            self._narrow()
            return
        fields = tuple(
            Field(name=name, words=words, hint="YYYY-MM-DD")
            for name, words in (("first", "First day"), ("last", "Last day"))
        )
        self.days_form.ask(
            Asking(
                title="From … to …",
                explanation="Hits from the first day to the end of the last, in UTC.",
                fields=fields,
                send="Show these days",
                do=lambda said: days_between(said["first"], said["last"]),
            ),
            self.period,
        )

    def _take_days(self, days: str) -> None:
        self._is_settling = True
        self._show_days(days)
        self._is_settling = False
        self._narrow()

    def _show_days(self, days: object) -> None:
        """Show days as the choice that is made; a span that was chosen before gives way to another."""
        own = self.period.findData(_CHOOSE) + 1
        if isinstance(days, str) and is_span(days):
            if self.period.count() > own:
                self.period.removeItem(own)
            self.period.addItem(days, days)
        self.period.setCurrentIndex(max(self.period.findData(days), 0) if days and days != _CHOOSE else 0)

    def _narrow(self) -> None:
        if not self._is_settling:
            self.narrowed.emit()

    def _ask_name(self) -> None:
        said = json.dumps(self.said())
        filters = self._bench.filters

        def do(answer: Said) -> str:
            filters[answer["name"].strip() or "My filter"] = said
            return "The filter is saved."

        fields = (Field(name="name", words="Name of the filter", hint="It is kept on this computer"),)
        self.form.ask(
            Asking(
                title="Save filter",
                explanation="What you type and choose above is saved under a name; the same name again "
                "takes its place.",
                fields=fields,
                send="Save",
                do=do,
            ),
            self.keep,
        )

    def _list_saved(self) -> None:
        self._is_settling = True
        while self.saved.count() > 1:
            self.saved.removeItem(1)
        for name in sorted(self._bench.filters):
            self.saved.addItem(name, name)
        self.saved.setEnabled(self.saved.count() > 1)
        self._is_settling = False

    def _recall(self) -> None:
        name = self.saved.currentData()
        if self._is_settling or name is None:
            return
        try:
            said = json.loads(self._bench.filters.get(str(name), "{}"))
        except ValueError:
            said = {}
        self.take(said if isinstance(said, dict) else {})

    def _arrange(self) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(GAP)
        filters.addWidget(self.words, 1)
        filters.addWidget(self.saved)
        filters.addWidget(self.keep)
        choices = QWidget()
        self._row = FlowLayout(GAP, choices)
        boxes: tuple[QComboBox, ...] = (*self.choices.values(), self.period)
        for box in boxes:
            self._row.addWidget(box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(filters)
        column.addWidget(choices)
        column.addWidget(self.days_form)
        column.addWidget(self.form)


def _chip(name: str, words: str, do: Any) -> QToolButton:  # noqa: ANN401 - a slot
    made = QToolButton()
    made.setProperty("place", "chip")
    made.setObjectName(name)
    made.setText(words)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.clicked.connect(lambda _=False: do())
    return made
