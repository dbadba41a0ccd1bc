from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.usage import sums
from console.usage.dictionary import CATCH_COLUMNS, SETTING_COLUMNS, Dictionary, Query
from console.usage.sums import Sums

WHO = SETTING_COLUMNS[0]
WHAT = CATCH_COLUMNS[0]
SETTINGS = [(code, *(f"{name}-{code % 3}" for name in SETTING_COLUMNS)) for code in range(1, 6)]
CATCHES = [(code, *(f"{name}-{code % 2}" for name in CATCH_COLUMNS)) for code in range(1, 5)]
ROWS = st.lists(
    st.tuples(st.integers(20_600, 20_603), st.integers(1, 5), st.integers(1, 4), st.integers(0, 9))
)


@pytest.fixture(params=[(2**18, 2**20), (3, 2**20), (3, 0)], ids=["at once", "in blocks", "seldom ones"])
def _small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    block, dense = request.param
    monkeypatch.setattr(sums, "_BLOCK", block)
    monkeypatch.setattr(sums, "_DENSE", dense)


@pytest.mark.usefixtures("_small")
@given(ROWS)
def test_sums_are_those_of_going_through_the_rows(rows: list[tuple[int, ...]]) -> None:
    made = Sums(Dictionary(SETTING_COLUMNS, SETTINGS), Dictionary(CATCH_COLUMNS, CATCHES), [], rows)
    pairs: Counter[tuple[str, ...]] = Counter()
    days: dict[int, Counter[str]] = {}
    for day, setting, catch, count in rows:
        pairs[f"{WHO}-{setting % 3}", f"{WHAT}-{catch % 2}"] += count
        days.setdefault(day, Counter())[f"{WHAT}-{catch % 2}"] += count
    assert made.hits_by(Query(), WHO, WHAT) == sorted(pairs.items(), key=lambda each: (-each[1], each[0]))
    assert made.hits_by_day(Query(), WHAT) == days
    assert list(made.hits_by_day(Query(), WHAT)) == sorted(days)


@pytest.mark.usefixtures("_small")
@given(ROWS)
def test_calls_are_summed_by_day_and_their_last_day_is_known(rows: list[tuple[int, ...]]) -> None:
    calls = np.array([(day, setting, 0, count, 0, 0, 0, 0, 0) for day, setting, _, count in rows], np.int64)
    made = Sums(Dictionary(SETTING_COLUMNS, SETTINGS), Dictionary(CATCH_COLUMNS, CATCHES), calls, [])
    by_day: Counter[int] = Counter()
    last: dict[tuple[str, ...], int] = {}
    for day, setting, _, count in rows:
        by_day[day] += count
        name = (f"{WHO}-{setting % 3}",)
        last[name] = max(last.get(name, 0), day)
    assert made.calls_by_day(Query()) == by_day
    assert made.last_day_by(WHO) == last
