"""A page of several panels, of which the chips at its top show one."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from console.ui.grid import RowGrid
from console.ui.modes import Modes
from console.ui.page import Bench, PageWidget
from console.ui.panes import GAP


class PanelsPage(PageWidget):
    """Hands its panels what was read; which panels there are is said by the page, with `modes.add`."""

    def __init__(self, name: str, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.modes = Modes(name)
        self.modes.made.connect(self.take_in)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(GAP)
        column.addWidget(self.modes)

    def load(self) -> None:
        """Show skeletons."""
        self.modes.load()

    def show_evidence(self, shown: Any) -> None:  # noqa: ANN401 - what the page's own `read` returned
        """Hand the panels what was read."""
        self.modes.begin(shown)

    def make_next(self) -> bool:
        """Make a panel that is not made yet."""
        return self.modes.make_next()

    def grids(self) -> Sequence[RowGrid]:
        """Return the tables of the panels that are made."""
        return self.modes.grids()
