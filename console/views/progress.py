"""How a refresh goes, in words: the same in the window and in a terminal."""

from collections.abc import Mapping
from typing import Any

from console.views.names import count_words

Event = Mapping[str, Any]
"""Members of a child's `progress` event."""
_MINUTE = 60
_HOUR = 60 * _MINUTE
_ALMOST = 45


def counts_words(progress: Event) -> str:
    """Return how much was read."""
    accounts = f"{progress['accounts_done']:,} of {count_words(progress['accounts'], 'account', 'accounts')}"
    steps = f"{progress['done']:,} of {count_words(progress['planned'], 'scope', 'scopes')} read"
    return f"{accounts} done; {steps}; {count_words(progress['calls'], 'call', 'calls')}"


def log_words(progress: Event) -> str:
    """Return how much of the logs was read."""
    logs = f"{progress['done']:,} of {count_words(progress['planned'], 'log', 'logs')} read"
    said = f"{logs}; {count_words(progress['calls'], 'new call', 'new calls')}"
    if progress["duplicates"]:
        said += f", {progress['duplicates']:,} known already"
    said += f"; {count_words(progress['hits'], 'guardrail hit', 'guardrail hits')}"
    return f"{said}; {progress['gaps']:,} could not be read" if progress["gaps"] else said


def gaps_words(by_reason: Mapping[str, int]) -> str:
    """Return what could not be read, by reason, the most frequent first; empty if all could.

    >>> gaps_words({"throttled": 1, "denied": 12})
    '13 could not be read: 12 denied, 1 throttled'
    """
    if not by_reason:
        return ""
    ordered = sorted(by_reason.items(), key=lambda each: (-each[1], each[0]))
    listed = ", ".join(f"{count:,} {reason}" for reason, count in ordered)
    return f"{sum(by_reason.values()):,} could not be read: {listed}"


def left_words(seconds: float | None) -> str:
    """Return the time left, no finer than it can be known; empty while it is not known.

    >>> left_words(200)
    'about 3 minutes left'
    """
    if seconds is None:
        return ""
    if seconds < _ALMOST:
        return "less than a minute left"
    if seconds < _HOUR:
        return f"about {count_words(max(round(seconds / _MINUTE), 1), 'minute', 'minutes')} left"
    halves = round(seconds / _HOUR * 2)
    return f"about {halves / 2:g} {'hour' if halves == 2 else 'hours'} left"  # noqa: PLR2004 - two halves
