"""Tiles: a number with its word and what it means, that leads to its rows."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from console.domain.finding import Severity, Verdict
from console.ui.panes import GAP
from console.ui.sparkline import Sparkline
from console.ui.theme import Look
from console.ui.words import VERDICT_ROLES, label, verdict_icon
from console.views.figures import Figure

MEANINGS = {
    Verdict.FAIL: "Does not meet the control",
    Verdict.UNKNOWN: "Never counted as a pass",
    Verdict.PASS: "Meets the control",
    Verdict.NOT_APPLICABLE: "Nothing there to judge",
}
_TALL, _LOW = 104, 104


class _Tile(QToolButton):
    """The frame of a tile: a row on top, a word, and a line of detail that may be cut."""

    def __init__(self, name: str, height: int) -> None:
        super().__init__()
        self.setProperty("place", "tile")
        self.setObjectName(name)
        self.setFixedHeight(height)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.number = label("", "number")
        self.word = label("", "strong")
        self.detail = label("", "small")
        self.detail.setWordWrap(True)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.top = QHBoxLayout()
        self.top.setSpacing(GAP)
        self.top.addWidget(self.number)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(2)
        column.addLayout(self.top)
        column.addWidget(self.word)
        column.addWidget(self.detail, 1)
        for each in (self.number, self.word, self.detail):
            _let_clicks_through(each)

    def _paint_in(self, role: str) -> None:
        for each in (self.number, self.word):
            each.setProperty("tone", role)
            each.style().unpolish(each)
            each.style().polish(each)


def _let_clicks_through(part: QWidget) -> None:
    part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    if isinstance(part, QLabel):
        part.setMinimumWidth(1)


class VerdictTile(_Tile):
    """One verdict: icon, number, word and what it means; leads to its findings."""

    def __init__(self, verdict: Verdict, look: Look) -> None:
        super().__init__(f"overview.tile.{verdict_icon(verdict.value)}", _TALL)
        self.verdict = verdict
        self._look = look
        self._icon = label()
        _let_clicks_through(self._icon)
        self.top.insertWidget(0, self._icon)
        self.top.addStretch(1)
        self.word.setText(verdict.value.capitalize())
        self.detail.setText(MEANINGS[verdict])
        self._paint_in(VERDICT_ROLES[verdict.value])
        look.changed.connect(self._tint)
        self._tint()

    def show_count(self, count: int, severities: Sequence[tuple[Severity, int]]) -> None:
        """Show how many there are, and of which severity."""
        self.number.setText(f"{count:,}")
        spread = ", ".join(f"{number:,} {severity.value}" for severity, number in severities if number)
        meaning = MEANINGS[self.verdict]
        self.detail.setText(f"{meaning}: {spread}" if spread else meaning)
        self.setAccessibleName(f"{count:,} {self.verdict.value}; show these findings")

    def _tint(self) -> None:
        icon = self._look.icon(verdict_icon(self.verdict.value), VERDICT_ROLES[self.verdict.value])
        self._icon.setPixmap(icon.pixmap(20, 20))


class FigureTile(_Tile):
    """One figure, with how it came to be drawn beside it; leads to its page."""

    def __init__(self, figure_id: str, look: Look) -> None:
        super().__init__(f"overview.figure.{figure_id}", _LOW)
        self.figure: Figure | None = None
        self.spark = Sparkline(look)
        self.top.addStretch(1)
        self.top.addWidget(self.spark, 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say that it is being worked out."""
        self.number.setText("…")
        self.word.setText("Working it out")
        self.detail.setText("")
        self.spark.show_values(())
        self.setEnabled(False)

    def show_figure(self, figure: Figure) -> None:
        """Show a figure, and tell it whole to who points at it or cannot see it."""
        self.figure = figure
        self.setEnabled(True)
        self.number.setText(figure.number)
        self.word.setText(figure.word)
        self.detail.setText(figure.detail)
        self._paint_in(figure.role)
        self.spark.show_values(figure.trend)
        told = "; ".join(each for each in (figure.detail, figure.trend_words) if each)
        self.setAccessibleName(f"{figure.number}: {figure.word}")
        self.setAccessibleDescription(told)
        self.setToolTip(told)
