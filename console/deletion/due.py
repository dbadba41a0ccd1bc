"""The statutory clock: one month, counted as the Information Commissioner counts it, with extensions and stops."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5
_MONTHS, _EXTENDED_MONTHS = 1, 3


@dataclass(frozen=True, slots=True)
class Stop:
    """A time in which the clock stood, because the person was asked to clarify or to prove who they are."""

    on: date
    until: date | None
    """The day on which the answer came; None while it is awaited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a request is due, and how its clock stands."""

    on: date
    is_stopped: bool
    is_extended: bool
    days_left: int
    """Until the due day; below 0 when it is past. While the clock stands: counted from today."""

    @property
    def is_overdue(self) -> bool:
        """Tell whether the due day is past; it never is while the clock stands."""
        return self.days_left < 0 and not self.is_stopped


def months_after(day: date, months: int) -> date:
    """Return the corresponding day of a later month, or that month's last day where it has none.

    >>> months_after(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def working_day(day: date) -> date:
    """Return the day itself, or the Monday after if it falls on a weekend. Bank holidays are not known here.

    >>> working_day(date(2026, 11, 28))
    datetime.date(2026, 11, 30)
    """
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= _SATURDAY else day


def statutory_due(received: date, *, is_extended: bool, stops: Sequence[Stop], today: date) -> Due:
    """Return when a request of a person is due: the days for which the clock stood are put to its end."""
    stood = sum(max(0, ((stop.until or today) - stop.on).days) for stop in stops)
    months = _EXTENDED_MONTHS if is_extended else _MONTHS
    on = working_day(months_after(received, months) + timedelta(days=stood))
    return Due(
        on=on,
        is_stopped=any(stop.until is None for stop in stops),
        is_extended=is_extended,
        days_left=(on - today).days,
    )


def fixed_due(on: date, today: date) -> Due:
    """Return the due day of what no statute times: it is what the department set."""
    return Due(on=on, is_stopped=False, is_extended=False, days_left=(on - today).days)
