"""The table model's orders, against sorting the values themselves."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from console.ui.tables import RowTableModel, sheet
from console.views.table import Column, Kind, Table

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
words = st.one_of(st.none(), st.text(max_size=3))
numbers = st.one_of(st.none(), st.integers(-9, 9), st.just("many"), st.decimals(-9, 9, places=2))


def ordered(values: list[Any], kind: Kind, order: Qt.SortOrder) -> list[Any]:
    columns = (Column("value", "Value", lambda row: row[1], kind),)
    model: RowTableModel[Any] = RowTableModel(columns, lambda: datetime(2026, 11, 23, tzinfo=UTC))
    model.show(sheet(Table(columns, tuple(enumerate(values)))))
    model.sort(0, order)
    return model.rows_shown()


@given(values=st.lists(words, max_size=12), order=st.sampled_from([UP, DOWN]))
def test_words_are_sorted_whatever_their_case_and_what_is_not_known_comes_first(
    values: list[str | None], order: Qt.SortOrder
) -> None:
    rows = list(enumerate(values))
    unknown = [row for row in rows if row[1] is None]
    known = [row for row in rows if row[1] is not None]
    expected = sorted(known, key=lambda row: str(row[1]).casefold(), reverse=order is DOWN)
    assert ordered(values, Kind.TEXT, order) == unknown + expected


@given(values=st.lists(numbers, max_size=12), order=st.sampled_from([UP, DOWN]))
def test_numbers_are_sorted_by_value_and_words_among_them_are_no_numbers(
    values: list[Any], order: Qt.SortOrder
) -> None:
    rows = list(enumerate(values))
    unknown = [row for row in rows if not isinstance(row[1], int | Decimal)]
    known = [row for row in rows if isinstance(row[1], int | Decimal)]
    expected = sorted(known, key=lambda row: row[1], reverse=order is DOWN)
    assert ordered(values, Kind.MONEY, order) == unknown + expected


@pytest.mark.parametrize("order", [UP, DOWN])
def test_unknown_stands_above_fail_either_way_round(order: Qt.SortOrder) -> None:
    verdicts = ["pass", "fail", "not applicable", "unknown", "fail"]
    found = [value for _, value in ordered(verdicts, Kind.VERDICT, order)]
    assert found.index("unknown") < found.index("fail")
    assert (found[0], found[-1]) == (
        ("unknown", "not applicable") if order is UP else ("not applicable", "fail")
    )


def test_states_and_severities_have_an_order_of_their_own() -> None:
    severities = ["low", "critical", "medium", "high"]
    assert [value for _, value in ordered(severities, Kind.SEVERITY, UP)] == [
        "critical",
        "high",
        "medium",
        "low",
    ]
    states = ["supported", "contradicted", "unknown"]
    assert [value for _, value in ordered(states, Kind.STATE, UP)] == ["contradicted", "unknown", "supported"]
