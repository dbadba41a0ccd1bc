"""Tables whose columns differ from one to the next: rows of cells, each with what it opens to."""

from collections.abc import Iterable
from dataclasses import dataclass

from console.views.table import Cell, Column, Kind, Table

Headings = tuple[tuple[str, str, Kind], ...]
"""Id, title and kind of each column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row."""

    cells: tuple[Cell, ...]
    evidence: tuple[int, ...] = ()
    is_gap: bool = False
    """Whether it stands for something that could not be read."""
    about: object = None
    """What the row is about, to be shown beside it."""
    leads: str = ""
    """The principal to which the row leads."""


def lines_table(headings: Headings, lines: Iterable[Line]) -> Table[Line]:
    """Return the lines under their headings; a line with fewer cells says all in those."""
    columns = tuple(_column(place, *heading) for place, heading in enumerate(headings))
    return Table(columns, tuple(lines), evidence=lambda line: line.evidence)


def _column(place: int, id_: str, title: str, kind: Kind) -> Column[Line]:
    return Column(id_, title, lambda line: line.cells[place] if place < len(line.cells) else None, kind)


NOTHING: Table[Line] = lines_table((), ())
"""A table before there is anything to show."""
