"""Which reading is shown: the newest, or an earlier one, each with its age and how complete it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from console.domain.refresh import Refresh, StepState
from console.ui.words import age_words
from console.views.names import count_words, when_words

_SHORT = 26
"""Characters that are always seen of the choice."""
NEWEST = 0
"""Stands for whichever reading is the newest."""


@dataclass(frozen=True, slots=True)
class Readings:
    """What there is to choose from, newest first."""

    refreshes: Sequence[Refresh]
    completeness: Mapping[int, Mapping[StepState, int]]


def reading_words(refresh: Refresh, states: Mapping[StepState, int], now: datetime) -> str:
    """Return a reading as it is chosen: when, how long ago, and how much was read."""
    words = f"{when_words(refresh.finished_at)}, {age_words(refresh.finished_at, now)}"
    planned = sum(states.values())
    if planned:
        words += f": {states.get(StepState.READ, 0):,} of {count_words(planned, 'scope', 'scopes')} read"
    if not refresh.selection.is_whole:
        words += ", a part of it anew"
    return words


class ReadingChoice(QComboBox):
    """A choice of readings; follows the newest one until another is chosen."""

    chosen = Signal(int)
    """A refresh's number, or `NEWEST`."""

    def __init__(self) -> None:
        super().__init__()
        self._short: dict[int, str] = {}
        self.setObjectName("header.reading")
        self.setAccessibleName("Reading that is shown")
        self.setToolTip("Which reading is shown: the newest or an earlier one")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_SHORT)
        self.activated.connect(lambda place: self.chosen.emit(self.itemData(place)))
        self.hide()

    def offer(self, readings: Readings, shown: int, now: datetime) -> None:
        """Offer readings, with the shown one chosen; one alone needs no choice."""
        self.clear()
        self._short = {}
        for place, each in enumerate(readings.refreshes):
            words = reading_words(each, readings.completeness.get(each.id, {}), now)
            number = each.id if place else NEWEST
            self.addItem(f"Newest: {words}" if place == 0 else words, number)
            age = age_words(each.finished_at, now)
            self._short[number] = when_words(each.finished_at) if place else f"Newest reading, {age}"
        self.setCurrentIndex(max(self.findData(shown), 0))
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 24)
        self.setVisible(len(readings.refreshes) > 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the choice in few words; the list and screen readers have them all."""
        option: Any = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self._short.get(self.currentData(), self.currentText())
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
