from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.usage import rows as rows_module
from console.usage import selecting
from console.usage.batch import DAY_SECONDS, request_bytes
from console.usage.dictionary import CATCH_COLUMNS, COLUMNS, SETTING_COLUMNS, TIME, Dictionary, Query
from console.usage.rows import Rows
from console.usage.selecting import peek, ranks_of, select
from console.usage.sums import Sums

SETTINGS = [
    (code, f"{code % 2:012d}", "eu-west-2", f"eu-west-{code % 2 + 1}", f"arn:{code % 3}", "m", "Converse", "")
    for code in range(1, 7)
]  # fmt: skip
CATCHES = [
    (code, f"g{code % 2}", "1", "REQUEST", ("topic", "content")[code % 2], f"T{code % 3}", "BLOCKED", "input")
    for code in range(1, 6)
]
DAY = 20_000
RAW = st.lists(
    st.tuples(st.integers(0, 3 * DAY_SECONDS - 1), st.integers(1, 6), st.integers(1, 5)), max_size=40
)
QUERIES = st.builds(
    Query,
    words=st.sampled_from(["", "content", "t1 g0", "arn:1", "arn:1 topic", "eu-west-1 t2", "nowhere"]),
    chosen=st.dictionaries(
        st.sampled_from(["ran_in", "policy", "type", "identity"]),
        st.frozensets(st.sampled_from(["eu-west-1", "topic", "T1", "T2", "arn:1", "arn:2"])),
        max_size=2,
    ),
    first_day=st.none() | st.integers(DAY, DAY + 2),
    last_day=st.none() | st.integers(DAY, DAY + 2),
    sort_by=st.sampled_from(COLUMNS),
    descending=st.booleans(),
)


def table(raw: list[tuple[int, int, int]], chunks: int = 3) -> Rows:
    """Return rows in memory, in chunks that are each in order of time, as a store gives them."""
    parts: list[Any] = []
    details: dict[int, tuple[bytes, bytes]] = {}
    for number in range(chunks):
        here = sorted(raw[number::chunks])
        columns = [np.array([row[at] for row in here], "<u4") for at in range(3)]
        columns[0] = columns[0] + np.uint32(DAY * DAY_SECONDS)
        parts.append((number, len(here), *(each.astype("<u4").tobytes() for each in columns)))
        said = [request_bytes(f"{row[0]}-{row[1]}-{row[2]}"[:15]) for row in here]
        details[number] = (b"".join(said), b"")
    settings, catches = Dictionary(SETTING_COLUMNS, SETTINGS), Dictionary(CATCH_COLUMNS, CATCHES)
    return Rows(settings, catches, len(raw), parts, details.__getitem__)


def cells(row: tuple[int, int, int]) -> dict[str, str]:
    setting, catch = SETTINGS[row[1] - 1][1:], CATCHES[row[2] - 1][1:]
    return {
        **dict(zip(SETTING_COLUMNS, setting, strict=True)),
        **dict(zip(CATCH_COLUMNS, catch, strict=True)),
    }


def passes(row: tuple[int, int, int], query: Query) -> bool:
    day, said = DAY + row[0] // DAY_SECONDS, cells(row)
    return (
        (query.first_day is None or day >= query.first_day)
        and (query.last_day is None or day <= query.last_day)
        and all(said[column] in wanted for column, wanted in query.chosen.items())
        and all(any(word in cell.casefold() for cell in said.values()) for word in query.words.split())
    )


def expected(raw: list[tuple[int, int, int]], query: Query) -> list[str]:
    """Return the cells sorted by, in order, found one row at a time."""
    kept = sorted((row for row in raw if passes(row, query)), key=lambda row: -row[0])
    if query.sort_by == TIME:
        times = [str(row[0]) for row in kept]
        return times if query.descending else times[::-1]
    known = [row for row in kept if cells(row)[query.sort_by]]
    rest = [row for row in kept if not cells(row)[query.sort_by]]
    known.sort(key=lambda row: cells(row)[query.sort_by], reverse=query.descending)
    return [f"{cells(row)[query.sort_by]} {row[0]}" for row in [*known, *rest]]


def said(rows: Rows, places: list[int], query: Query) -> list[str]:
    found = []
    for place in places:
        row = rows.row(place)
        time = row.time - DAY * DAY_SECONDS
        both = dict(zip((*SETTING_COLUMNS, *CATCH_COLUMNS), (*row.setting, *row.catch), strict=True))
        found.append(str(time) if query.sort_by == TIME else f"{both[query.sort_by]} {time}")
    return found


