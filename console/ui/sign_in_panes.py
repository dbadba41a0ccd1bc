"""Panes for signing in: the code that is confirmed in the browser, and the one-time code of a device."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.ui.overlays import Overlay
from console.ui.panes import GAP
from console.ui.words import label, paragraph
from console.views.text import inert

_CODE_LENGTH = 12


class SignInPane(Overlay):
    """A code of IAM Identity Center, and the page of AWS where it is confirmed."""

    opening = Signal(str)
    """The address that is to be shown in the browser."""
    cancelled = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "sign-in", (600, 340))
        self._address = ""
        self.what = paragraph("", "quiet")
        self.code = label("", "code")
        self.code.setObjectName("sign-in.code")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.address = QLineEdit()
        self.address.setObjectName("sign-in.address")
        self.address.setReadOnly(True)
        self.address.setAccessibleName("Address of the page where the code is confirmed")
        self.open = _button("Open in browser", "sign-in.open", weight="primary")
        self.open.clicked.connect(lambda: self.opening.emit(self._address))
        self.copy_code = _button("Copy code", "sign-in.copy-code")
        self.copy_code.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.code.text()))
        self.copy_address = _button("Copy address", "sign-in.copy-address")
        self.copy_address.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._address))
        self.state = paragraph("", "quiet")
        self.state.setObjectName("sign-in.state")
        self.cancel = _button("Cancel sign-in", "sign-in.cancel")
        self.cancel.clicked.connect(self.close_down)
        self._arrange()

    def begin(self, profile: str) -> None:
        """Show that a code is being asked for."""
        named = f"profile {inert(profile)}" if profile else "your profile"
        self.what.setText(
            f"For {named}. Open the page of AWS, see that it shows this code, and confirm it there. Never confirm a "
            "code that you did not ask for."
        )
        self._address = ""
        self.code.setText("…")
        self.address.setText("")
        self.state.setText("Asking AWS for a code …")
        for button in (self.open, self.copy_code, self.copy_address):
            button.setEnabled(False)
        self.pop_up(self.cancel)

    def show_code(self, code: str, address: str) -> None:
        """Show the code and the address, which has the code in it."""
        self._address = address
        self.code.setText(inert(code))
        self.address.setText(inert(address))
        self.address.setCursorPosition(0)
        self.state.setText("Waiting for you to confirm the code in the browser …")
        for button in (self.open, self.copy_code, self.copy_address):
            button.setEnabled(True)
        self.open.setFocus()

    def close_down(self) -> None:
        """Hide the pane; an open sign-in is cancelled."""
        was_open = self.isVisible()
        super().close_down()
        if was_open:
            self.cancelled.emit()

    def end(self) -> None:
        """Hide the pane because the sign-in ended."""
        super().close_down()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(GAP)
        column.addWidget(label("Sign in to AWS", "heading"))
        column.addWidget(self.what)
        column.addSpacing(GAP)
        row = QHBoxLayout()
        row.addWidget(self.code, 1)
        row.addWidget(self.copy_code)
        column.addLayout(row)
        column.addSpacing(GAP)
        column.addWidget(self.address)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.open)
        row.addWidget(self.copy_address)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.state, 1)
        row.addWidget(self.cancel)
        column.addLayout(row)
        column.addWidget(label("Esc cancels", "small"))


class CodePane(Overlay):
    """Asks for the one-time code that a device shows; it is handed on and forgotten."""

    given = Signal(str)
    """The code; empty if none is given."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "one-time-code", (480, 232))
        self.what = paragraph("", "quiet")
        self.code = QLineEdit()
        self.code.setObjectName("one-time-code.code")
        self.code.setAccessibleName("One-time code")
        self.code.setPlaceholderText("Six digits")
        self.code.setMaxLength(_CODE_LENGTH)
        self.code.setEchoMode(QLineEdit.EchoMode.Password)
        self.code.setInputMethodHints(
            Qt.InputMethodHint.ImhDigitsOnly
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhHiddenText
        )
        self.code.returnPressed.connect(self._give)
        self.go_on = _button("Continue", "one-time-code.continue", weight="primary")
        self.go_on.clicked.connect(self._give)
        self.cancel = _button("Cancel refresh", "one-time-code.cancel")
        self.cancel.clicked.connect(self.close_down)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(GAP)
        column.addWidget(label("One-time code", "heading"))
        column.addWidget(self.what)
        column.addWidget(self.code)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.go_on)
        row.addWidget(self.cancel)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(label("Enter continues, Esc cancels", "small"))

    def ask(self, serial: str) -> None:
        """Show the pane for a device."""
        self.what.setText(f"Your role asks for the code that this device shows now: {inert(serial)}")
        self.code.clear()
        self.pop_up(self.code)

    def close_down(self) -> None:
        """Hide the pane; a question that is open is answered with nothing."""
        was_open = self.isVisible()
        self.code.clear()
        super().close_down()
        if was_open:
            self.given.emit("")

    def end(self) -> None:
        """Hide the pane because nobody waits for the code any more."""
        self.code.clear()
        super().close_down()

    def _give(self) -> None:
        code = self.code.text().strip()
        if code:
            self.end()
            self.given.emit(code)


def _button(words: str, name: str, weight: str = "") -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.setAutoDefault(True)
    if weight:
        button.setProperty("weight", weight)
    return button
