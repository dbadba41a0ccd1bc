"""The page's header: its title, one sentence that says the state, and at the right what can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from console.ui.panes import GAP
from console.ui.reading_choice import ReadingChoice
from console.ui.theme import Look
from console.ui.words import label, paragraph


class Header(QWidget):
    """Title, state and actions; one action is the primary one."""

    refreshing = Signal(bool)
    """Whether an unfinished refresh is to be resumed."""
    exporting = Signal()
    going_back = Signal()
    going_forward = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.is_read_only = False
        """Whether a pack is shown, which is neither refreshed nor packed again."""
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.back = self._way("back", "Back (Alt+Left)")
        self.back.clicked.connect(self.going_back)
        self.forward = self._way("forward", "Forward (Alt+Right)")
        self.forward.clicked.connect(self.going_forward)
        self.crumbs = label("", "small")
        self.crumbs.setObjectName("header.crumbs")
        self.title = label("", "title")
        self.state = paragraph("", "quiet")
        self.state.setObjectName("header.state")
        self.refresh = _button("Refresh", "header.refresh")
        self.refresh.clicked.connect(lambda: self.refreshing.emit(False))
        self.resume = _button("Resume refresh", "header.resume")
        self.resume.clicked.connect(lambda: self.refreshing.emit(True))
        self.export = _button("Export pack", "header.export")
        self.export.clicked.connect(self.exporting)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.crumbs)
        words.addWidget(self.title)
        words.addWidget(self.state)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(GAP)
        for way in (self.back, self.forward):
            row.addWidget(way, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        self.reading = ReadingChoice()
        row.addWidget(self.reading, 0, Qt.AlignmentFlag.AlignVCenter)
        for button in (self.export, self.refresh, self.resume):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.offer(has_evidence=False, is_running=False, is_unfinished=False)
        self.offer_ways(back=False, forward=False)
        look.changed.connect(self._tint)
        self._tint()

    def show_page(self, group: str, title: str) -> None:
        """Say which page is shown and where it belongs."""
        self.crumbs.setText(f"{group}  ·  {title}")
        self.title.setText(title)

    def offer_ways(self, *, back: bool, forward: bool) -> None:
        """Show whether there is somewhere to go back or forward to."""
        self.back.setEnabled(back)
        self.forward.setEnabled(forward)

    def offer(self, *, has_evidence: bool, is_running: bool, is_unfinished: bool) -> None:
        """Show what can be done now; resuming comes before starting again.

        Without evidence the page itself says what to do, and the header does not say it twice.
        """
        self.export.setEnabled(has_evidence)
        for button in (self.refresh, self.resume):
            button.setEnabled(not is_running)
        self.refresh.setVisible(has_evidence and not self.is_read_only)
        self.export.setVisible(not self.is_read_only)
        self.resume.setVisible(has_evidence and is_unfinished)
        self.refresh.setText("Start again" if is_unfinished else "Refresh")
        _weigh(self.resume, is_primary=is_unfinished)
        _weigh(self.refresh, is_primary=not is_unfinished)

    def _way(self, name: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("place", "plain")
        button.setObjectName(f"header.{name}")
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _tint(self) -> None:
        for name, button in (("back", self.back), ("forward", self.forward)):
            button.setIcon(self._look.icon(name))


def _button(words: str, name: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    return button


def _weigh(button: QPushButton, *, is_primary: bool) -> None:
    button.setProperty("weight", "primary" if is_primary else "")
    button.style().unpolish(button)
    button.style().polish(button)