def same(one: list[str], other: list[str], query: Query) -> bool:
    """Compare; reversed, equal times of a column may come either way round."""
    if query.sort_by != TIME and not query.descending:
        return sorted(one) == sorted(other) and [e.split()[0] for e in one] == [e.split()[0] for e in other]
    return [each.split()[0] for each in one] == [each.split()[0] for each in other]


@given(RAW, QUERIES, st.integers(1, 12))
def test_all_rows_of_a_query_and_its_first_rows_are_those_found_one_by_one(
    raw: list[tuple[int, int, int]], query: Query, most: int
) -> None:
    rows = table(raw)
    view = select(rows, query)
    found = said(rows, view.places(0, len(view)), query)
    assert same(found, expected(raw, query), query)
    whole = view.places(0, len(view))
    assert peek(rows, query, most) == whole[:most]
    if query.sort_by != TIME:
        sums = Sums(rows.settings, rows.catches, [], _hits(raw))
        assert peek(rows, query, most, sums.tally(query, *ranks_of(rows, query))) == whole[:most]


@given(RAW, QUERIES)
def test_kept_sums_agree_with_the_rows(raw: list[tuple[int, int, int]], query: Query) -> None:
    rows = table(raw)
    sums = Sums(rows.settings, rows.catches, [], _hits(raw))
    assert sums.hits(query) == len(select(rows, query))
    assert sum(count for _, count in sums.hits_by(query, "policy", "account")) == sums.hits(query)
    by_day = sums.hits_by_day(query, "type")
    assert sum(sum(each.values()) for each in by_day.values()) == sums.hits(query)


def _hits(raw: list[tuple[int, int, int]]) -> list[tuple[int, ...]]:
    return [(DAY + time // DAY_SECONDS, setting, catch, 1) for time, setting, catch in raw]


def test_blocks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = [(number * 13 % 5_000, 1 + number % 6, 1 + number * 7 % 5) for number in range(3_000)]
    rows = table(raw)
    query = Query(sort_by="type", chosen={"policy": frozenset({"topic"})})
    whole = select(rows, query).places(0, 3_000)
    monkeypatch.setattr(selecting, "_BLOCK", 100)
    monkeypatch.setattr(selecting, "_SORTED", 90)
    assert select(rows, query).places(0, 3_000) == whole
    assert peek(rows, query, 50) == whole[:50]


def test_a_request_is_found_wherever_it_is() -> None:
    raw = [(5, 1, 1), (3, 2, 2), (9, 3, 3), (3, 2, 2)]
    rows = table(raw)
    found = rows.find_request(request_bytes("3-2-2"))
    assert [rows.row(at).request_id for at in found] == ["3-2-2", "3-2-2"]
    assert list(rows.find_request(request_bytes("nowhere"))) == []


def test_no_rows_are_no_rows() -> None:
    rows = table([])
    assert len(select(rows, Query())) == len(select(rows, Query(sort_by="type"))) == 0
    assert peek(rows, Query(), 10) == peek(rows, Query(sort_by="type"), 10) == []


@given(RAW, st.integers(1, 5), st.integers(1, 9))
def test_rows_come_in_order_of_time_however_chunks_overlap(
    raw: list[tuple[int, int, int]], chunks: int, span: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows_module, "_SPAN", span)
        patch.setattr(rows_module, "_SAMPLED", 1)
        found = table(raw, chunks)
    assert found.time.tolist() == sorted(DAY * DAY_SECONDS + row[0] for row in raw)
    whole = {f"{row[0]}-{row[1]}-{row[2]}"[:15] for row in raw}
    assert {found.row(at).request_id for at in range(len(found))} == whole


@given(raw=RAW, chunks=st.integers(1, 300), step=st.integers(1, 9))
@settings(deadline=None)
def test_each_row_is_found_in_its_chunk_whatever_the_order(
    raw: list[tuple[int, int, int]], chunks: int, step: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows_module, "_COUNTED", step)
        rows = table(raw, chunks)
        for at in range(len(rows)):
            chunk, within = rows._place(at)
            assert rows._at(chunk, within) == at
            row = rows.row(at)
            said = f"{row.time - DAY * DAY_SECONDS}-{int(rows.setting[at])}-{int(rows.catch[at])}"[:15]
            assert row.request_id == said
            assert at in rows.find_request(request_bytes(said))
