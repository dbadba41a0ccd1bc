"""What a policy does, as two tables: by capability, and by the principals for whom something changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from console.services.ask import Asked
from console.services.effects import Effect
from console.ui.grid import RowGrid
from console.ui.page import Bench, Opening, Target
from console.ui.panes import GAP, TablePane
from console.ui.tables import RowTableModel, Sheet, sheet
from console.ui.words import paragraph
from console.views.effects import About, changes_table, effect_in_words, effect_table
from console.views.lines import NOTHING, Line


@dataclass(frozen=True, slots=True)
class ShownEffect:
    """An effect made ready to be drawn."""

    sentence: str
    capabilities: Sheet[Line]
    principals: Sheet[Line]


def shown_effect(effect: Effect, asked: Asked, about: About) -> ShownEffect:
    """Build the tables; runs in the thread that asked."""
    unseen = [(each.account, each.reason) for each in asked.unseen]
    return ShownEffect(
        effect_in_words(effect.before, effect.after, len(unseen)),
        sheet(effect_table(effect.before, effect.after, about)),
        sheet(changes_table(effect.before, effect.after, unseen, about)),
    )


class EffectTables(QWidget):
    """Shows an effect; a capability narrows the principals below it."""

    opening = Signal(object)
    leading = Signal(object)

    def __init__(self, bench: Bench, name: str) -> None:
        super().__init__()
        self.sentence = paragraph("", "strong")
        self.sentence.setObjectName(f"{name}.sentence")
        models: list[RowTableModel[Line]] = [RowTableModel((), bench.clock) for _ in range(2)]
        self.capabilities = RowGrid(models[0], bench.look, f"{name}.capabilities")
        self.capabilities.stretch("capability")
        self.capabilities.opened.connect(lambda at: self._open(self.capabilities, at))
        self.capabilities.followed.connect(self._narrow)
        self.capabilities.leads_to("Show for whom it changes")
        self.principals = RowGrid(models[1], bench.look, f"{name}.principals")
        self.principals.stretch("after")
        self.principals.opened.connect(lambda at: self._open(self.principals, at))
        self.principals.followed.connect(self._follow)
        self.principals.leads_to("Show it on the Access page")
        self.above = TablePane("Before and after, by capability", self.capabilities, bench.look)
        self.below = TablePane("For whom something changes", self.principals, bench.look)
        self.below.empty.asked.connect(lambda: self.principals.rows.narrow(""))
        self.say_nothing("Nobody has been asked yet.", "Choose a policy and ask.")
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        for pane in (self.above, self.below):
            split.addWidget(pane)
            split.setStretchFactor(split.count() - 1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.sentence)
        column.addWidget(split, 1)

    def grids(self) -> Sequence[RowGrid]:
        """Return the tables."""
        return (self.capabilities, self.principals)

    def load(self) -> None:
        """Show that everybody is being asked."""
        self.sentence.hide()
        for pane in (self.above, self.below):
            pane.skeleton.say("Asking everybody …")
            pane.load()

    def say_nothing(self, why: str, what: str) -> None:
        """Show no rows, and why."""
        self.sentence.hide()
        for pane in (self.above, self.below):
            pane.explain((why, what), ("Nothing changes for anybody.", "Of this capability, that is."))
            pane.show_sheet(sheet(NOTHING))

    def show_effect(self, shown: ShownEffect) -> None:
        """Show an effect."""
        self.sentence.setText(shown.sentence)
        self.sentence.show()
        self.below.explain(
            ("Nothing changes for anybody.", "Everybody who was asked can do what they could do without it."),
            ("Nothing changes for anybody.", "Of this capability, that is."),
        )
        self.principals.rows.narrow("")
        self.above.show_sheet(shown.capabilities)
        self.below.show_sheet(shown.principals)
        self.capabilities.go_to(0)
        self.principals.go_to(0)
        self.capabilities.setFocus()

    def _narrow(self, at: int) -> None:
        wanted = self.capabilities.rows.row_at(at).about
        self.principals.rows.narrow("", lambda row: row.is_gap or row.about == wanted)
        self.principals.setFocus()
        self.principals.go_to(0)

    def _follow(self, at: int) -> None:
        principal = self.principals.rows.row_at(at).leads
        if principal:
            self.leading.emit(Target("access", {"principal": principal}))

    def _open(self, grid: RowGrid, at: int) -> None:
        row: Any = grid.rows.row_at(at)
        self.opening.emit(
            Opening(
                title=f"{row.cells[0]}: {row.cells[1]}",
                sequences=grid.rows.evidence_at(at),
                nothing="A draft is nobody's evidence: it was never attached.",
            )
        )
