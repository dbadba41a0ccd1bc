import pytest

from console.views.progress import counts_words, gaps_words, left_words, log_words


def test_counts_name_accounts_scopes_and_calls() -> None:
    progress = {"accounts_done": 1, "accounts": 1200, "done": 34, "planned": 1, "calls": 1}
    assert counts_words(progress) == "1 of 1,200 accounts done; 34 of 1 scope read; 1 call"


def test_gaps_are_said_by_reason_the_most_frequent_first() -> None:
    said = gaps_words({"throttled": 2, "denied": 1200, "connection failed": 2})
    assert said == "1,204 could not be read: 1,200 denied, 2 connection failed, 2 throttled"
    assert gaps_words({}) == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (0.0, "less than a minute left"),
        (44.9, "less than a minute left"),
        (45.0, "about 1 minute left"),
        (89.0, "about 1 minute left"),
        (150.1, "about 3 minutes left"),
        (3599.0, "about 60 minutes left"),
        (3600.0, "about 1 hour left"),
        (5400.0, "about 1.5 hours left"),
        (7200.0, "about 2 hours left"),
    ],
)
def test_time_left_is_no_finer_than_it_can_be_known(seconds: float | None, words: str) -> None:
    assert left_words(seconds) == words


LOGS = {"done": 2, "planned": 8, "calls": 1_200, "duplicates": 0, "hits": 1, "gaps": 0}


def test_the_reading_of_logs_is_told_with_what_was_known_and_what_was_not_read() -> None:
    assert log_words(LOGS) == "2 of 8 logs read; 1,200 new calls; 1 guardrail hit"
    assert log_words({**LOGS, "duplicates": 3, "gaps": 4}) == (
        "2 of 8 logs read; 1,200 new calls, 3 known already; 1 guardrail hit; 4 could not be read"
    )
