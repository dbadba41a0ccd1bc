r"""Tables as CSV (RFC 4180) that a spreadsheet shows and does not run.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, however it is quoted, and AWS lets
people name things so. Such a cell gets an apostrophe in front, which spreadsheets read as "this is text".
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from console.views.table import Cell, Table
from console.views.text import inert

Row = TypeVar("Row")
NOT_KNOWN = "not known"
_FORMULA = frozenset("=+-@|%")
"""`|` and `%` begin formulas in older spreadsheets."""


def table_csv(table: Table[Row], *more: tuple[str, Callable[[Row], Cell]]) -> bytes:
    """Return a table as CSV, with `more` columns after its own; every cell is quoted."""
    heads = [column.title for column in table.columns] + [title for title, _ in more]
    rows = (
        [*cells, *(value(row) for _, value in more)]
        for row, cells in zip(table.rows, table.cells(), strict=True)
    )
    return rows_csv(heads, rows)


def rows_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows under their headings as CSV in UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([cell(head) for head in heads])
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def cell(value: Cell) -> str:
    """Return a cell as text that neither runs nor moves a cursor; a number stays one.

    >>> cell("=cmd|' /C calc'!A0"), cell(-3), cell(None)
    ("'=cmd|' /C calc'!A0", '-3', 'not known')
    """
    if value is None:
        return NOT_KNOWN
    if not isinstance(value, str):
        return str(value)
    text = inert(value)
    first = unicodedata.normalize("NFKC", text).lstrip()[:1]
    return f"'{text}" if first in _FORMULA and first else text
