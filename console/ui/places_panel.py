"""The organisation's tree with its policies: what is attached where, what comes from above, what it comes to."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSplitter, QVBoxLayout, QWidget

from console.domain.evidence import Snapshot
from console.ui.grid import RowGrid
from console.ui.modes import Panel
from console.ui.page import Bench, Opening
from console.ui.panes import GAP, TablePane
from console.ui.policy_box import PolicyBox
from console.ui.tables import RowTableModel, Sheet, sheet
from console.ui.words import paragraph
from console.views.boundaries import PLACE_COLUMNS, PlaceRow, WrittenHere, in_force_table
from console.views.lines import NOTHING, Line
from console.views.written_policy import written_policy


class PlacesPanel(Panel):
    """Places at the left, the policies in force at the chosen one beside it, one document below."""

    chosen = Signal(str)
    """The id of a policy about which more is wanted."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._snapshot: Snapshot | None = None
        self._names: Mapping[str, str] = {}
        self._place: PlaceRow | None = None
        self._wanted = ""
        model: RowTableModel[PlaceRow] = RowTableModel(PLACE_COLUMNS, bench.clock)
        self.table = RowGrid(model, bench.look, "boundaries.table")
        self.table.stretch("name")
        self.table.setColumnHidden([each.id for each in PLACE_COLUMNS].index("id"), True)
        self.table.opened.connect(self._open)
        self.table.moved.connect(self._choose)
        self.pane = TablePane("Organisation", self.table, bench.look)
        self.pane.title.hide()
        self.pane.explain(
            ("The organisation was not read.", "The gaps on the Overview say what could not be read."),
            ("No place matches.", "Clear the words."),
        )
        self.words = QLineEdit()
        self.words.setObjectName("boundaries.filter")
        self.words.setAccessibleName("Filter units and accounts by words")
        self.words.setPlaceholderText("Filter by name or id  ( / )")
        self.words.textChanged.connect(self.table.rows.narrow)
        self.words.returnPressed.connect(self.table.setFocus)
        self.pane.empty.asked.connect(self.words.clear)
        lines: RowTableModel[Line] = RowTableModel((), bench.clock)
        self.policies = RowGrid(lines, bench.look, "boundaries.policies")
        self.policies.leads_to("Ask what it prevents")
        self.policies.stretch("says")
        self.policies.opened.connect(self._open_policy)
        self.policies.moved.connect(self._show_document)
        self.policies.followed.connect(self._follow)
        self.in_force = TablePane("Policies in force", self.policies, bench.look)
        self.in_force.explain(
            ("No policy binds this place.", "Nothing is attached here or above, as far as was read."),
            ("No policy matches.", ""),
        )
        self.where = paragraph("", "quiet")
        self.where.setObjectName("boundaries.place")
        self.box = PolicyBox(bench.look, "boundaries.policy")
        self._arrange()

    def load(self) -> None:
        """Show skeletons."""
        for pane in (self.pane, self.in_force):
            pane.load()
        self.box.clear()

    def begin(self, snapshot: Snapshot, names: Mapping[str, str], places: Sheet[PlaceRow]) -> None:
        """Show the tree, and again what was chosen in it."""
        self._snapshot, self._names = snapshot, names
        wanted = self._wanted or (self._place.id if self._place is not None else "")
        self._place = None
        self.pane.show_sheet(places)
        self.choose(wanted)

    def choose(self, place: str) -> None:
        """Show a place; the first without one."""
        self._wanted = place if self._snapshot is None else ""
        rows = self.table.rows.rows_shown()
        if not rows:
            self.in_force.show_sheet(sheet(NOTHING))
            return
        at = next((at for at, row in enumerate(rows) if row.id == place), 0)
        if self.table.current_place() == at:
            self._choose(at)
        self.table.go_to(at)

    def grids(self) -> Sequence[RowGrid]:
        """Return the tables."""
        return (self.table, self.policies)

    def _choose(self, at: int) -> None:
        snapshot, names, row = self._snapshot, self._names, self.table.rows.row_at(at)
        if snapshot is None:
            return
        self._place = row
        self.in_force.title.setText("Policies in force")
        self.where.setText(f"at {row.name} ({row.id})")
        self.policies.setAccessibleName(f"Policies in force at {row.name}")
        self._bench.jobs.start(
            lambda _stopped: (row, sheet(in_force_table(snapshot, row, names))), self._show_in_force
        )

    def _show_in_force(self, answer: tuple[PlaceRow, Sheet[Line]]) -> None:
        row, shown = answer
        if row is self._place:
            self.box.clear()
            self.in_force.show_sheet(shown)
            self.policies.go_to(0)

    def _show_document(self, at: int) -> None:
        about = self.policies.rows.row_at(at).about
        if isinstance(about, WrittenHere):
            self.box.show_policy(about.title, written_policy(about.written))
        else:
            self.box.clear()

    def _follow(self, at: int) -> None:
        about = self.policies.rows.row_at(at).about
        if isinstance(about, WrittenHere) and about.policy:
            self.chosen.emit(about.policy)

    def _open(self, at: int) -> None:
        row = self.table.rows.row_at(at)
        self.opening.emit(Opening(title=row.name, sequences=self.table.rows.evidence_at(at)))

    def _open_policy(self, at: int) -> None:
        row = self.policies.rows.row_at(at)
        title = f"{row.cells[1]}: {row.cells[2]}"
        self.opening.emit(Opening(title=title, sequences=self.policies.rows.evidence_at(at)))

    def _arrange(self) -> None:
        left = QWidget()
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, GAP, 0)
        beside.setSpacing(GAP)
        beside.addWidget(self.words)
        beside.addWidget(self.pane, 1)
        right = QSplitter(Qt.Orientation.Vertical, self)
        right.setChildrenCollapsible(False)
        above = QWidget()
        shown = QVBoxLayout(above)
        shown.setContentsMargins(0, 0, 0, 0)
        shown.setSpacing(4)
        shown.addWidget(self.where)
        shown.addWidget(self.in_force, 1)
        right.addWidget(above)
        right.addWidget(self.box)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([500, 700])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split, 1)
