from pathlib import Path

import stores
from console.services.usage import Usages, no_usage
from console.usage.dictionary import Query
from console.usage.selecting import select
from unit.evidence.test_usage_log import CATCH, SETTING, SOURCE, chunk, portion


def test_what_was_read_is_opened_once_until_there_is_more(tmp_path: Path) -> None:
    with stores.create(tmp_path / "evidence.db") as store:
        usages = Usages(store.usage)
        assert usages.open().sums.days is None
        store.usage.add(portion())
        first = usages.open()
        assert usages.open() is first
        assert (first.objects, first.duplicates, first.damaged, len(first.gaps)) == (1, 1, 1, 1)
        assert first.sums.hits(Query()) == len(first.hit_rows()) == 3
        assert len(first.away_rows()) == 1
        assert first.hit_rows() is first.hit_rows()
        store.usage.close_source(SOURCE, problem="denied")
        assert usages.open() is not first


def test_rows_come_whole_from_several_chunks(tmp_path: Path) -> None:
    with stores.create(tmp_path / "evidence.db") as store:
        for times in ([50, 51], [10, 12], [11, 52]):
            store.usage.add(portion(hit_rows=chunk(times), hits=[(20_000, 0, 0, 2)]))
        rows = Usages(store.usage).open().hit_rows()
        view = select(rows, Query(descending=False))
        found = [rows.row(at) for at in view.places(0, len(view))]
    assert [(row.time, row.request_id) for row in found] == [
        (time, f"request-{time:07d}") for time in (10, 11, 12, 50, 51, 52)
    ]
    assert {(row.setting, row.catch) for row in found} == {(SETTING, CATCH)}
    assert [bytes.fromhex(row.digest)[0] for row in found] == [10, 11, 12, 50, 51, 52]


def test_rows_of_one_request_are_found_by_their_time(tmp_path: Path) -> None:
    with stores.create(tmp_path / "evidence.db") as store:
        store.usage.add(portion(hit_rows=chunk([9, 10, 10, 11])))
        rows = Usages(store.usage).open().hit_rows()
        assert rows.same_request(1) == [1, 2]
        assert rows.same_request(0) == [0]


def test_before_any_log_was_read_there_is_nothing() -> None:
    usage = no_usage()
    assert (len(usage.hit_rows()), len(usage.away_rows()), usage.sums.hits(Query())) == (0, 0, 0)
