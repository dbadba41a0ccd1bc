"""Time as a value: asked for once at the edge, passed inwards as an argument."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present as an aware datetime."""


def system_clock() -> datetime:
    """Return the machine's time in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """Write an aware datetime in RFC 3339, UTC, to the millisecond; sorts as text.

    >>> stamp(datetime(2026, 11, 23, 14, 5, tzinfo=UTC))
    '2026-11-23T14:05:00.000Z'
    """
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be evidence")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_stamp(text: str) -> datetime:
    """Read what `stamp` wrote.

    >>> parse_stamp("2026-11-23T14:05:00.000Z").year
    2026
    """
    return datetime.fromisoformat(text)
