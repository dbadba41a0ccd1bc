"""One claim: what is claimed, what it rests on, and beneath it its accounts, findings and attestations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.controls.base import Control
from console.controls.duties import Duties
from console.ui.page import Bench, Target
from console.ui.panes import GAP
from console.ui.tables import Sheet, sheet
from console.ui.tabs import TabbedTables
from console.ui.words import label, paragraph
from console.views.claims import (
    CLAIM_ACCOUNT_COLUMNS,
    ClaimReport,
    ClaimRow,
    Judged,
    Unit,
    claim_accounts_table,
)
from console.views.duties import attestations_table
from console.views.findings import DUTY_COLUMNS, FINDING_COLUMNS, Work, findings_table

_WORDS_PIXELS = 380


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim made ready to be drawn."""

    row: ClaimRow
    sheets: dict[str, tuple[str, Sheet[Any], str]]


def read_claim(
    report: ClaimReport, judged: Judged, unit: Unit, row: ClaimRow, controls: Sequence[Control]
) -> ShownClaim:
    """Gather what lies beneath one claim; runs in a job."""
    standings = [
        report.standings[account][row.claim.id] for account in unit.accounts if account in report.standings
    ]
    findings = list(dict.fromkeys(each for standing in standings for each in standing.findings))
    mine = tuple(each for each in judged.duties.attestations if row.claim.id in each.claims)
    work = Work(duties=judged.duties, today=judged.rules.today)
    columns = (*FINDING_COLUMNS, *DUTY_COLUMNS)
    return ShownClaim(
        row,
        {
            "accounts": ("Accounts", sheet(claim_accounts_table(report, unit, row.claim.id)), "because"),
            "findings": (
                "Findings",
                sheet(findings_table(findings, controls, report.names, work, columns)),
                "because",
            ),
            "attestations": (
                "Attestations",
                sheet(attestations_table(Duties(attestations=mine), judged.rules)),
                "statement",
            ),
        },
    )


class ClaimPane(QWidget):
    """Shows a `ShownClaim`."""

    opening = Signal(object)
    leading = Signal(object)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.name = label("Choose a claim", "heading")
        self.name.setObjectName("claim.name")
        self.words = paragraph("", "strong")
        self.basis = paragraph("", "quiet")
        self.guidance = paragraph("")
        self.guidance.setObjectName("claim.guidance")
        self.reality = paragraph("")
        self.reality.setObjectName("claim.reality")
        self.tables = TabbedTables(bench, "claim", CLAIM_ACCOUNT_COLUMNS)
        self.tables.opening.connect(self.opening)
        self.tables.followed.connect(self._follow)
        self.tables.grid.leads_to("Show it on its own page")
        said = QWidget()
        column = QVBoxLayout(said)
        column.setContentsMargins(0, 0, GAP, 0)
        column.setSpacing(GAP)
        for each in (self.words, self.guidance, self.reality, self.basis):
            column.addWidget(each)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setAccessibleName("What is claimed")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(said)
        scroll.setFixedWidth(_WORDS_PIXELS)
        left = QVBoxLayout()
        left.addWidget(self.name)
        left.addWidget(scroll, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, GAP, 0, 0)
        row.setSpacing(GAP * 2)
        row.addLayout(left)
        row.addWidget(self.tables, 1)

    def load(self) -> None:
        """Show that it is being read."""
        self.tables.load()

    def show_claim(self, shown: ShownClaim) -> None:
        """Show one claim."""
        claim = shown.row.claim
        self.name.setText(f"{claim.id}  {claim.heading}")
        self.words.setText(claim.words)
        self.guidance.setText(f"The guidance says: {shown.row.guidance}" if shown.row.guidance else "")
        self.guidance.setVisible(bool(shown.row.guidance))
        self.reality.setText(f"Not without conditions: {claim.reality}" if claim.reality else "")
        self.reality.setVisible(bool(claim.reality))
        self.basis.setText(f"Rests on {claim.basis.value}. Now {shown.row.state.value}: {shown.row.because}.")
        self.tables.show_sheets(f"Claim {claim.id}", shown.sheets)

    def _follow(self, tab: str, row: Any) -> None:  # noqa: ANN401 - a row of whichever tab
        if tab == "accounts":
            self.leading.emit(Target("accounts", {"account": row.account_id}))
        elif tab == "findings":
            self.leading.emit(
                Target("findings", {"control": row.finding.control_id, "words": row.finding.subject})
            )
        else:
            self.leading.emit(Target("attestations", {"attestation": row.attestation.id}))
