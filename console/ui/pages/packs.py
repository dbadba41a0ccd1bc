"""The Packs page: choose what a pack is about and for whom, see what it would hold, make it, and which were made."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QSplitter, QVBoxLayout

from console.base.errors import ConsoleError
from console.controls.base import Control
from console.reports.wish import Turn as PackTurn
from console.reports.wish import Wanted
from console.services.attesting import checked_date
from console.services.catalogues import claim_catalogue
from console.ui.desk import Latest
from console.ui.grid import RowGrid
from console.ui.pack_form import Choice, Choices, PackForm
from console.ui.page import Bench, Opening, Page, PageWidget
from console.ui.panes import GAP, TablePane
from console.ui.tables import RowTableModel, sheet
from console.views.names import account_names, count_words
from console.views.organisation import Place, places
from console.views.packs import (
    HELD_COLUMNS,
    PACK_COLUMNS,
    REDACTED_COLUMNS,
    held_table,
    packs_table,
    redacted_table,
)
from console.views.table import Table
from console.views.text import inert

if TYPE_CHECKING:
    from console.services.export import ExportedPack
    from console.services.preview import Preview
    from console.ui.jobs import Job, Turn


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows."""

    choices: Choices
    refresh_id: int
    day: str
    """Of the reading, for the name of the file."""


def read(latest: Latest, controls: tuple[Control, ...]) -> Shown:
    """Return what there is to choose from in one reading."""
    snapshot = latest.snapshot
    names = account_names(snapshot)
    units = tuple(_units(places(snapshot), 0))
    accounts = tuple(
        (f"Account {inert(names[each])} ({each})", f"account:{each}")
        for each in sorted(names, key=names.__getitem__)
    )
    areas: dict[str, int] = {}
    for control in controls:
        area = control.id.rpartition("-")[0]
        areas[area] = areas.get(area, 0) + 1
    claims = tuple((f"{each.id} {each.heading}", each.id) for each in claim_catalogue().claims)
    return Shown(
        Choices(
            places=(*units, *accounts),
            controls=tuple(
                (f"{area} ({count_words(count, 'question', 'questions')})", area)
                for area, count in sorted(areas.items())
            ),
            claims=claims,
        ),
        snapshot.refresh.id,
        snapshot.refresh.finished_at[:10],
    )


def _units(found: Sequence[Place], depth: int) -> Sequence[Choice]:
    listed: list[Choice] = []
    for place in found:
        if place.kind == "account":
            continue
        listed.append((f"{'   ' * depth}Unit {inert(place.name)}", f"unit:{place.id}"))
        listed.extend(_units(place.children, depth + 1))
    return listed


