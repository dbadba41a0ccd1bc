"""The Controls page: what each control asks, how it came out, why it matters and what puts it right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from console.controls.base import Control
from console.services.catalogues import claim_catalogue, frameworks
from console.ui.desk import Latest
from console.ui.grid import RowGrid
from console.ui.page import Bench, Opening, Page, PageWidget, Target
from console.ui.panes import GAP, TablePane
from console.ui.tables import RowTableModel, Sheet, sheet
from console.ui.words import label, paragraph
from console.views.controls import CATALOGUE_COLUMNS, CatalogueRow, catalogue_table
from console.views.names import kind_words


def read(latest: Latest, controls: tuple[Control, ...]) -> Sheet[CatalogueRow]:
    """Build the catalogue."""
    return sheet(catalogue_table(latest.assessment.findings, controls, frameworks()))


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    words: str


_PARTS = (
    _Part("rationale", "Why it is asked"),
    _Part("remedy", "What puts it right"),
    _Part("reads", "Evidence that it reads"),
    _Part("claims", "Claims it bears on"),
    _Part("entries", "Framework entries they serve"),
    _Part("references", "References"),
)


class ControlsPage(PageWidget):
    """The catalogue above, the chosen control below."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._wanted = ""
        self.table = RowGrid(RowTableModel(CATALOGUE_COLUMNS, bench.clock), bench.look, "controls.table")
        self.table.leads_to("Show its findings")
        self.table.stretch("title")
        self.table.opened.connect(self._open)
        self.table.moved.connect(self._show)
        self.table.followed.connect(lambda at: self.leading.emit(_findings_of(self.table.rows.row_at(at))))
        self.pane = TablePane("Controls", self.table, bench.look)
        self.pane.title.hide()
        self.pane.explain(
            ("This build has no control.", "Run the self-test."),
            ("No control matches.", "Clear the words."),
        )
        self.words = QLineEdit()
        self.words.setObjectName("controls.filter")
        self.words.setAccessibleName("Filter controls by words")
        self.words.setPlaceholderText("Filter by id, words, severity or claim  ( / )")
        self.words.textChanged.connect(self.table.rows.narrow)
        self.words.returnPressed.connect(self.table.setFocus)
        self.pane.empty.asked.connect(self.words.clear)
        self.name = label("Choose a control", "heading")
        self.name.setObjectName("control.name")
        self.parts = {part.name: paragraph() for part in _PARTS}
        self.findings = QPushButton("Show its findings")
        self.findings.setObjectName("control.findings")
        self.findings.setProperty("weight", "link")
        self.findings.clicked.connect(self.table.follow_current)
        self._arrange()

    def load(self) -> None:
        """Show the skeleton."""
        self.pane.load()

    def show_evidence(self, shown: Any) -> None:  # noqa: ANN401 - what `read` returned
        """Show the catalogue, and in it the control that was chosen before."""
        place = self.table.current_place()
        self._wanted = self._wanted or (self.table.rows.row_at(place).control.id if place >= 0 else "")
        self.pane.show_sheet(shown)
        self._choose()

    def accept(self, request: dict[str, str]) -> None:
        """Choose a control."""
        self.words.clear()
        self._wanted = request.get("control", "")
        self._choose()
        self.table.setFocus()

    def grids(self) -> Sequence[RowGrid]:
        """Return the table."""
        return (self.table,)

    def filter_box(self) -> QLineEdit:
        """Return the filter box."""
        return self.words

    def _choose(self) -> None:
        rows = self.table.rows
        ids = [rows.row_at(at).control.id for at in range(rows.rowCount())]
        if ids:
            self.table.go_to(ids.index(self._wanted) if self._wanted in ids else 0)
            self._show(self.table.current_place())

    def _show(self, at: int) -> None:
        row = self.table.rows.row_at(at)
        control = row.control
        claims = [claim for each in control.claims if (claim := claim_catalogue().claim(each))]
        self.name.setText(f"{control.id}  {control.title}")
        said = {
            "rationale": control.rationale,
            "remedy": control.remedy,
            "reads": ", ".join(f"{kind_words(kind)} ({kind})" for kind in control.reads),
            "claims": "\n".join(f"{claim.id}  {claim.words}" for claim in claims) or "None",
            "entries": ", ".join(row.entries) or "None",
            "references": "\n".join(control.references) or "None",
        }
        for name, words in said.items():
            self.parts[name].setText(words)

    def _open(self, at: int) -> None:
        row = self.table.rows.row_at(at)
        self.opening.emit(
            Opening(
                title=f"{row.control.id}: {row.control.title}",
                sequences=self.table.rows.evidence_at(at),
                lead_words="Show its findings",
                lead=_findings_of(row),
            )
        )

    def _arrange(self) -> None:
        inner = QWidget()
        form = QFormLayout(inner)
        form.setContentsMargins(0, 0, GAP, 0)
        form.setHorizontalSpacing(GAP * 2)
        form.setVerticalSpacing(GAP)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for part in _PARTS:
            form.addRow(label(part.words, "quiet"), self.parts[part.name])
        scroll = QScrollArea()
        scroll.setAccessibleName("The chosen control")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        below = QWidget()
        around = QVBoxLayout(below)
        around.setContentsMargins(0, GAP, 0, 0)
        around.setSpacing(GAP)
        around.addWidget(self.name)
        around.addWidget(scroll, 1)
        around.addWidget(self.findings, 0, Qt.AlignmentFlag.AlignLeft)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        for each, share in ((self.pane, 3), (below, 2)):
            each.setMinimumHeight(180)
            split.addWidget(each)
            split.setStretchFactor(split.count() - 1, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(GAP)
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.words, 1)
        top.addWidget(self.pane.count)
        column.addLayout(top)
        column.addWidget(split, 1)


def _findings_of(row: CatalogueRow) -> Target:
    return Target("findings", {"control": row.control.id})


PAGE = Page(
    name="controls",
    title="Controls",
    icon="controls",
    group="Posture",
    order=5,
    read=read,
    widget=ControlsPage,
)
