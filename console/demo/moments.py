"""Moments in an answer: fixed ones, and those that lie so many days before or after the day on which it is given."""

import re
from datetime import UTC, datetime, time, timedelta

from botocore.utils import parse_to_aware_datetime

_SHIFT = re.compile(r"(-?)P(\d+)D")


def days_ago(days: int) -> str:
    """Return how an estate says a moment so many days before it is asked for; a negative number lies ahead.

    >>> days_ago(12), days_ago(-30)
    ('-P12D', 'P30D')
    """
    return f"-P{days}D" if days >= 0 else f"P{-days}D"


def moment_of(value: object) -> datetime:
    """Return the moment that a value in an answer stands for: to the day, so that it is the same all day."""
    shift = _SHIFT.fullmatch(value) if isinstance(value, str) else None
    if shift is None:
        found: datetime = parse_to_aware_datetime(value)
        return found
    days = timedelta(days=int(shift[2]))
    midnight = datetime.combine(datetime.now(UTC).date(), time(), UTC)
    return midnight - days if shift[1] else midnight + days
