"""The tables as one workbook (XLSX): a sheet each, text that is never a formula, dates of the evidence's own.

The file is a zip. It is packed again without compressing, so that no compressor has a say in its bytes.
"""

import io
import zipfile
from collections.abc import Sequence

from console.base.clock import parse_stamp
from console.reports.csv import NOT_KNOWN
from console.reports.tables import PackTable
from console.views.table import Cell
from console.views.text import inert

_LONGEST = 32_000
"""Characters of a cell; a spreadsheet holds 32,767 and drops a longer one without a word."""
_CUT = " … (cut: the .csv file has all of it)"
_WIDEST = 60
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_MOST_ROWS = 1_048_000
"""A sheet holds 1,048,576."""


def workbook(tables: Sequence[PackTable], at: str) -> bytes:
    """Return the workbook; `at` is the stamp that stands in it as its date."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only when packing

    made = io.BytesIO()
    options = {
        "constant_memory": False,
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = Workbook(made, options)
    book.set_properties(
        {"title": "Amazon Bedrock assurance: tables", "created": parse_stamp(at).replace(tzinfo=None)}
    )
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for table in tables:
        sheet = book.add_worksheet(table.title)
        sheet.freeze_panes(1, 0)
        for at_column, name in enumerate(table.heads):
            sheet.write_string(0, at_column, name, head)
            width = max([len(name), *(len(str(row[at_column] or "")) for row in table.rows[:200])])
            sheet.set_column(at_column, at_column, min(width + 2, _WIDEST))
        for at_row, row in enumerate(table.rows[:_MOST_ROWS], 1):
            for at_column, value in enumerate(row):
                if isinstance(value, (int, float)):
                    sheet.write_number(at_row, at_column, value, body)
                else:
                    sheet.write_string(at_row, at_column, _text(value), body)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)
    book.close()
    return _stored(made)


def _text(value: Cell) -> str:
    text = NOT_KNOWN if value is None else inert(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + _CUT


def _stored(made: io.BytesIO) -> bytes:
    """Return the same zip without compression."""
    again = io.BytesIO()
    with zipfile.ZipFile(made) as read, zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as written:
        for name in read.namelist():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            written.writestr(entry, read.read(name))
    return again.getvalue()
