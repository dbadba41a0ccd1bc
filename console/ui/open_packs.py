"""Packs opened beside the store: verified in a job, and each shown in a window of its own, read-only."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from console.base.clock import Clock
from console.base.errors import ConsoleError
from console.ui.page import Page
from console.ui.preferences import Preferences
from console.views.text import inert

if TYPE_CHECKING:
    from console.services.opening import PackDesk
    from console.ui.window import Window


class OpenPacks:
    """Opens packs for a window, and holds their windows as long as they are open."""

    def __init__(
        self, window: "Window", pages: Sequence[Page], preferences: Preferences, clock: Clock
    ) -> None:
        self._window = window
        self._pages = pages
        self._preferences = preferences
        self._clock = clock
        self.shown: list[Window] = []

    def open(self, pack: Path, signers: Path | None) -> None:
        """Verify a pack and show it; one that is not what was signed is refused, with its fault."""

        def work(_stopped: object) -> "PackDesk":
            from console.services.opening import open_pack  # noqa: PLC0415 - only when a pack is opened

            return open_pack(pack, signers=signers)

        self._start(f"Verifying {inert(pack.name)} …", work)

    def open_demo(self) -> None:
        """Show the demonstration: a pack of an invented department, read-only like any other."""

        def work(_stopped: object) -> "PackDesk":
            from console.services.opening import open_demo  # noqa: PLC0415 - only when a pack is opened

            return open_demo()

        self._start("Opening the demonstration …", work)

    def _start(self, words: str, work: "Callable[[object], PackDesk]") -> None:
        self._window.frame.notice.say(words, "", is_refusal=False)
        self._window.jobs.start(work, self._show, refused=self._refuse)

    def _show(self, desk: "PackDesk") -> None:
        self._window.frame.notice.hide()
        made = type(self._window)(desk, self._pages, self._window.look, self._preferences, self._clock)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.destroyed.connect(lambda: self.shown.remove(made) if made in self.shown else None)
        self.shown.append(made)
        made.show()
        made.build_ahead()

    def _refuse(self, error: ConsoleError) -> None:
        self._window.frame.notice.say(f"{inert(error)} ({error.code})", inert(error.remedy), is_refusal=True)
