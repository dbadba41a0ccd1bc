"""A chart of counts by day, stacked by sort: with its numbers as a table one key away, and as PNG, SVG and CSV."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QShortcut
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from console.base.errors import ConsoleError
from console.ui.grid import RowGrid
from console.ui.page import Bench
from console.ui.panes import GAP, Emptiness, Skeleton, Strip
from console.ui.tables import RowTableModel, sheet
from console.ui.words import label
from console.views.hits import DayCount, policies_of, trend_table

_LIGHT = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#7d5a00", "#56b4e9", "#4c565b")
_DARK = ("#56b4e9", "#ff9a5c", "#2fd0a5", "#f0a8cd", "#e6c229", "#a7d8f5", "#b1b4b6")
"""Okabe and Ito's colours, which most colour-blind people tell apart, at a strength for each ground."""
_WIDTH = 0.8
_MOST_LABELS = 10
_HEIGHT = 220


class ChartFileError(ConsoleError):
    """A chart could not be written to a file."""

    code = "UI-003"
    remedy = "Choose a folder that can be written to, and a name that ends in .png or .svg."


class DayChart(QWidget):
    """Bars by day; its four states are loading, nothing, a part (with what is missing above it), and all."""

    exporting = Signal(object)
    """The grid whose rows are wanted as a file."""

    def __init__(self, bench: Bench, name: str, title: str) -> None:
        super().__init__()
        self._look = bench.look
        self._title = title
        self._days: Sequence[DayCount] = ()
        self._plot: Any = None
        self.heading = label(title, "heading")
        self.strip = Strip(bench.look, f"{name}.strip")
        self.skeleton = Skeleton(bench.look, "Reading what guardrails caught …")
        self.empty = Emptiness(f"{name}.empty")
        self.keys = label("", "quiet")
        self.keys.setTextFormat(Qt.TextFormat.RichText)
        self.grid = RowGrid(RowTableModel((), bench.clock), bench.look, f"{name}.numbers")
        self.grid.setAccessibleName(f"{title} The numbers")
        self.drawn = QWidget()
        self._column = QVBoxLayout(self.drawn)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.keys)
        self.states = QStackedWidget(self)
        for each in (self.skeleton, self.empty, self.drawn, self.grid):
            self.states.addWidget(each)
        self.turn = _chip(f"{name}.turn", "Show the numbers  ( T )", self.turn_over)
        self.save = _chip(f"{name}.save", "Save picture …", self.ask)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.heading)
        head.addStretch(1)
        for each in (self.turn, self.save):
            head.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addWidget(self.states, 1)
        QShortcut("T", self, self.turn_over, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        bench.look.changed.connect(self._draw)

    def load(self) -> None:
        """Show the skeleton."""
        self.states.setCurrentWidget(self.skeleton)

    def show_days(self, days: Sequence[DayCount], missing: str, nothing: tuple[str, str]) -> None:
        """Show counts; `missing` says what is not in them, `nothing` why there are none and what to do."""
        shows_numbers = self.states.currentWidget() is self.grid
        self._days = days
        self.grid.rows.show(sheet(trend_table(list(days))))
        self.strip.say(missing, "Show what could not be read" if missing else "")
        has_any = any(each.counts for each in days)
        for each in (self.turn, self.save):
            each.setEnabled(has_any)
        if not has_any:
            self.empty.say(*nothing)
            self.states.setCurrentWidget(self.empty)
            return
        self._draw()
        self.states.setCurrentWidget(self.grid if shows_numbers else self.drawn)

    def turn_over(self) -> None:
        """Show the numbers in the place of the bars, or the bars again."""
        if not self.turn.isEnabled():
            return
        shows_bars = self.states.currentWidget() is self.drawn
        self.states.setCurrentWidget(self.grid if shows_bars else self.drawn)
        self.turn.setText("Show the chart  ( T )" if shows_bars else "Show the numbers  ( T )")
        if shows_bars:
            self.grid.setFocus()
            self.grid.go_to(0)

    def ask(self) -> None:
        """Ask where the picture is to go, and write it."""
        kinds = "PNG (*.png);;SVG (*.svg)"
        chosen, _ = QFileDialog.getSaveFileName(self, "Save picture", "guardrail-hits.png", kinds)
        if chosen:
            self.write(Path(chosen))

    def write(self, file: Path) -> None:
        """Write the chart, with its heading and key, as it is drawn; raise `ChartFileError` if that fails."""
        size = self.drawn.size()
        if not file.parent.is_dir():
            raise ChartFileError(f"{file.parent} is not there")
        if file.suffix.lower() == ".svg":
            made = QSvgGenerator()
            made.setFileName(str(file))
            made.setSize(size)
            made.setViewBox(QRectF(0, 0, size.width(), size.height()))
            made.setTitle(self._title)
            made.setDescription(self.drawn.accessibleDescription())
            painter = QPainter()
            is_written = painter.begin(made)
            if is_written:
                self.drawn.render(painter, QPoint())
                painter.end()
        else:
            is_written = self.drawn.grab().save(str(file))
        if not is_written:
            raise ChartFileError(f"{file} could not be written")

    def _draw(self) -> None:
        if not any(each.counts for each in self._days):
            return
        import pyqtgraph as pg  # noqa: PLC0415 - a third of a second that no other page needs

        if self._plot is not None:
            self._column.removeWidget(self._plot)
            self._plot.deleteLater()
        ground, text = self._look.colour("panel"), self._look.colour("text")
        plot = pg.PlotWidget(background=ground)
        plot.setMinimumHeight(_HEIGHT)
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(x=False, y=False)
        plot.hideButtons()
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(pg.mkPen(self._look.colour("line")))
            axis.setTextPen(pg.mkPen(text))
        self._add_bars(pg, plot)
        self._plot = plot
        self._column.addWidget(plot, 1)

    def _add_bars(self, pg: Any, plot: Any) -> None:  # noqa: ANN401 - pyqtgraph has no types
        colours = _DARK if self._look.theme.is_dark else _LIGHT
        policies = policies_of(self._days)
        ground = pg.mkPen(self._look.colour("panel"))
        base = [0] * len(self._days)
        keys = []
        for number, policy in enumerate(policies):
            colour = colours[number % len(colours)]
            heights = [(each.counts or {}).get(policy, 0) for each in self._days]
            places = list(range(len(self._days)))
            bars = pg.BarGraphItem(
                x=places, y0=base, height=heights, width=_WIDTH, brush=QColor(colour), pen=ground
            )
            plot.addItem(bars)
            base = [low + high for low, high in zip(base, heights, strict=True)]
            total = sum(heights)
            keys.append(f'<span style="color:{colour}">&#9632;</span> {policy} <b>{total:,}</b>')
        unread = [place for place, each in enumerate(self._days) if each.counts is None]
        top = max([*base, 1])
        if unread:
            brush = pg.mkBrush(self._look.colour("unknown"), style=Qt.BrushStyle.BDiagPattern)
            hatch = pg.BarGraphItem(
                x=unread, height=[top] * len(unread), width=_WIDTH, brush=brush, pen=ground
            )
            plot.addItem(hatch)
            keys.append(f"&#9639; no log was read on {len(unread)} days")
        plot.setYRange(0, top, padding=0.05)
        plot.setXRange(-0.6, len(self._days) - 0.4, padding=0)
        step = max(1, -(-len(self._days) // _MOST_LABELS))
        ticks = [(at, _day_words(self._days[at].day)) for at in range(0, len(self._days), step)]
        plot.getAxis("bottom").setTicks([ticks])
        self.keys.setText("&nbsp;&nbsp;&nbsp; ".join(keys))
        said = ", ".join(
            f"{policy} {sum((each.counts or {}).get(policy, 0) for each in self._days):,}"
            for policy in policies
        )
        self.drawn.setAccessibleName(self._title)
        self.drawn.setAccessibleDescription(
            f"Bars from {self._days[0].day} to {self._days[-1].day}: {said}. Press T for the numbers."
        )

    def sizeHint(self) -> QSize:
        """Return a size that shows a month."""
        return QSize(900, _HEIGHT + 120)


def _day_words(day: str) -> str:
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{int(day[8:])} {months[int(day[5:7]) - 1]}"


def _chip(name: str, words: str, do: Any) -> QToolButton:  # noqa: ANN401 - a slot
    made = QToolButton()
    made.setProperty("place", "chip")
    made.setObjectName(name)
    made.setText(words)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.clicked.connect(lambda _=False: do())
    return made
