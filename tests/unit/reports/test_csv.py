import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.reports.csv import NOT_KNOWN, cell, rows_csv, table_csv
from console.views.table import Column, Table
from console.views.text import inert

TABLE: Table[str] = Table(
    (Column("a", "A", lambda row: row), Column("b", "=B", len)),
    ("x", "=1"),
)
CELLS = st.one_of(
    st.none(),
    st.integers(),
    st.text(),
    st.builds(
        str.__add__,
        st.sampled_from(["=", "+", "-", "@", "\uff1d", " =", "\t=", "\r", "|", "%", '"', "'"]),
        st.text(),
    ),
)


def read(text: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.decode("utf-8"), newline="")))


@given(CELLS)
def test_no_text_begins_as_a_formula_or_moves_a_cursor(value: object) -> None:
    written = cell(value)
    assert written == inert(written)
    if isinstance(value, str):
        assert unicodedata.normalize("NFKC", written).lstrip()[:1] not in tuple("=+-@|%\t\r")
        assert written.removeprefix("'") == inert(value).removeprefix("'")


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=5))
def test_every_row_reads_back_as_the_cells_that_were_written(rows: list[list[object]]) -> None:
    text = rows_csv(["a", "b"], rows)
    assert read(text) == [["a", "b"], *([cell(value) for value in row] for row in rows)]
    assert text.count(b"\r\n") == len(rows) + 1
    assert text.count(b"\n") == len(rows) + 1


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("@SUM(1)", "'@SUM(1)"),
        ("-2+3", "'-2+3"),
        (-2, "-2"),
        (None, NOT_KNOWN),
        ("", ""),
        ("a\u202eb", "a\\u202eb"),
        ("=\n", "'=\\u000a"),
    ],
)
def test_cells_are_written_as_text(value: object, written: str) -> None:
    assert cell(value) == written


def test_a_table_is_written_with_its_titles_and_further_columns() -> None:
    assert read(table_csv(TABLE, ("C", str.upper))) == [
        ["A", "'=B", "C"],
        ["x", "1", "X"],
        ["'=1", "2", "'=1"],
    ]
