"""Several panels in one place, chosen by chips at the top of a page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from console.ui.flow import FlowLayout
from console.ui.grid import RowGrid
from console.ui.panes import GAP
from console.ui.words import caption


class Panel(QWidget):
    """One of a page's panels."""

    opening = Signal(object)
    """An `Opening`."""

    def load(self) -> None:
        """Show that evidence is being read, and drop a question about evidence that is no longer shown."""

    def grids(self) -> Sequence[RowGrid]:
        """Return the panel's tables, the main one first."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class _Mode:
    make: Callable[[], Panel]
    begin: Callable[[Any, Any], None]


class Modes(QWidget):
    """Shows one of several panels, each made when it is first wanted: all at once would hold the window up."""

    made = Signal(object)
    """A panel, the first time that it is wanted."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._chips = QWidget()
        self._flow = FlowLayout(GAP, self._chips)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(lambda chip: self.show_mode(chip.property("mode")))
        self._stack = QStackedWidget(self)
        self._modes: dict[str, _Mode] = {}
        self._panels: dict[str, Panel] = {}
        self._shown: Any = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._chips)
        column.addWidget(self._stack, 1)

    @property
    def mode(self) -> str:
        """The name of the panel that is shown."""
        shown = self._stack.currentWidget()
        return next((name for name, panel in self._panels.items() if panel is shown), next(iter(self._modes)))

    def add(
        self, mode: str, words: str, make: Callable[[], Panel], begin: Callable[[Any, Any], None]
    ) -> None:
        """Add a panel: what makes it, and what hands it the evidence that the page read."""
        chip = QToolButton()
        chip.setProperty("place", "chip")
        chip.setProperty("mode", mode)
        chip.setObjectName(f"{self._name}.mode.{mode}")
        chip.setText(caption(words))
        chip.setAccessibleName(words)
        chip.setCheckable(True)
        chip.setChecked(not self._modes)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group.addButton(chip)
        self._flow.addWidget(chip)
        self._modes[mode] = _Mode(make, begin)

    def panel(self, mode: str) -> Any:  # noqa: ANN401 - the page knows which panel it added
        """Return a panel."""
        if mode not in self._panels:
            made = self._panels[mode] = self._modes[mode].make()
            self._stack.addWidget(made)
            if self._shown is None:
                made.load()
            else:
                self._modes[mode].begin(made, self._shown)
            self.made.emit(made)
        return self._panels[mode]

    def make_next(self) -> bool:
        """Make one panel that is not made yet; False if all were."""
        waiting = [mode for mode in self._modes if mode not in self._panels]
        if waiting:
            self.panel(waiting[0])
        return bool(waiting)

    def load(self) -> None:
        """Show that evidence is being read."""
        self._shown = None
        for panel in self._panels.values():
            panel.load()

    def begin(self, shown: object) -> None:
        """Hand the panels what was read, now or when they are made."""
        self._shown = shown
        for mode, panel in self._panels.items():
            self._modes[mode].begin(panel, shown)

    def grids(self) -> Sequence[RowGrid]:
        """Return the tables of the panels that are made."""
        return [grid for mode in self._modes if mode in self._panels for grid in self._panels[mode].grids()]

    def showEvent(self, event: Any) -> None:  # noqa: ANN401 - Qt's own
        """Make the panel that is to be seen, if none was made yet."""
        super().showEvent(event)
        if not self._panels:
            self.make_next()

    def show_mode(self, mode: str) -> None:
        """Show a panel."""
        self._stack.setCurrentWidget(self.panel(mode))
        for chip in self._group.buttons():
            chip.setChecked(chip.property("mode") == mode)
