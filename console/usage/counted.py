"""Rows that AWS counted, held to the same forms as what is read of a log here: what is no name is not kept."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from console.domain.counting import NUMBERS, TEXTS, Question, Row
from console.usage.assessments import UNREADABLE, name
from console.usage.record import held_account, held_caller, held_model, held_operation, held_region

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_POLICIES = frozenset(
    {
        "",
        "content",
        "topic",
        "word",
        "sensitive information",
        "contextual grounding",
        "automated reasoning",
    }
)
_ACTIONS = frozenset({"BLOCKED", "ANONYMIZED", "NONE", "INTERVENED"})
_STATES = frozenset({"counted", "not a record", "none", "untold"})
_DAY_LENGTH = 10


class BadCountError(Exception):
    """An answer lacks a column, or a count in it is none."""


def _of(words: frozenset[str]) -> Callable[[str], str]:
    return lambda value: value if value in words else UNREADABLE


def _day(value: str) -> str:
    """Return the day of a moment; engines write one as `2026-11-20` or `2026-11-20 00:00:00.000`."""
    return value[:_DAY_LENGTH] if _DAY.fullmatch(value[:_DAY_LENGTH]) else ("" if not value else UNREADABLE)


_HELD: Mapping[str, Callable[[str], str]] = {
    "day": _day,
    "policy": _of(_POLICIES),
    "type": lambda value: name(value) if value else "",
    "action": _of(_ACTIONS),
    "account": lambda value: held_account(value) if value else "",
    "caller": held_caller,
    "model": held_model,
    "operation": held_operation,
    "region": lambda value: held_region(value) if value else "",
    "ran_in": held_region,
    "guarded": _of(_STATES),
    "state": _of(_STATES),
}


def held_rows(
    question: Question, columns: Sequence[str], rows: Iterable[Sequence[str | None]]
) -> list[tuple[Row, int]]:
    """Return the rows of an answer, those that are alike added up, most first; raise `BadCountError` for others.

    A column that the engine does not return is None in every row: it was not asked by that.
    """
    places = {column: at for at, column in enumerate(columns)}
    if NUMBERS[question] not in places:
        raise BadCountError(f"the answer has no column {NUMBERS[question]}")
    found: Counter[Row] = Counter()
    for row in rows:
        if len(row) != len(columns):
            raise BadCountError("a row of the answer is not as wide as its columns")
        said = row[places[NUMBERS[question]]]
        texts = tuple(
            _text(column, row[places[column]] if column in places else None) for column in TEXTS[question]
        )
        found[texts] += _number(said)
    return sorted(found.items(), key=lambda each: (-each[1], tuple(text or "" for text in each[0])))


def _text(column: str, value: str | None) -> str | None:
    return None if value is None else _HELD[column](value)


def _number(said: str | None) -> int:
    try:
        count = int(float(said or ""))
    except (ValueError, OverflowError):
        raise BadCountError("a count in the answer is no number") from None
    if count < 0:
        raise BadCountError("a count in the answer is below nothing")
    return count
