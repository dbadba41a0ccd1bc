"""A page of tables with a pane for the chosen row: every inventory of the window, each from its own description."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.controls.base import Control
from console.ui.desk import Latest
from console.ui.detail_pane import DetailPane
from console.ui.flow import FlowLayout
from console.ui.grid import RowGrid
from console.ui.page import Bench, Entry, Opening, Page, PageWidget, Target
from console.ui.panes import GAP, TablePane
from console.ui.tables import RowTableModel, Sheet, sheet
from console.ui.words import caption, paragraph, tooltip
from console.views.deletable import NOT_PLANNED, request_of, target_of
from console.views.inventory import InventoryRow, Listing, listings, told
from console.views.names import account_names, account_words, kind_words, region_words
from console.views.sections import Inventory
from console.views.table import Column
from console.views.text import inert

if TYPE_CHECKING:
    from console.deletion.target import Target as Deletable

_NAMES = ("name", "modelName", "agentName", "inferenceProfileName", "Name", "logGroupName")
"""Members that say what people call a thing."""
_COLUMNS: tuple[Column[InventoryRow], ...] = (Column("account", "Account", lambda row: row.account),)
"""Until the first listing is shown."""


@dataclass(frozen=True, slots=True)
class ShownListing:
    """A listing made ready to be drawn."""

    listing: Listing
    sheet: Sheet[InventoryRow]
    has_deletable: bool
    """Whether a request to delete can begin at some row of it."""


def shown_listings(found: Sequence[Listing]) -> tuple[ShownListing, ...]:
    """Make listings ready; takes a while where there are many rows."""
    return tuple(
        ShownListing(each, sheet(each.table), any(target_of(row.fact) is not None for row in each.table.rows))
        for each in found
    )


def inventory_page(inventory: Inventory, *, icon: str, group: str, order: int) -> Page:
    """Return the page of an inventory."""

    def read(latest: Latest, _controls: tuple[Control, ...]) -> tuple[ShownListing, ...]:
        return shown_listings(listings(inventory, latest.snapshot, account_names(latest.snapshot)))

    def find(latest: Latest, names: Mapping[str, str]) -> Iterator[Entry]:
        for section in inventory.sections:
            for kind in section.kinds:
                yield from entries_of(latest, kind, names, Target(inventory.name, {"listing": section.id}))

    return Page(
        name=inventory.name,
        title=inventory.title,
        icon=icon,
        group=group,
        order=order,
        read=read,
        widget=lambda bench: InventoryPage(bench, inventory.name, inventory.title),
        find=find,
    )


def entries_of(latest: Latest, kind: str, names: Mapping[str, str], listing: Target) -> Iterator[Entry]:
    """Yield each thing of a kind, by its name and by what AWS calls it, leading to its row."""
    for fact in latest.snapshot.facts(kind):
        key = inert(fact.key)
        called = next((inert(fact.payload[each]) for each in _NAMES if fact.payload.get(each)), "")
        place = f"{account_words(fact.scope.account_id, names)}, {region_words(fact.scope.region)}"
        said = f"{called}  {key}" if called and called not in key else key
        request = {**listing.request, "observation": str(fact.sequence)}
        yield Entry(f"{said}  ({kind_words(kind)}, {place})", Target(listing.page, request))


class InventoryPage(PageWidget):
    """One table at a time, chosen by chips; below it the chosen row whole."""

    def __init__(self, bench: Bench, name: str, title: str) -> None:
        super().__init__()
        self.name = name
        self.title = title
        self._read_only = bench.read_only
        self._listings: dict[str, ShownListing] = {}
        self._wanted: dict[str, str] = {}
        self._target: Deletable | None = None
        """What of the chosen row could be asked to be deleted."""
        self.chosen = ""
        self._chips = QWidget()
        self._flow = FlowLayout(GAP, self._chips)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(lambda chip: self.show_listing(chip.property("listing")))
        self.about = paragraph("", "quiet")
        self.about.setObjectName(f"{name}.about")
        self.coverage = paragraph("", "strong")
        self.coverage.setObjectName(f"{name}.coverage")
        self.words = QLineEdit()
        self.words.setObjectName(f"{name}.filter")
        self.words.setAccessibleName(f"Filter {title} by words")
        self.words.setPlaceholderText("Filter by any word of a row  ( / )")
        self.grid = RowGrid(RowTableModel(_COLUMNS, bench.clock), bench.look, f"{name}.table")
        self.grid.leads_to("Show its account")
        self.grid.opened.connect(self._open)
        self.grid.followed.connect(self._follow)
        self.grid.moved.connect(self._tell)
        self.words.textChanged.connect(self.grid.rows.narrow)
        self.words.returnPressed.connect(self.grid.setFocus)
        self.pane = TablePane(title, self.grid, bench.look)
        self.pane.title.hide()
        self.pane.empty.asked.connect(self.words.clear)
        self.detail = DetailPane(bench.look, f"{name}.detail")
        self.grid.rows.modelReset.connect(self._tell_current)
        self.columns = _button(f"{name}.columns", "Columns", self.grid.ask_columns)
        self.export = _button(f"{name}.export", "Export CSV", self.grid.exporting.emit)
        self.delete = _button(f"{name}.delete", "Request deletion …", self._request_deletion)
        self.delete.setEnabled(False)
        self._arrange()

    def load(self) -> None:
        """Show the skeleton."""
        self.pane.load()

    def show_evidence(self, shown: Any) -> None:  # noqa: ANN401 - what `read` returned
        """Show the listings, and again the one that was chosen."""
        self._listings = {each.listing.id: each for each in shown}
        self._make_chips()
        self.show_listing(self.chosen if self.chosen in self._listings else next(iter(self._listings)))
        if self._wanted:
            self.accept(self._wanted)

    def accept(self, request: dict[str, str]) -> None:
        """Show a listing, narrowed to words."""
        if not self._listings:
            self._wanted = request
            return
        self._wanted = {}
        if request.get("listing") in self._listings:
            self.show_listing(request["listing"])
        self.words.setText(request.get("words", ""))
        self.grid.setFocus()
        self.grid.go_to(self._place_of(request.get("observation", "")))

    def _place_of(self, observation: str) -> int:
        """Return where the row is that rests on an observation first of all; the first row if none does."""
        rows = self.grid.rows.rows_shown()
        sequence = int(observation) if observation.isdigit() else 0
        found = [at for at, row in enumerate(rows) if sequence in row.evidence]
        own = [at for at in found if rows[at].evidence[0] == sequence]
        return (own or found or [0])[0]

    def grids(self) -> Sequence[RowGrid]:
        """Return the table."""
        return (self.grid,)

    def filter_box(self) -> QLineEdit:
        """Return the filter box."""
        return self.words

    def show_listing(self, listing_id: str) -> None:
        """Show one of the tables; it keeps the words of the filter."""
        shown = self._listings[listing_id]
        listing = shown.listing
        if listing_id != self.chosen:
            self.grid.forget_widths()
            self.grid.chosen.name = f"{self.name}.{listing_id}"
        self.chosen = listing_id
        self.about.setText(listing.about)
        self.coverage.setText(listing.coverage)
        self.grid.setAccessibleName(f"{self.title}: {listing.title}")
        if listing.stretch:
            self.grid.stretch(listing.stretch)
        none = f"No {listing.title[0].lower()}{listing.title[1:]}"
        self.pane.explain((f"{none}.", listing.coverage), ("No row matches.", "Clear the filter."))
        self.pane.show_sheet(shown.sheet)
        self.delete.setVisible(shown.has_deletable)
        for chip in self._group.buttons():
            chip.setChecked(chip.property("listing") == listing_id)
        self._tell_current()

    def _make_chips(self) -> None:
        """Make a switch for each table, once; then only their counts change."""
        if not self._group.buttons():
            for listing_id in self._listings:
                chip = QToolButton()
                chip.setProperty("place", "chip")
                chip.setProperty("listing", listing_id)
                chip.setObjectName(f"{self.name}.listing.{listing_id}")
                chip.setCheckable(True)
                chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                self._group.addButton(chip)
                self._flow.addWidget(chip)
        for made in self._group.buttons():
            listing = self._listings[made.property("listing")].listing
            words = f"{listing.title}  {listing.found:,}"
            made.setText(caption(f"{words}  ?" if listing.missing else words))
            missing = f", {listing.missing:,} not read" if listing.missing else ""
            made.setAccessibleName(f"{listing.title}, {listing.found:,}{missing}")
        self._chips.setVisible(len(self._listings) > 1)

    def _tell_current(self) -> None:
        """Tell of the chosen row; where the filter took it away, of the first that is left."""
        if self.grid.current_place() < 0:
            self.grid.go_to(0)
        place = self.grid.current_place()
        if place >= 0:
            self._tell(place)
        else:
            self.detail.say("Choose a row", ())

    def _tell(self, at: int) -> None:
        """Show the row: what its cells say, whole, and what it tells of itself."""
        rows = self.grid.rows
        row: InventoryRow = rows.row_at(at)
        own = [
            (column.title, rows.words_at(at, place), False)
            for place, column in enumerate(rows.columns)
            if place > len(_FIRST) and rows.words_at(at, place)
        ]
        more = [(each.heading, each.words, each.is_code) for each in told(row)]
        self._target = target_of(row.fact)
        why_not = self._read_only or ("" if self._target else NOT_PLANNED)
        self.delete.setEnabled(not why_not)
        self.delete.setToolTip(tooltip(why_not) if why_not else "")
        self.delete.setAccessibleDescription(why_not)
        self.detail.say(self.title_at(at), [*more, *own])

    def title_at(self, at: int) -> str:
        """Return what a row is called above its details and its evidence."""
        first = self.grid.rows.words_at(at, len(_FIRST))
        row: InventoryRow = self.grid.rows.row_at(at)
        return f"{first}, {row.account}"

    def _open(self, at: int) -> None:
        row: InventoryRow = self.grid.rows.row_at(at)
        lead = Target("accounts", {"account": row.accounts[0]}) if len(row.accounts) == 1 else None
        self.opening.emit(
            Opening(
                title=self.title_at(at),
                sequences=self.grid.rows.evidence_at(at),
                lead_words="Show its account" if lead else "",
                lead=lead,
            )
        )

    def _request_deletion(self) -> None:
        if self._target is not None:
            self.leading.emit(Target("deletion", request_of(self._target)))

    def _follow(self, at: int) -> None:
        row: InventoryRow = self.grid.rows.row_at(at)
        self.leading.emit(Target("accounts", {"account": row.accounts[0]}))

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.words, 1)
        for each in (self.pane.count, self.delete, self.columns, self.export):
            top.addWidget(each)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setObjectName(f"{self.name}.split")
        split.setChildrenCollapsible(False)
        self.below = QStackedWidget(self)
        self.below.addWidget(self.detail)
        parts: tuple[tuple[QWidget, int], ...] = ((self.pane, 3), (self.below, 2))
        for part, share in parts:
            part.setMinimumHeight(140)
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, share)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 16, 24, 16)
        self.column.setSpacing(GAP)
        for widget in (self._chips, self.about, self.coverage):
            self.column.addWidget(widget)
        self.column.addLayout(top)
        self.column.addWidget(split, 1)


_FIRST = ("account", "account_id", "region")
"""The columns before those that a description heads."""


def _button(name: str, words: str, do: Callable[[], object]) -> QToolButton:
    made = QToolButton()
    made.setProperty("place", "chip")
    made.setObjectName(name)
    made.setText(words)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.clicked.connect(lambda _=False: do())
    return made
