"""The sidebar: pages by group, each with its icon and its word."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from console.ui.page import GROUPS, Page
from console.ui.panes import GAP, Scrolling
from console.ui.theme import Look
from console.ui.words import caption, label

_WIDTH = 252


class Sidebar(QWidget):
    """Chooses a page."""

    chosen = Signal(str)

    def __init__(self, pages: Sequence[Page], look: Look) -> None:
        super().__init__()
        self._pages = pages
        self._look = look
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Pages")
        self.setFixedWidth(_WIDTH)
        self.buttons: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, GAP, 0, GAP)
        column.setSpacing(1)
        for name in GROUPS:
            members = [page for page in pages if page.group == name]
            if not members:
                continue
            heading = label(name.upper(), "group")
            heading.setContentsMargins(16, GAP, 16, 4)
            column.addWidget(heading)
            for page in members:
                button = self._button(page)
                group.addButton(button)
                column.addWidget(button)
        column.addStretch(1)
        self.where = label("", "small")
        self.where.setContentsMargins(16, 0, 8, 0)
        self.where.setWordWrap(True)
        self._area = Scrolling()
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 16)
        around.addWidget(self._area, 1)
        around.addWidget(self.where)
        self._area.hold(inner)
        look.changed.connect(self._tint)
        self._tint()

    def mark(self, page: str) -> None:
        """Show which page is shown."""
        self.buttons[page].setChecked(True)
        self._area.ensureWidgetVisible(self.buttons[page], 0, GAP)

    def _button(self, page: Page) -> QToolButton:
        button = QToolButton()
        button.setProperty("place", "sidebar")
        button.setObjectName(f"sidebar.{page.name}")
        button.setText(f"  {caption(page.title)}")
        button.setAccessibleName(page.title)
        button.setCheckable(True)
        button.setIconSize(QSize(20, 20))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
        button.clicked.connect(lambda: self.chosen.emit(page.name))
        self.buttons[page.name] = button
        return button

    def _tint(self) -> None:
        for page in self._pages:
            self.buttons[page.name].setIcon(self._look.icon(page.icon))
