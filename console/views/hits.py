"""What guardrails caught, in words and in sums: by day, by policy, by who called."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from console.base.errors import ConsoleError
from console.usage.dictionary import Query
from console.usage.record import Guarded
from console.usage.sums import Sums
from console.views.table import Column, Kind, Table
from console.views.text import inert

EPOCH = date(1970, 1, 1)
NOT_SAID = "not said in the log"
_WORDS: Mapping[str, Mapping[str, str]] = {
    "origin": {
        "REQUEST": "asked for by the caller",
        "ACCOUNT_ENFORCED": "enforced by the account",
        "ORGANIZATION_ENFORCED": "enforced by the organisation",
    },
    "policy": {
        "content": "harmful content",
        "topic": "denied topic",
        "word": "word list",
        "sensitive information": "personal information",
        "contextual grounding": "unfounded answer",
        "automated reasoning": "automated reasoning",
    },
    "action": {
        "BLOCKED": "blocked",
        "ANONYMIZED": "masked",
        "NONE": "noticed only",
        "INTERVENED": "stepped in",
    },
    "side": {"input": "what was asked", "output": "what was answered"},
}
"""AWS's words as an officer reads them."""
_ALWAYS = frozenset(_WORDS) | {"guardrail", "type", "identity", "model"}
_NOTICED = frozenset({"NONE"})
GUARDED_WORDS: Mapping[Guarded, str] = {
    Guarded.CAUGHT: "a guardrail stepped in",
    Guarded.NOTICED: "a guardrail noticed something and let it pass",
    Guarded.ASSESSED: "a guardrail was asked and caught nothing",
    Guarded.NONE_SEEN: "no guardrail at all",
    Guarded.UNTOLD: "the log has no text, so it cannot be told",
}


def shown_words(column: str, value: str) -> str:
    """Return a column's value as it is shown.

    >>> shown_words("origin", "REQUEST")
    'asked for by the caller'
    """
    if not value and column in _ALWAYS:
        return NOT_SAID
    return _WORDS.get(column, {}).get(value) or inert(value)


def day_of(number: int) -> date:
    """Return the day that is so many after the first of 1970."""
    return EPOCH + timedelta(days=number)


def day_words(number: int) -> str:
    """Return the day that is so many after the first of 1970, as it is read.

    >>> day_words(20_777)
    '20 November 2026'
    """
    day = day_of(number)
    return f"{day.day} {day:%B %Y}"


def day_number(day: date) -> int:
    """Return how many days after the first of 1970 a day is."""
    return (day - EPOCH).days


class BadDaysError(ConsoleError):
    """Two days are no span of time."""

    code = "VIE-001"
    remedy = "Give both days as YYYY-MM-DD, the first not after the last."


_TO = " to "
_REQUEST = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def days_between(first: str, last: str) -> str:
    """Return a span of days in the form in which it is shown and kept; raise `BadDaysError` if it is none.

    >>> days_between(" 2026-11-01 ", "2026-11-03")
    '2026-11-01 to 2026-11-03'
    """
    try:
        begin, end = date.fromisoformat(first.strip()), date.fromisoformat(last.strip())
    except ValueError:
        raise BadDaysError("that is no day") from None
    if begin > end:
        raise BadDaysError(f"{begin} is after {end}")
    return f"{begin}{_TO}{end}"


def span_of(days: str) -> tuple[int, int]:
    """Return the first and the last day of a span, counted from 1970.

    >>> span_of("1970-01-02 to 1970-01-04")
    (1, 3)
    """
    first, _, last = days.partition(_TO)
    return day_number(date.fromisoformat(first)), day_number(date.fromisoformat(last))


def is_span(days: str) -> bool:
    """Tell whether words are a span of days."""
    first, _, last = days.partition(_TO)
    try:
        return days_between(first, last) == days
    except BadDaysError:
        return False


def request_in(words: str) -> str:
    """Return the request id that words are; empty if they are none.

    >>> request_in(" 0F0E0D0C-0b0a-0908-0706-050403020100"), request_in("topic")
    ('0f0e0d0c-0b0a-0908-0706-050403020100', '')
    """
    said = words.strip().lower()
    return said if _REQUEST.fullmatch(said) else ""


