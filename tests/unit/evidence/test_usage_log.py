from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import stores
from console.domain.usage import Chunk, LogSource, ObjectGap, ObjectRead, Portion, SourceKind
from console.evidence import usage_log
from console.evidence.engine import make_engine
from console.evidence.errors import ReadOnlyPlaceError
from console.evidence.store import Store
from console.evidence.usage_reading import AWAY, HIT
from console.evidence.usage_schema import METADATA

SOURCE = LogSource(kind=SourceKind.S3, account_id="1" * 12, region="eu-west-2", name="bucket/prefix")
SETTING = ("1" * 12, "eu-west-2", "eu-west-1", "arn:aws:iam::1:role/a", "model", "Converse", "")
CATCH = ("gr", "1", "REQUEST", "topic", "Advice", "BLOCKED", "input")


def chunk(times: list[int], setting: int = 0, catch: int = 0) -> Chunk:
    return Chunk(
        rows=len(times),
        time=np.array(times, "<u4").tobytes(),
        setting=np.full(len(times), setting, "<u4").tobytes(),
        catch=np.full(len(times), catch, "<u4").tobytes(),
        request=b"".join(f"request-{each:07d}".encode().ljust(16, b"\0") for each in times),
        digest=b"".join(each.to_bytes(8, "little") for each in times),
    )


def portion(**members: Any) -> Portion:
    made: dict[str, Any] = {
        "source": SOURCE,
        "settings": [SETTING, (*SETTING[:-1], "profile")],
        "catches": [CATCH],
        "calls": [(20_000, 0, 3, 2, 1, 10, 5, 2, 1), (20_000, 1, 1, 4, 0, 7, 7, 0, 0)],
        "hits": [(20_000, 0, 0, 3)],
        "hit_rows": chunk([5, 6, 7]),
        "away_rows": Chunk(
            rows=1,
            time=np.array([6], "<u4").tobytes(),
            setting=np.zeros(1, "<u4").tobytes(),
            catch=np.zeros(1, "<u4").tobytes(),
            request=b"r" * 16,
            digest=b"",
        ),
        "seen": {20_000: np.array([1, 2, 3], "<u8").tobytes()},
        "objects": [ObjectRead(name="one.json.gz", mark="etag", calls=6, duplicates=1, damaged=1)],
        "gaps": [ObjectGap(name="one.json.gz", offset=17, reason="not JSON", count=1)],
    }
    return Portion(**{**made, **members})


def test_the_tables_are_those_of_the_newest_migration(store: Store, path: Path) -> None:
    store.close()
    engine = make_engine(path, stores.KEY, read_only=False)
    with engine.connect() as connection:
        names = {table.name for table in METADATA.sorted_tables}
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or name in names}
        )
        assert compare_metadata(context, METADATA) == []
        assert names <= set(sa.inspect(connection).get_table_names())
    engine.dispose()


def test_what_was_added_is_read_back(store: Store) -> None:
    store.usage.add(portion())
    usage = store.usage
    assert usage.settings() == [(1, *SETTING), (2, *SETTING[:-1], "profile")]
    assert usage.catches() == [(1, *CATCH)]
    assert usage.calls_by_day().tolist() == [
        [20_000, 1, 3, 2, 1, 10, 5, 2, 1],
        [20_000, 2, 1, 4, 0, 7, 7, 0, 0],
    ]
    assert usage.hits_by_day().tolist() == [[20_000, 1, 1, 3]]
    ((chunk_id, rows, time, setting, catch),) = usage.columns(HIT)
    assert (rows, np.frombuffer(time, "<u4").tolist()) == (3, [5, 6, 7])
    assert (np.frombuffer(setting, "<u2").tolist(), np.frombuffer(catch, "<u2").tolist()) == (
        [1] * 3,
        [1] * 3,
    )
    assert usage.details(chunk_id)[0][:15] == b"request-0000005"
    assert [each[1] for each in usage.chunks(AWAY)] == [1]
    assert usage.marks(SOURCE) == {"one.json.gz": "etag"}
    assert usage.counts() == (1, 1, 1)
    (gap,) = usage.gaps()
    assert (gap.source, gap.name, gap.offset, gap.reason) == (SOURCE, "one.json.gz", 17, "not JSON")


