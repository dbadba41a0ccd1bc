"""What keeps the window itself in order: settings, diagnostics and the screen lock."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.ui.diagnostics_pane import DiagnosticsPane
from console.ui.lock import Lock
from console.ui.settings_pane import SettingsPane
from console.views.text import inert

if TYPE_CHECKING:
    from console.ui.window import Window


class Upkeep(QObject):
    """Holds the panes, and opens them for the menus."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self.settings = SettingsPane(window)
        self.diagnostics = DiagnosticsPane(window, window.jobs)
        self.lock = Lock(window)
        window.frame.mistaken.asked.connect(self.ask_settings)
        self._tell_mistakes()

    def ask_settings(self) -> None:
        """Show the settings, if they are the officer's own and not a pack's."""
        desk = self._window.desk
        if desk.configuration is not None:
            self.settings.ask(desk.configuration, desk.write_setting)

    def ask_diagnostics(self) -> None:
        """Show what helps to find a fault."""
        self.diagnostics.ask(self._window.desk.diagnostics)

    def _tell_mistakes(self) -> None:
        found = self._window.desk.configuration
        mistakes = found.mistakes if found is not None else ()
        words = " ".join(f"{inert(each.words)} {inert(each.remedy)}" for each in mistakes)
        self._window.frame.mistaken.say(words, "Show the settings")
