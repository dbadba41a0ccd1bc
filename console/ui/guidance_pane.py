"""The imported guidance beside the claims: which edition, what is new in it, and the forms that import and map."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from console.controls.guidance import Matching
from console.ui.form import PERSON, Asking, Field, Form, Said, actions
from console.ui.page import Bench
from console.ui.panes import Strip
from console.ui.tables import sheet
from console.ui.tabs import TabbedTables
from console.ui.words import paragraph
from console.views.guidance import GUIDANCE_COLUMNS, GuidanceRow, guidance_table
from console.views.names import count_words

_IMPORT = "Import the guidance"
_NAMED = 6
"""How many affected claims are named."""


class GuidancePane(QObject):
    """The widgets that the Claims page puts in their places."""

    done = Signal(str)
    """What was put into the ledger, in words."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.edition = paragraph("", "quiet")
        self.edition.setObjectName("claims.edition")
        self.lines = TabbedTables(bench, "claims.guidance", GUIDANCE_COLUMNS)
        self.lines.grid.leads_to("Map this line")
        self.lines.followed.connect(lambda _tab, row: self._map(row))
        self.lines.hide()
        self.strip = Strip(bench.look, "claims.strip")
        self.strip.asked.connect(self._toggle_lines)
        self.form = Form(bench, "claims.form")
        self.form.done.connect(self.done)
        self.buttons = actions(
            "claims",
            (("import", f"{_IMPORT} …", self._import), ("lines", "Show its lines", self._toggle_lines)),
            barred=bench.read_only,
            reads=("lines",),
        )

    def show_guidance(self, guidance: Matching | None) -> None:
        """Say which edition is in force and how it differs from the one that the console knows."""
        self.buttons["lines"].setVisible(guidance is not None)
        if guidance is None:
            self.edition.setText("The guidance is not imported: its own words are not shown.")
            self.strip.say("", "")
            self.lines.hide()
            return
        self.edition.setText(f"Guidance: {guidance.edition.name}")
        said = []
        if guidance.unmatched:
            said.append(count_words(len(guidance.unmatched), "line is new", "lines are new"))
        if guidance.affected:
            named = ", ".join(guidance.affected[:_NAMED])
            more = f" and {len(guidance.affected) - _NAMED:,} more" if len(guidance.affected) > _NAMED else ""
            said.append(f"it has no line for {named}{more}")
        differs = f"This edition of the guidance differs: {'; '.join(said)}." if said else ""
        self.strip.say(differs, "Show its lines")
        table = guidance_table(guidance)
        new = replace(table, rows=tuple(row for row in table.rows if row.known_by == "nothing"))
        tabs = {"new": ("New lines", sheet(new), "text"), "all": ("All lines", sheet(table), "text")}
        self.lines.show_sheets("Guidance", tabs)

    def _toggle_lines(self) -> None:
        self.lines.setVisible(self.lines.isHidden())
        self.buttons["lines"].setText("Show its lines" if self.lines.isHidden() else "Hide its lines")
        if not self.lines.isHidden():
            self.lines.grid.setFocus()
            self.lines.grid.go_to(0)

    def _import(self) -> None:
        office = self._bench.office()

        def do(said: Said) -> str:
            found = office.import_guidance(Path(said["file"]), said["person"])
            known = len(found.edition.lines) - len(found.unmatched)
            return f"{found.edition.name} is imported: {known:,} of {len(found.edition.lines):,} lines are known."

        fields = (Field(name="file", words="File", hint="Plain text in UTF-8", opens="open"), PERSON)
        words = "The text stays in this encrypted store: no pack carries it."
        self.form.ask(Asking(title=_IMPORT, explanation=words, fields=fields, send="Import", do=do))

    def _map(self, row: GuidanceRow) -> None:
        office = self._bench.office()

        def do(said: Said) -> str:
            claims = said["claims"].replace(",", " ").split()
            office.map_line(str(row.line.number), claims, said["person"])
            return f"Line {row.line.number} stands for {', '.join(claims) or 'no claim'}."

        hint, value = "Such as S15 S16; none if it states none", " ".join(row.claims)
        fields = (Field(name="claims", words="Claims", hint=hint, value=value), PERSON)
        title = f"Map line {row.line.number}"
        self.form.ask(Asking(title=title, explanation=row.text, fields=fields, send="Map", do=do))
