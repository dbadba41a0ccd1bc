"""The window: its frame, its menus, and the ways from one part to another."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow, QSplitter, QWidget

from console.base.clock import Clock
from console.domain.evidence import Fact, Gap
from console.ui.commands import build_menus
from console.ui.desk import Desk
from console.ui.evidence_flow import EvidenceFlow
from console.ui.focus import FocusRing
from console.ui.frame import Frame
from console.ui.grid import RowGrid
from console.ui.help_pane import HelpPane
from console.ui.jobs import Jobs
from console.ui.loader import Loader
from console.ui.network import Network
from console.ui.open_packs import OpenPacks
from console.ui.overlays import Keys, Overlay, Search, page_entries
from console.ui.page import READ_ONLY, Bench, Opening, Page, PageWidget, Target
from console.ui.preferences import Preferences
from console.ui.sign_in_flow import SignInFlow
from console.ui.sign_in_panes import CodePane, SignInPane
from console.ui.splits import keep_split
from console.ui.table_file import TableFiles
from console.ui.theme import Look
from console.ui.touch import Touch
from console.ui.upkeep import Upkeep
from console.ui.visited import Visited
from console.ui.window_commands import command_layout
from console.views.text import inert

TITLE = "Bedrock Console"
_PAUSE_MILLISECONDS = 20
_NAMED_AT_ONCE = 50
"""Observations of one row whose titles are read with the first."""


class Window(QMainWindow):
    """Shows the newest evidence; the officer's only door to all of it."""

    def __init__(
        self, desk: Desk, pages: Sequence[Page], look: Look, preferences: Preferences, clock: Clock
    ) -> None:
        super().__init__()
        self.desk = desk
        self.look = look
        self.jobs = Jobs(self)
        self.asking = Jobs(self, "window-asking")
        self.asking.refused.connect(self.jobs.refused)
        self.asking.crashed.connect(self.jobs.crashed)
        bench = Bench(
            look=look,
            jobs=self.jobs,
            asking=self.asking,
            clock=clock,
            controls=desk.controls,
            office=lambda: desk.office,
            deed=desk.deed,
            filters=preferences.filters,
            desk=lambda: desk,
            read_only=READ_ONLY if desk.banner else "",
        )
        self.frame = Frame(pages, bench)
        self.frame.sidebar.where.setText(inert(desk.settings.organisation_name))
        self.setCentralWidget(self.frame)
        self.search = Search(self)
        self.keys = Keys(self)
        self.help = HelpPane(self)
        self.loader = Loader(desk, pages, self.jobs)
        self.flow = EvidenceFlow(desk, self.frame, self.loader, self.jobs, clock)
        self.sign_in_pane, self.code_pane = SignInPane(self), CodePane(self)
        panes = (self.sign_in_pane, self.code_pane)
        self.sign_in = SignInFlow(desk, self.flow.refresh_run, panes, self.frame.notice)
        self.sign_in.answer_for(self.flow.log_run)
        self.pages = pages
        self._preferences = preferences
        self.search.found.offer(page_entries(pages))
        self.files = TableFiles(self, self.jobs, self.frame.notice)
        self.visited = Visited()
        self.network = Network(self)
        self.open_packs = OpenPacks(self, pages, preferences, clock)
        self.touch = Touch(self)
        self.upkeep = Upkeep(self)
        self.menus = build_menus(self, command_layout(self))
        self.keys.list_keys(self.menus.by_menu)
        self.ring = FocusRing(look, self)
        self._connect()
        self.setWindowTitle(f"{TITLE}: {desk.store_path.name}" if desk.banner else TITLE)
        self.frame.header.is_read_only = bool(desk.banner)
        self.frame.pack.say(inert(desk.banner), "")
        self.setWindowIcon(look.icon("window", "link"))
        self.setMinimumSize(1024, 640)
        self.resize(1440, 900)
        if not preferences.geometry.isEmpty():
            self.restoreGeometry(preferences.geometry)
        kept = [page.name for page in pages if page.name == preferences.page]
        self.go(Target((kept or [pages[0].name])[0]))
        self._dress()
        look.changed.connect(self._dress)
        self.flow.load()
        self.network.watch()

    def go(self, target: Target) -> None:
        """Show a page, and on it what was asked for; going back leads here again."""
        self.visited.go(target)
        self._show(target)

    def go_back(self) -> None:
        """Show where the officer was before."""
        self._show(self.visited.back())

    def go_forward(self) -> None:
        """Show where the officer went from here."""
        self._show(self.visited.forward())

    def build_ahead(self) -> None:
        """Make the other pages' widgets one by one, once the evidence is read and while nothing else is to do."""
        if self.jobs.pending or self.frame.build_next():
            QTimer.singleShot(_PAUSE_MILLISECONDS, self, self.build_ahead)

    def choose_reading(self) -> None:
        """Open the choice of readings, if there is more than one."""
        choice = self.frame.header.reading
        if choice.isVisible():
            choice.setFocus()
            choice.showPopup()

    def ask_help(self) -> None:
        """Show what the help says of the page that is shown."""
        self.help.ask(self.frame.declared[self.frame.shown].title)

    def to_filter(self) -> None:
        """Put the keyboard into the page's filter."""
        box = self.frame.page.filter_box()
        if box is not None:
            box.setFocus()
            box.selectAll()

    def _show(self, target: Target | None) -> None:
        if target is None:
            return
        self.frame.show_page(target.page)
        self.loader.hurry(target.page)
        self._preferences.page = target.page
        self._enable_ways()
        if target.request:
            self.frame.page.accept(target.request)
        else:
            self.frame.page.current_grid().setFocus()

    def open_evidence(self, opening: Opening) -> None:
        """Open a row to what it rests on."""
        self.frame.open_drawer()
        self.frame.drawer.open(opening)
        some = opening.sequences[:_NAMED_AT_ONCE]
        if len(some) > 1:
            self.jobs.start(
                lambda _stopped: [self.desk.observation(each) for each in some],
                lambda read: self.frame.drawer.name_observations(read, self.flow.names),
            )

    def export(self) -> None:
        """Ask where the pack is to go, and write it there."""
        chosen, _ = QFileDialog.getSaveFileName(self, "Export assurance pack", "pack.zip", "Packs (*.zip)")
        if chosen:
            self.flow.export_to(Path(chosen))

    def open_pack(self) -> None:
        """Ask for a pack and for who may have signed it, and show it in a window of its own."""
        pack, _ = QFileDialog.getOpenFileName(self, "Open pack", "", "Packs (*.zip)")
        if not pack:
            return
        signers, _ = QFileDialog.getOpenFileName(
            self, "Who may sign packs? Cancel if you were given no file of signers", "", "Signers (*)"
        )
        self.open_packs.open(Path(pack), Path(signers) if signers else None)

    def back(self) -> None:
        """Close what is open, an overlay before the drawer; then the table has the keyboard."""
        for overlay in self.overlays:
            if overlay.isVisible():
                overlay.close_down()
                return
        self.frame.drawer.hide()
        self.frame.page.current_grid().setFocus()

    @property
    def overlays(self) -> tuple[Overlay, ...]:
        """The panes over the window, those that close first at the front."""
        asked = (self.upkeep.settings, self.upkeep.diagnostics)
        return (self.code_pane, self.sign_in_pane, self.search, self.keys, self.help, *asked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the lock cover everything."""
        super().resizeEvent(event)
        self.upkeep.lock.fit()

    def wear(self, theme_id: str) -> None:
        """Put on a theme and remember it."""
        self.look.wear(theme_id)
        self._preferences.theme = theme_id

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the place, leave a refresh to be resumed, and wait for the jobs."""
        self._preferences.geometry = self.saveGeometry()
        self.flow.abandon()
        self.sign_in.abandon()
        self.asking.close()
        self.jobs.close()
        super().closeEvent(event)

    def _dress(self) -> None:
        self.setStyleSheet(self.look.sheet())

    def _connect(self) -> None:
        frame = self.frame
        frame.sidebar.chosen.connect(lambda name: self.go(Target(name)))
        frame.header.exporting.connect(self.export)
        frame.header.going_back.connect(self.go_back)
        frame.header.going_forward.connect(self.go_forward)
        frame.offline.asked.connect(lambda: self.go(Target("overview", {"show": "gaps"})))
        frame.strip.asked.connect(lambda: self.go(Target("overview", {"show": "gaps"})))
        frame.built.connect(self._connect_page)
        frame.drawer.leading.connect(self.go)
        frame.drawer.closed.connect(self.back)
        frame.drawer.duties.changed.connect(self.flow.tell_of_change)
        frame.drawer.wanted.connect(self._show_observation)
        self.search.chosen.connect(self.go)
        self.loader.indexed.connect(
            lambda entries: self.search.found.offer((*page_entries(self.pages), *entries))
        )
        self.network.changed.connect(self.flow.tell_of_network)
        self.flow.offered.connect(self._enable_commands)
        self.sign_in.offered.connect(self._enable_commands)
        self.sign_in.signed_in.connect(self._go_on)

    def _connect_page(self, page: PageWidget) -> None:
        page.opening.connect(self.open_evidence)
        page.leading.connect(self.go)
        page.changed.connect(self.flow.tell_of_change)
        page.extended.connect(self._connect_tables)
        page.rereading.connect(self.flow.reread)
        self._connect_tables(page, page.grids())

    def _connect_tables(self, part: QWidget, grids: Sequence[RowGrid]) -> None:
        for grid in grids:
            grid.moved.connect(lambda at, grid=grid: self._show_row(grid, at))
            grid.exporting.connect(lambda grid=grid: self.files.ask(grid))
            grid.chosen.remembered = self._preferences.columns
        for divided in part.findChildren(QSplitter):
            keep_split(divided, self._preferences.splits)

    def _show_row(self, grid: RowGrid, at: int) -> None:
        """While the drawer is open, it shows the row that the keyboard is on."""
        if self.frame.drawer.isVisible() and grid.hasFocus():
            grid.opened.emit(at)

    def _show_observation(self, sequence: int) -> None:
        def show(observation: Fact | Gap) -> None:
            self.frame.drawer.show_observation(observation, self.flow.names)

        self.jobs.start(lambda _stopped: self.desk.observation(sequence), show)

    def _go_on(self, was_refused: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Start the refresh that was refused before, now that the officer is signed in."""
        if was_refused:
            self.flow.refresh(resume=self.flow.found.is_unfinished)

    def _enable_commands(self) -> None:
        running, found = self.flow.is_reading, self.flow.found
        for name, is_possible in (
            ("refresh", not running and not self.desk.banner),
            ("resume", found.is_unfinished and not running),
            ("cancel", running),
            ("logs", found.latest is not None and not running and not self.desk.banner),
            ("export", found.latest is not None and not self.desk.banner),
            ("sign-in", not self.sign_in.is_running and not self.desk.banner),
            ("settings", self.desk.configuration is not None),
            ("diagnostics", not self.desk.banner),
            ("lock", self.desk.can_lock),
        ):
            self.menus.by_name[name].setEnabled(is_possible)

    def _enable_ways(self) -> None:
        back, forward = self.visited.can_go_back, self.visited.can_go_forward
        self.frame.header.offer_ways(back=back, forward=forward)
        self.menus.by_name["go-back"].setEnabled(back)
        self.menus.by_name["go-forward"].setEnabled(forward)
