"""The window's front door, the only part of it that others call."""

import os
import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication, Qt
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QMessageBox

from console.base.clock import system_clock
from console.base.memory import give_back_large_pieces
from console.ui.desk import Desk
from console.ui.page import discover_pages
from console.ui.pictures import draw_pictures
from console.ui.preferences import Preferences
from console.ui.theme import Look
from console.ui.tidying import Tidying
from console.ui.window import TITLE, Window

SWITCH_SECONDS = 0.001
"""After how long a thread gives way to the window; Python's own 5 ms, waited for by cell after cell, are seen."""


def open_window(parts: Desk) -> int:
    """Show the window over an open store; return the exit code when it is closed."""
    application = _application()
    preferences = Preferences.of_user()
    window = make_window(parts, application, preferences, preferences.theme or _platform_theme())
    window.show()
    if parts.can_lock and parts.unlocking.name == "WINDOW":
        window.upkeep.lock.lock()
    window.build_ahead()
    sys.setswitchinterval(SWITCH_SECONDS)
    Tidying(window.touch, window.jobs, window.asking)
    return application.exec()


def ask_in_window(prompt: str) -> str:
    """Ask for a passphrase in a dialogue, where there is no terminal; empty if nothing is said."""
    _application()
    said, is_said = QInputDialog.getText(None, TITLE, prompt, QLineEdit.EchoMode.Password)
    return said if is_said else ""


def tell_in_window(words: str) -> None:
    """Say why there is no window, where there is no terminal to say it in."""
    _application()
    QMessageBox.warning(None, TITLE, words)


def make_window(parts: Desk, application: QApplication, preferences: Preferences, theme_id: str) -> Window:
    """Return the window over an open store, in a theme, not yet shown."""
    look = Look(application)
    look.wear(theme_id)
    return Window(parts, discover_pages(), look, preferences, system_clock)


def take_pictures(parts: Desk, folder: Path) -> tuple[Path, ...]:
    """Draw every page, the evidence drawer and the empty state, in every theme; return the files."""
    if QApplication.instance() is None and not _has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return draw_pictures(_application(), parts, folder)


def _application() -> QApplication:
    """Return the application of this process, made on first use."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    give_back_large_pieces()
    application = QApplication([sys.argv[0]])
    application.setApplicationName("bedrock-console")
    application.setApplicationDisplayName(TITLE)
    return application


def _has_display() -> bool:
    """Tell whether a window could be shown; only Unix without X11 and Wayland has none."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _platform_theme() -> str:
    """Return the theme that the platform asks for, as far as it says."""
    wants_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return "dark" if wants_dark else "light"
