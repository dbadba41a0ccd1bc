"""Several panels in one place, chosen by chips at the top of a page."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from console.ui.flow import FlowLayout
from console.ui.panes import GAP
from console.ui.words import caption


class Modes(QWidget):
    """Shows one of several panels."""

    changed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._chips = QWidget()
        self._flow = FlowLayout(GAP, self._chips)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(lambda chip: self.show_mode(chip.property("mode")))
        self._stack = QStackedWidget()
        self._panels: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._chips)
        column.addWidget(self._stack, 1)

    @property
    def mode(self) -> str:
        """The name of the panel that is shown."""
        shown = self._stack.currentWidget()
        return next(name for name, panel in self._panels.items() if panel is shown)

    def add(self, mode: str, words: str, panel: QWidget) -> None:
        """Add a panel; the first is shown."""
        chip = QToolButton()
        chip.setProperty("place", "chip")
        chip.setProperty("mode", mode)
        chip.setObjectName(f"{self._name}.mode.{mode}")
        chip.setText(caption(words))
        chip.setAccessibleName(words)
        chip.setCheckable(True)
        chip.setChecked(not self._panels)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group.addButton(chip)
        self._flow.addWidget(chip)
        self._panels[mode] = panel
        self._stack.addWidget(panel)

    def show_mode(self, mode: str) -> None:
        """Show a panel."""
        self._stack.setCurrentWidget(self._panels[mode])
        for chip in self._group.buttons():
            chip.setChecked(chip.property("mode") == mode)
        self.changed.emit(mode)