def test_sums_of_the_same_day_add_up_and_entries_are_kept_once(store: Store) -> None:
    store.usage.add(portion())
    store.usage.add(portion(settings=[(*SETTING[:-1], "profile"), SETTING]))
    store.usage.add(portion())
    sums = store.usage.calls_by_day()
    assert sums[:, :5].tolist() == [
        [20_000, 1, 1, 4, 0],
        [20_000, 1, 3, 4, 2],
        [20_000, 2, 1, 8, 0],
        [20_000, 2, 3, 2, 1],
    ]
    assert sum(each[3] for each in store.usage.hits_by_day()) == 9
    assert len(store.usage.settings()) == 2


def test_an_object_read_anew_takes_its_gaps_back(store: Store) -> None:
    store.usage.add(portion())
    store.usage.add(portion(objects=[ObjectRead(name="one.json.gz", mark="later")], gaps=[]))
    assert store.usage.gaps() == []
    assert store.usage.marks(SOURCE) == {"one.json.gz": "later"}


def test_folding_keeps_every_row_and_key(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usage_log, "FOLD_TO", 7)
    for start in (50, 10, 30, 20, 40):
        store.usage.add(
            portion(hit_rows=chunk([start, start + 1, start + 2]), seen={20_000: start.to_bytes(8, "little")})
        )
    before = sorted(rows(store))
    assert store.usage.fold() > 0
    assert sorted(rows(store)) == before
    assert len(store.usage.chunks(HIT)) == 3
    assert [np.frombuffer(each, "<u8").tolist() for each in store.usage.seen(20_000)] == [
        [10, 20, 30, 40, 50]
    ]
    store.usage.fold()
    assert sorted(rows(store)) == before


def rows(store: Store) -> list[tuple[int, bytes, bytes]]:
    found = []
    for chunk_id, _, time, _, _ in store.usage.columns(HIT):
        request, digest = store.usage.details(chunk_id)
        found += [
            (int(each), request[at * 16 : at * 16 + 16], digest[at * 8 : at * 8 + 8])
            for at, each in enumerate(np.frombuffer(time, "<u4"))
        ]
    return found


def test_a_portion_is_stored_whole_or_not_at_all(store: Store) -> None:
    bad = portion(hits=[(20_000, 0, 9, 1)])
    with pytest.raises(IndexError):
        store.usage.add(bad)
    assert (len(store.usage.calls_by_day()), store.usage.settings(), store.usage.marks(SOURCE)) == (0, [], {})


def test_the_position_only_grows_and_a_log_says_why_it_was_not_read(store: Store) -> None:
    store.usage.add(portion(position=50))
    store.usage.add(portion(position=20))
    store.usage.close_source(SOURCE, problem="denied", detail="no s3:GetObject")
    (state,) = store.usage.sources()
    assert (state.position, state.problem, state.read_at[:10]) == (50, "denied", "2026-11-23")
    store.usage.close_source(SOURCE)
    assert store.usage.sources()[0].problem == ""


def test_the_secret_stays(store: Store, path: Path) -> None:
    secret = store.usage.secret()
    assert len(secret) == 32
    store.close()
    with stores.reopened(path) as again:
        assert again.usage.secret() == secret


def test_a_reader_reads_and_does_not_write(store: Store, path: Path) -> None:
    store.usage.add(portion())
    with stores.reopened(path, read_only=True) as reader:
        assert len(reader.usage.settings()) == 2
        with pytest.raises(ReadOnlyPlaceError):
            reader.usage.add(portion())


def test_the_names_of_a_log_are_nowhere_in_the_file(store: Store, path: Path) -> None:
    store.usage.add(portion())
    store.close()
    assert b"bucket/prefix" not in path.read_bytes()
    assert ("bucket/prefix",) in stores.sql(path, "SELECT name FROM usage_source")
