from pathlib import Path

import stores
from console.base.settings import PolicySettings
from console.domain.refresh import StepState
from console.services.latest import latest

NOW = stores.clock()


def test_an_earlier_reading_is_judged_as_the_newest_is_and_knows_the_others(tmp_path: Path) -> None:
    with stores.create(tmp_path / "e.db") as store:
        first, last = (stores.refreshed(store, [stores.step(1)]) for _ in range(2))
        newest = latest(store, (), PolicySettings(), NOW)
        earlier = latest(store, (), PolicySettings(), NOW, first)
        assert newest is not None
        assert earlier is not None
        assert (newest.snapshot.refresh.id, earlier.snapshot.refresh.id) == (last, first)
        assert earlier.assessment.refresh.id == first
        assert [each.id for each in earlier.readings] == [first, last]
        opened = earlier.reading(last)
        assert opened is not None
        assert opened.refresh.id == last
        assert earlier.completeness() == {each: {StepState.READ: 1} for each in (first, last)}
        assert latest(store, (), PolicySettings(), NOW, 99) is None


def test_a_refresh_under_way_is_no_reading_yet(tmp_path: Path) -> None:
    with stores.create(tmp_path / "e.db") as store:
        sealed = stores.refreshed(store, [stores.step(1)])
        stores.begin(store, [stores.step(1)])
        found = latest(store, (), PolicySettings(), NOW)
        assert found is not None
        assert [each.id for each in found.readings] == [sealed]