class PacksPage(PageWidget):
    """A form over what the pack would hold, over the register."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._job: Job | None = None
        self._shown: Shown | None = None
        self.form = PackForm(bench.remembered, bench.read_only)
        self.form.previewing.connect(self.preview)
        self.form.making.connect(self._ask_where)
        self.form.stopping.connect(self.stop)
        self.table = RowGrid(RowTableModel(PACK_COLUMNS, bench.clock), bench.look, "packs.table")
        self.table.stretch("scope")
        self.table.opened.connect(self._open)
        self.held = RowGrid(RowTableModel(HELD_COLUMNS, bench.clock), bench.look, "packs.held")
        self.held.stretch("how_much")
        self.redacted = RowGrid(RowTableModel(REDACTED_COLUMNS, bench.clock), bench.look, "packs.redacted")
        self.redacted.stretch("reason")
        self.register = TablePane("Packs made from this store", self.table, bench.look)
        self.register.explain(
            ("No pack was made yet.", "Choose what it is to be about, look at the preview, and make one."),
            ("No pack matches.", "Clear the words."),
        )
        self.held_pane = TablePane("What will be in it", self.held, bench.look)
        self.held_pane.explain(
            ("Nothing was previewed yet.", "Preview says what the pack would hold."), ("", "")
        )
        self.redacted_pane = TablePane("What will be redacted", self.redacted, bench.look)
        self._explain_redaction(is_previewed=False)
        self._arrange()
        self._clear_preview()

    def load(self) -> None:
        """Show skeletons."""
        self.register.load()

    def show_evidence(self, shown: Any) -> None:  # noqa: ANN401 - what `read` returned
        """Show what there is to choose from, and the register."""
        self._shown = shown
        self.form.offer(shown.choices)
        self._bench.jobs.start(
            lambda _stopped: sheet(packs_table(self._bench.desk().packs())), self.register.show_sheet
        )

    def grids(self) -> Sequence[RowGrid]:
        """Return the register and both halves of the preview."""
        return (self.table, self.held, self.redacted)

    def preview(self) -> None:
        """Find out what the pack would hold and what would be redacted."""
        wanted = self._wanted()
        if wanted is None:
            return
        self.form.work("Looking at what the pack would hold …")
        refresh_id = self._reading(wanted)
        self._job = self._bench.jobs.start(
            lambda _turn: self._bench.desk().preview_pack(wanted, refresh_id),
            self._show_preview,
            refused=self._refuse,
        )

    def make(self, to: Path) -> None:
        """Make the pack; it is verified before it takes its name."""
        wanted = self._wanted()
        if wanted is None:
            return
        self.form.work("Making the pack …")
        person, refresh_id = self.form.person.text(), self._reading(wanted)

        def work(turn: "Turn") -> "ExportedPack | None":
            told = PackTurn(stopped=turn, tell=turn.tell)
            return self._bench.desk().export_pack(
                to, wanted=wanted, refresh_id=refresh_id, by=person, turn=told
            )

        self._job = self._bench.jobs.start(work, self._made, refused=self._refuse, told=self.form.tell)

    def stop(self) -> None:
        """Stop what is under way; nothing is written."""
        if self._job is not None:
            self._job.stop()
            self._job = None
        self.form.rest("Stopped. Nothing was written.")

    def _ask_where(self) -> None:
        day = self._shown.day if self._shown else "pack"
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Make assurance pack", f"assurance-{day}.zip", "Packs (*.zip)"
        )
        if chosen:
            self.make(Path(chosen))

    def _wanted(self) -> Wanted | None:
        wanted = self.form.wanted()
        try:
            for name, text in (("From", wanted.scope.since), ("Until", wanted.scope.until)):
                if text:
                    checked_date(name, text)
        except ConsoleError as error:
            self._refuse(error)
            return None
        return wanted

    def _reading(self, wanted: Wanted) -> int | None:
        """Return the reading that is shown, unless a period chooses another."""
        has_period = bool(wanted.scope.since or wanted.scope.until)
        return None if has_period or self._shown is None else self._shown.refresh_id

    def _show_preview(self, found: "Preview | None") -> None:
        if found is None:
            self.form.rest("Nothing has been read yet, so there is nothing to pack.", is_refusal=True)
            return
        self.form.rest(found.lead)
        self.held_pane.show_sheet(sheet(held_table(found.holds)))
        self._explain_redaction(is_previewed=True)
        self.redacted_pane.show_sheet(
            sheet(redacted_table((each.category.value, each.reason, each.values) for each in found.redacts))
        )

    def _made(self, pack: "ExportedPack | None") -> None:
        if pack is None:
            self.form.rest("Nothing has been read yet, so there is nothing to pack.", is_refusal=True)
            return
        self.form.rest("")
        files = count_words(pack.files, "file", "files")
        self.changed.emit(
            f"The pack {inert(pack.path.name)} was made, signed and verified: {files}, id {pack.id[:16]}. "
            f"Give auditors {inert(pack.allowed_signers.name)} by another way than the pack."
        )

    def _refuse(self, error: ConsoleError) -> None:
        self.form.rest(f"{inert(error)}. {inert(error.remedy)}", is_refusal=True)

    def _clear_preview(self) -> None:
        self.held_pane.show_sheet(sheet(Table(HELD_COLUMNS, ())))
        self.redacted_pane.show_sheet(sheet(Table(REDACTED_COLUMNS, ())))

    def _explain_redaction(self, *, is_previewed: bool) -> None:
        nothing = (
            ("Nothing will be redacted.", "The internal profile shows everything that is in the store.")
            if is_previewed
            else ("Nothing was previewed yet.", "Preview says what the pack would not show, and why.")
        )
        self.redacted_pane.explain(nothing, ("", ""))

    def _open(self, at: int) -> None:
        row = self.table.rows.row_at(at)
        self.opening.emit(
            Opening(title=f"{row.file}: {row.scope}", sequences=self.table.rows.evidence_at(at))
        )

    def _arrange(self) -> None:
        halves = QSplitter(Qt.Orientation.Horizontal, self)
        whole = QSplitter(Qt.Orientation.Vertical, self)
        for pane in (self.held_pane, self.redacted_pane):
            halves.addWidget(pane)
        whole.addWidget(halves)
        whole.addWidget(self.register)
        for at, split in enumerate((halves, whole)):
            split.setChildrenCollapsible(False)
            split.setObjectName(f"packs.split.{at}")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(GAP)
        column.addWidget(self.form)
        column.addWidget(whole, 1)


PAGE = Page(name="packs", title="Packs", icon="export", group="Output", order=1, read=read, widget=PacksPage)
