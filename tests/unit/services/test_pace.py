from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from console.domain.refresh import Progress
from console.services.pace import Pace

START = Progress(
    done=0,
    planned=1000,
    accounts_done=0,
    accounts=10,
    accounts_planned=10,
    calls=0,
    gaps=0,
    elapsed_seconds=0.0,
    doing="",
)


def left(*told: Progress) -> float | None:
    pace = Pace()
    said = [pace.seconds_left(each) for each in told]
    return said[-1]


def test_what_is_left_takes_as_long_for_each_step_as_what_was_read() -> None:
    assert left(START, replace(START, done=100, elapsed_seconds=10.0)) == 90.0


def test_nothing_is_said_from_too_little() -> None:
    assert left(START, replace(START, done=20, elapsed_seconds=10.0)) is None
    assert left(START, replace(START, done=100, elapsed_seconds=2.0)) is None
    assert left(START, replace(START, planned=10_000, done=100, elapsed_seconds=10.0)) is None
    assert left(START, replace(START, done=100, elapsed_seconds=10.0, accounts_planned=0)) is None


def test_an_account_whose_regions_are_not_known_counts_like_the_others() -> None:
    assert left(START, replace(START, accounts_planned=5, done=200, elapsed_seconds=20.0)) == 180.0


def test_what_an_earlier_run_read_says_nothing_about_the_pace() -> None:
    resumed = replace(START, done=900, elapsed_seconds=0.5)
    assert left(resumed, replace(START, done=950, elapsed_seconds=5.5)) == 5.0


@given(
    done=st.integers(0, 5000),
    planned=st.integers(0, 5000),
    accounts=st.integers(0, 50),
    known=st.integers(0, 50),
    elapsed=st.floats(0, 10_000),
)
def test_it_is_never_less_than_nothing(
    done: int, planned: int, accounts: int, known: int, elapsed: float
) -> None:
    said = replace(
        START, done=done, planned=planned, accounts=accounts, accounts_planned=known, elapsed_seconds=elapsed
    )
    seconds = left(START, said)
    assert seconds is None or seconds >= 0
