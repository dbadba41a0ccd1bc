from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.usage.batch import (
    DAY_SECONDS,
    Batch,
    BatchMaker,
    Settled,
    Spot,
    days_of,
    request_bytes,
    request_words,
    settle,
)
from console.usage.lines import lines_of
from console.usage.outcomes import Damage
from console.usage.record import RecordReader
from usage_logs import NOW, SECRET, caught, line, packed, record

LONDON = ("eu-west-2",)


def made(*objects: bytes) -> Batch:
    maker = BatchMaker(RecordReader(SECRET, NOW))
    for each in objects:
        maker.add(lines_of(each))
    return maker.batch


def settled(batch: Batch, *before: Settled) -> Settled:
    seen: dict[int, list[np.ndarray]] = {}
    for each in before:
        for day, keys in each.seen.items():
            seen.setdefault(day, []).append(keys)
    return settle(batch, {day: np.sort(np.concatenate(keys)) for day, keys in seen.items()}, LONDON)


def calls(found: Settled) -> int:
    return sum(each[3] for each in found.calls)


def test_a_call_counts_once_however_often_it_is_logged() -> None:
    records = [caught(1), record(2), record(2), caught(1)]
    first = settled(made(packed(records), packed(records)))
    assert (first.fresh, first.duplicates, calls(first)) == (2, 6, 2)
    assert sum(each[3] for each in first.hits) == len(first.hit_rows) == 9
    again = settled(made(packed([*records, record(3)])), first)
    assert (again.fresh, again.duplicates, calls(again), len(again.hit_rows)) == (1, 4, 1, 0)


@given(st.lists(st.integers(0, 30), max_size=60), st.integers(1, 59))
def test_however_the_records_are_split_the_sums_are_the_same(numbers: list[int], cut: int) -> None:
    records = [
        (caught if number % 3 else record)(number, timestamp=f"2026-11-{10 + number % 4}T10:00:00Z")
        for number in numbers
    ]
    whole = settled(made(packed(records)))
    first = settled(made(packed(records[:cut])))
    second = settled(made(packed(records[cut:])), first)
    assert whole.fresh == first.fresh + second.fresh == len(set(numbers))
    assert calls(whole) == calls(first) + calls(second)
    for at in range(4, 9):
        parts = sum(each[at] for part in (first, second) for each in part.calls)
        assert sum(each[at] for each in whole.calls) == parts
    assert len(whole.hit_rows) == len(first.hit_rows) + len(second.hit_rows)


def test_what_ran_elsewhere_is_a_row_of_its_own() -> None:
    here, sent = record(1), record(2, inferenceRegion="eu-west-1")
    elsewhere = record(3, region="us-east-1", timestamp="2026-11-19T10:00:00Z")
    found = settled(made(packed([here, sent, elsewhere])))
    assert found.away_rows.request == request_bytes(str(UUID(int=3))) + request_bytes(str(UUID(int=2)))
    assert (found.last - found.first) == DAY_SECONDS


def test_damage_is_counted_and_the_first_places_are_said() -> None:
    good = line(record(1)) + b"\n"
    batch = made(good + b"{\n" * 60 + good)
    assert len(batch) == 2
    assert batch.damaged == {Damage.NOT_JSON.value: 60}
    assert batch.gaps[0] == Spot(len(good), Damage.NOT_JSON)
    assert len(batch.gaps) == 50


def test_days_are_those_of_the_calls() -> None:
    batch = made(
        packed(
            [
                record(1),
                record(2, timestamp="2026-11-20T23:59:59Z"),
                record(3, timestamp="2026-11-21T00:00:00Z"),
            ]
        )
    )
    assert [day - days_of(batch)[0] for day in days_of(batch)] == [0, 1]


def test_an_empty_batch_settles_to_nothing() -> None:
    found = settled(Batch())
    assert (found.fresh, found.calls, found.hits, len(found.hit_rows), found.seen) == (0, [], [], 0, {})


@given(st.uuids().map(str))
def test_a_uuid_survives(request_id: str) -> None:
    assert request_words(request_bytes(request_id)) == request_id


@pytest.mark.parametrize("request_id", ["", "abc-1", "x" * 15])
def test_a_short_id_survives(request_id: str) -> None:
    assert request_words(request_bytes(request_id)) == request_id
