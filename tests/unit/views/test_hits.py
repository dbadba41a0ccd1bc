import pytest

from console.usage.dictionary import Query
from console.views.hits import (
    NOT_SAID,
    day_number,
    day_of,
    policies_of,
    shown_words,
    top,
    totals,
    trend,
    trend_table,
    unguarded,
)
from unit.views.usages import APP, DAY, PAYMENTS, PERSON, sums


def test_calls_are_told_apart_by_what_is_known_of_guardrails() -> None:
    found = totals(sums(), Query())
    assert (found.calls, found.stopped, found.noticed, found.assessed, found.unguarded, found.untold) == (
        54,
        10,
        2,
        3,
        35,
        4,
    )
    assert (found.hits, found.detect_only) == (210, 200)


def test_detect_only_is_none_of_those_that_were_blocked() -> None:
    masked = Query(chosen={"action": frozenset({"ANONYMIZED"})})
    assert (totals(sums(), masked).hits, totals(sums(), masked).detect_only) == (9, 0)


def test_the_most_come_first_in_words() -> None:
    assert [(each.words, each.value, each.count) for each in top(sums(), Query(), "policy", 2)] == [
        ("denied topic", "topic", 200),
        ("personal information", "sensitive information", 9),
    ]


def test_who_called_without_any_guardrail() -> None:
    found = [(name[1], count) for name, count in unguarded(sums(), Query())]
    assert found == [(APP, 30), (PERSON, 5)]


def test_a_day_without_a_log_is_not_a_day_without_hits() -> None:
    days = trend(sums(), Query())
    assert [each.counts for each in days] == [
        {"personal information": 9, NOT_SAID: 1},
        None,
        {"denied topic": 200},
    ]
    assert policies_of(days) == ["denied topic", "personal information", NOT_SAID]
    table = trend_table(days)
    assert table.cells() == [
        ["2026-11-21", 200, 0, 0, 200],
        ["2026-11-20", None, None, None, None],
        ["2026-11-19", 0, 9, 1, 10],
    ]


def test_a_trend_is_of_the_days_asked_for() -> None:
    days = trend(sums(), Query(first_day=DAY + 1, last_day=DAY + 3))
    assert [each.day for each in days] == ["2026-11-20", "2026-11-21", "2026-11-22"]
    assert trend(sums(calls=[], hits=[]), Query()) == []


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("policy", "", NOT_SAID),
        ("action", "NONE", "noticed only"),
        ("account", PAYMENTS, PAYMENTS),
        ("profile", "", ""),
    ],
)
def test_values_are_words(column: str, value: str, words: str) -> None:
    assert shown_words(column, value) == words


def test_what_would_turn_letters_round_is_shown_and_does_not() -> None:
    assert "\u202e" not in shown_words("type", "a\u202eb")


def test_days_are_counted_from_1970() -> None:
    assert day_number(day_of(DAY)) == DAY