def moment_words(seconds: int) -> str:
    """Return a moment as a stamp.

    >>> moment_words(0)
    '1970-01-01T00:00:00Z'
    """
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Counted:
    """Something, and how often."""

    words: str
    value: str
    """As the log has it, to narrow by."""
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """One day of a trend: how many hits of each policy; None on a day on which no log was read."""

    day: str
    counts: Mapping[str, int] | None
    """By the policy in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What the calls of a query came to."""

    calls: int
    stopped: int
    """Calls in which a guardrail stepped in."""
    noticed: int
    assessed: int
    unguarded: int
    untold: int
    hits: int
    detect_only: int
    """Hits in which a guardrail noticed and let pass."""


def totals(sums: Sums, query: Query) -> Totals:
    """Count calls by what is known of guardrails, and the hits."""
    calls = {each: sums.calls(query, (each,)) for each in Guarded}
    noticed = Query(
        words=query.words,
        chosen={**query.chosen, "action": query.chosen.get("action", _NOTICED) & _NOTICED},
        first_day=query.first_day,
        last_day=query.last_day,
    )
    return Totals(
        calls=sum(calls.values()),
        stopped=calls[Guarded.CAUGHT],
        noticed=calls[Guarded.NOTICED],
        assessed=calls[Guarded.ASSESSED],
        unguarded=calls[Guarded.NONE_SEEN],
        untold=calls[Guarded.UNTOLD],
        hits=sums.hits(query),
        detect_only=sums.hits(noticed),
    )


def top(
    sums: Sums, query: Query, column: str, most: int, called: Callable[[str, str], str] = shown_words
) -> list[Counted]:
    """Return the values of a column with the most hits."""
    return [
        Counted(called(column, name[0]), name[0], count) for name, count in sums.hits_by(query, column)[:most]
    ]


def unguarded(sums: Sums, query: Query) -> list[tuple[tuple[str, ...], int]]:
    """Return who called what without any guardrail: account, identity, model and operation, most calls first."""
    return sums.calls_by(query, "account", "identity", "model", "operation", guarded=(Guarded.NONE_SEEN,))


def trend(sums: Sums, query: Query) -> list[DayCount]:
    """Return each day from the first to the last, those too on which nothing was caught, or no log was read."""
    days = sums.days
    if days is None:
        return []
    first = days[0] if query.first_day is None else query.first_day
    last = days[1] if query.last_day is None else query.last_day
    caught = sums.hits_by_day(query, "policy")
    read = sums.calls_by_day(Query(first_day=first, last_day=last))
    return [
        DayCount(
            day=day_of(day).isoformat(),
            counts={shown_words("policy", policy): count for policy, count in caught.get(day, {}).items()}
            if day in read
            else None,
        )
        for day in range(first, last + 1)
    ]


def policies_of(days: Iterable[DayCount]) -> list[str]:
    """Return the policies of a trend, those with the most hits first."""
    found: dict[str, int] = {}
    for each in days:
        for policy, count in (each.counts or {}).items():
            found[policy] = found.get(policy, 0) + count
    return sorted(found, key=lambda policy: (-found[policy], policy))


def trend_table(days: list[DayCount]) -> Table[DayCount]:
    """Build the numbers of a trend, a day a row, the newest first."""

    def count(policy: str) -> Column[DayCount]:
        return Column(
            policy.replace(" ", "_"),
            policy[0].upper() + policy[1:],
            lambda row: None if row.counts is None else row.counts.get(policy, 0),
            Kind.NUMBER,
        )

    day: Column[DayCount] = Column("day", "Day", lambda row: row.day)
    whole: Column[DayCount] = Column(
        "all", "All", lambda row: None if row.counts is None else sum(row.counts.values()), Kind.NUMBER
    )
    columns = (
        day,
        *(count(policy) for policy in policies_of(days)),
        whole,
    )
    return Table(columns, tuple(reversed(days)))
