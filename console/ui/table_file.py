"""A table as a file: the rows that are shown, in the columns that are shown, as CSV that a spreadsheet does not run."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from console.base.errors import ConsoleError
from console.reports.csv import rows_csv
from console.ui.bars import Notice
from console.ui.grid import RowGrid
from console.ui.jobs import Jobs
from console.views.names import count_words
from console.views.table import Cell
from console.views.text import inert


class TableFileError(ConsoleError):
    """A table could not be written to a file."""

    code = "UI-002"
    remedy = "Choose a folder that can be written to, and a name that is free."


class TableFiles:
    """Writes tables beside the window, and says where they went."""

    def __init__(self, window: QWidget, jobs: Jobs, notice: Notice) -> None:
        self._window = window
        self._jobs = jobs
        self._notice = notice

    def ask(self, grid: RowGrid) -> None:
        """Ask where a table is to go, and write it there."""
        name = f"{grid.chosen.name.replace('.table', '')}.csv"
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Export table as CSV", name, "CSV (*.csv)")
        if chosen:
            self.write(grid, Path(chosen))

    def write(self, grid: RowGrid, file: Path) -> None:
        """Write a table's rows as they are shown."""
        shown = grid.columns_shown()
        heads = [grid.rows.columns[at].title for at in shown]
        rows = grid.rows.values_shown(shown)
        self._jobs.start(
            lambda _stopped: _write(file, heads, rows),
            lambda _written: self._notice.say(
                f"{count_words(len(rows), 'row was', 'rows were')} written to {inert(file)}.",
                "A table is not signed; to hand evidence over, export a pack.",
                is_refusal=False,
            ),
        )


def _write(file: Path, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    try:
        file.write_bytes(rows_csv(heads, rows))
    except OSError as error:
        raise TableFileError(f"{file} could not be written: {error.strerror}") from error
