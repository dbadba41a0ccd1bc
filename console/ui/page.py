"""What a page declares, what it is handed, and what it may ask of the window."""

from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from console.base.clock import Clock
from console.base.registry import discover
from console.controls.base import Control
from console.ui.desk import Desk, Latest
from console.ui.grid import RowGrid
from console.ui.jobs import Jobs
from console.ui.modes import Panel
from console.ui.tab_order import follow_layout
from console.ui.theme import Look

if TYPE_CHECKING:
    from console.services.deletion.child import Heard
    from console.services.office import Office

GROUPS = ("Posture", "Access", "Use", "Duties", "Output")
"""In the order of the sidebar; a group without a page is not shown."""


READ_ONLY = "This window shows a pack, which is only read. Do this in the department's own store."


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What a page works with."""

    look: Look
    jobs: Jobs
    asking: Jobs
    """Another thread, for questions to the policy engine: they are long, read no store and hold nothing else up."""
    clock: Clock
    controls: tuple[Control, ...]
    office: "Callable[[], Office]"
    """What officers do; each deed blocks, so it is done in a job."""
    deed: "Callable[[str, Mapping[str, str], Heard], str]"
    """Has a child process do a deed about a request to delete, and says what was done; blocks."""
    desk: "Callable[[], Desk]"
    """What packs are made with; whatever it does blocks, so it is done in a job."""
    read_only: str = ""
    """Why nothing can be asked for, signed or kept here; empty where it can."""
    remembered: dict[str, str] = field(default_factory=dict)
    """What was last typed into forms, such as the officer's name."""
    filters: MutableMapping[str, str] = field(default_factory=dict)
    """Filters that the officer saved, by name; kept between runs."""


@dataclass(frozen=True, slots=True)
class Target:
    """A page, and what it should show: by its own words, such as `{"control": "BR-LOG-001"}`."""

    page: str
    request: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that the search can go to."""

    words: str
    target: Target


def _find_nothing(_latest: Latest, _names: Mapping[str, str]) -> Iterable[Entry]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A row to be opened to its evidence."""

    title: str
    sequences: tuple[int, ...]
    lead_words: str = ""
    """What the button to `lead` says."""
    lead: Target | None = None
    nothing: str = ""
    """Why there is nothing to open, where it is not that a scope was empty."""


class PageWidget(QWidget):
    """A page of the window; it shows what its `read` returned and does no arithmetic of its own."""

    opening = Signal(object)
    """An `Opening`."""
    leading = Signal(object)
    """A `Target`."""
    changed = Signal(str)
    """Something was put into the ledger: what was done, in words. The evidence is read anew."""
    rereading = Signal(object)
    """A `Selection` that is to be read anew at AWS."""
    extended = Signal(object, object)
    """A part that was made after the page was, and its tables."""

    def load(self) -> None:
        """Show that evidence is being read."""
        raise NotImplementedError

    def show_evidence(self, shown: Any) -> None:  # noqa: ANN401 - what the page's own `read` returned
        """Show what the page's `read` returned."""
        raise NotImplementedError

    def take_in(self, part: Panel) -> None:
        """Let a part that was made after the page was take part in what the window does with pages."""
        part.opening.connect(self.opening)
        follow_layout(self)
        self.extended.emit(part, part.grids())

    def make_next(self) -> bool:
        """Make one more part of the page ahead of its being shown; False if there was none to make."""
        return False

    def accept(self, request: dict[str, str]) -> None:
        """Show what another page or the search asked for."""

    def grids(self) -> Sequence[RowGrid]:
        """Return the page's tables as far as they are made, the main one first."""
        raise NotImplementedError

    def filter_box(self) -> QLineEdit | None:
        """Return the filter box, if there is one."""
        return None

    def current_grid(self) -> RowGrid:
        """Return the table that has the keyboard, or the main one."""
        if not self.grids():
            self.make_next()
        shown = [grid for grid in self.grids() if grid.isVisible()]
        focused = [grid for grid in shown if grid.hasFocus()]
        return (focused or shown or list(self.grids()))[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's place in the sidebar, what it reads beside the window, and its widget."""

    name: str
    """For machines; the last part of object names."""
    title: str
    icon: str
    group: str
    order: int
    read: Callable[[Latest, tuple[Control, ...]], Any]
    """Builds what the page shows; runs in a job, knows no widget."""
    widget: Callable[[Bench], PageWidget]
    find: Callable[[Latest, Mapping[str, str]], Iterable[Entry]] = _find_nothing
    """Yields what the search finds on the page; runs in a job. The names are the accounts'."""


def discover_pages() -> tuple[Page, ...]:
    """Return every page of this build, in the order of the sidebar."""
    pages = discover("console.ui.pages", "PAGE", Page)
    return tuple(sorted(pages, key=lambda page: (GROUPS.index(page.group), page.order)))
