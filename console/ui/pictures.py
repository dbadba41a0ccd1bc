"""Pictures of the window for documents and self-tests: every page, the drawer, and the empty state, in every theme."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import cast

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton

from console.base.clock import system_clock
from console.base.errors import ConsoleError
from console.ui.desk import Desk, Latest
from console.ui.page import Target, discover_pages
from console.ui.preferences import Preferences
from console.ui.theme import Look
from console.ui.window import Window

WIDTH, HEIGHT = 1440, 900
_WAIT_SECONDS = 60.0
_PAUSE_SECONDS = 0.002
"""Between two looks at events, so that the threads that are waited for have the processor."""


class PictureError(ConsoleError):
    """A picture could not be drawn or written."""

    code = "UI-001"
    remedy = "Choose a folder that can be written to; if that is not the reason, run the self-test."


class _Bare:
    """A desk over the same store that has no refresh to show."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __getattr__(self, name: str) -> object:
        return getattr(self._desk, name)

    def latest(self, _refresh_id: int | None = None) -> Latest | None:
        """Return None, as before the first refresh."""
        return None

    def unfinished(self) -> bool:
        """Return False, as before the first refresh."""
        return False


def draw_pictures(application: QApplication, desk: Desk, folder: Path) -> tuple[Path, ...]:
    """Write a PNG of each state into the folder; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    look = Look(application)
    drawn: list[Path] = []
    for theme in look.themes:
        look.wear(theme.id)
        for name, window in _states(desk, look):
            file = folder / f"{name}-{theme.id}.png"
            settle(window)
            if not window.grab().save(str(file)):
                raise PictureError(f"{file} could not be written")
            drawn.append(file)
    return tuple(drawn)


def settle(window: Window) -> None:
    """Let the window end its jobs and draw itself."""
    deadline = monotonic() + _WAIT_SECONDS
    while window.jobs.pending or window.asking.pending:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QCoreApplication.sendPostedEvents(None, 0)
        sleep(_PAUSE_SECONDS)
        if monotonic() > deadline:
            raise PictureError("the evidence was not read within a minute")
    QCoreApplication.processEvents()


def _states(desk: Desk, look: Look) -> Iterator[tuple[str, Window]]:
    pages = discover_pages()
    window = _opened(desk, look)
    settle(window)
    for page in pages:
        window.frame.show_page(page.name)
        yield page.name, window
    for page in pages:
        window.frame.show_page(page.name)
        settle(window)
        grid = window.frame.page.current_grid()
        if grid.rows.rowCount():
            grid.setFocus()
            grid.go_to(0)
            grid.open_current()
            yield f"{page.name}-evidence", window
    if "accounts" in window.frame.declared:
        window.frame.show_page("accounts")
        settle(window)
        grid = window.frame.page.current_grid()
        grid.go_to(0)
        grid.follow_current()
        yield "account", window
    yield from _questions(window)
    yield from _boundaries(window)
    for named, listing, name in (
        ("endpoints", "routes", "endpoints-map"),
        ("costs", "reconciliation", "costs-tokens"),
    ):
        if named in window.frame.declared:
            window.frame.show_page(named)
            settle(window)
            window.frame.page.accept({"listing": listing})
            yield name, window
    yield from _hits(window)
    yield from _duties(window)
    window.ask_help()
    yield "help", window
    window.help.close_down()
    window.close()
    window = _opened(cast("Desk", _Bare(desk)), look)
    yield "empty", window
    window.close()


def _hits(window: Window) -> Iterator[tuple[str, Window]]:
    """Yield single hits with a request, and how the logs stand."""
    if "hits" in window.frame.declared:
        for tab, name in (("hits", "hits-every"), ("away", "hits-elsewhere"), ("logs", "hits-logs")):
            window.go(Target("hits", {"tab": tab}))
            yield name, window


def _questions(window: Window) -> Iterator[tuple[str, Window]]:
    """Yield a question that was answered, and the trace of one answer."""
    if "access" not in window.frame.declared:
        return
    window.go(Target("access", {"show": "whocan"}))
    settle(window)
    asks = window.frame.page.findChild(QPushButton, "whocan.send")
    if asks is None:
        return
    asks.click()
    yield "access-who-can", window
    settle(window)
    grid = window.frame.page.current_grid()
    answers = [at for at, row in enumerate(grid.rows.rows_shown()) if not row.is_gap]
    if answers:
        grid.go_to(answers[-1])
        grid.follow_current()
        yield "access-trace", window


def _boundaries(window: Window) -> Iterator[tuple[str, Window]]:
    """Yield a policy's effect, and where data could go."""
    for mode, button, name in (
        ("prevents", "prevents.send", "boundaries-prevents"),
        ("draft", "draft.send", "boundaries-draft"),
        ("residency", "residency.send", "boundaries-residency"),
    ):
        if "boundaries" not in window.frame.declared:
            return
        window.go(Target("boundaries", {"show": mode}))
        settle(window)
        asks = window.frame.page.findChild(QPushButton, button)
        if asks is not None:
            asks.click()
        yield name, window


def _duties(window: Window) -> Iterator[tuple[str, Window]]:
    """Yield what officers do: findings in groups, and a form."""
    for page, button in (("findings", "findings.except"), ("attestations", "attestations.attest")):
        if page not in window.frame.declared:
            continue
        window.frame.show_page(page)
        settle(window)
        window.frame.page.current_grid().go_to(0)
        asks = window.frame.page.findChild(QPushButton, button)
        if asks is not None:
            asks.click()
        yield f"{page}-form", window
        group = window.frame.page.findChild(QComboBox, "findings.group")
        if group is not None:
            group.setCurrentIndex(1)
            settle(window)
            yield "findings-grouped", window


def _opened(desk: Desk, look: Look) -> Window:
    window = Window(desk, discover_pages(), look, Preferences(None), system_clock)
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.resize(WIDTH, HEIGHT)
    window.show()
    return window
