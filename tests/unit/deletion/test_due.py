"""The statutory clock."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.deletion.due import Stop, fixed_due, months_after, statutory_due, working_day

DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 9, 3), date(2026, 10, 5)),  # the third is a Saturday
        (date(2026, 3, 31), date(2026, 4, 30)),
        (date(2027, 1, 29), date(2027, 3, 1)),  # no 29 February; the 28th is a Sunday
        (date(2026, 11, 24), date(2026, 12, 24)),
    ],
)
def test_a_month_is_counted_as_the_commissioner_counts_it(received: date, due: date) -> None:
    found = statutory_due(received, is_extended=False, stops=(), today=received)
    assert found.on == due
    assert found.days_left == (due - received).days


def test_an_extension_adds_two_months_and_a_stop_its_days() -> None:
    received, today = date(2026, 3, 2), date(2026, 3, 20)
    extended = statutory_due(received, is_extended=True, stops=(), today=today)
    assert extended.on == date(2026, 6, 2)
    stops = [Stop(date(2026, 3, 5), date(2026, 3, 12)), Stop(date(2026, 3, 18), None)]
    stopped = statutory_due(received, is_extended=False, stops=stops, today=today)
    assert stopped.on == working_day(date(2026, 4, 2) + timedelta(days=9))
    assert stopped.is_stopped
    assert not stopped.is_overdue


@given(DAYS, st.integers(0, 400))
def test_while_the_clock_stands_nothing_comes_nearer(received: date, days: int) -> None:
    today = received + timedelta(days=days)
    stops = [Stop(received, None)]
    left = [
        statutory_due(received, is_extended=False, stops=stops, today=each).days_left
        for each in (received, today)
    ]
    assert left[1] >= left[0] - 2
    assert left[1] <= left[0] + 2


@given(DAYS, st.integers(0, 36))
def test_a_month_later_is_never_past_its_end(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


def test_what_no_statute_times_is_due_when_it_was_said() -> None:
    due = fixed_due(date(2026, 11, 20), date(2026, 11, 24))
    assert due.is_overdue
    assert due.days_left == -4
