from pathlib import Path

import stores
from console.base.settings import PolicySettings
from console.domain.finding import Verdict
from console.services.assess import policy_json
from console.services.past import past
from unit.controls.deeds_made import finding

POLICY = policy_json(PolicySettings())


def test_the_past_is_followed_through_kept_assessments_to_the_newest(tmp_path: Path) -> None:
    with stores.create(tmp_path / "e.db") as store:
        kept = [stores.refreshed(store, [stores.step(1)]) for _ in range(4)]
        passing, failing = [finding(Verdict.PASS)], [finding(Verdict.FAIL)]
        for refresh_id, findings in zip(kept, (passing, failing), strict=False):
            store.save_assessment(refresh_id, "2026-11-23T09:14:00.000Z", POLICY, findings)
        newest = store.refreshes()[-1]
        found = past(store, newest, failing, POLICY)
    assert [each.refresh_id for each in found.history.readings] == [kept[0], kept[1], kept[3]]
    assert found.before == tuple(failing)
    assert found.before_refresh is not None
    assert found.before_refresh.id == kept[1]
    assert not found.is_other_policy
    assert found.history.courses[failing[0].identity].verdict is Verdict.FAIL


def test_another_policy_is_said(tmp_path: Path) -> None:
    with stores.create(tmp_path / "e.db") as store:
        first, _ = (stores.refreshed(store, [stores.step(1)]) for _ in range(2))
        store.save_assessment(first, "2026-11-23T09:14:00.000Z", "{}", [])
        found = past(store, store.refreshes()[-1], [], POLICY)
    assert found.is_other_policy


def test_the_first_reading_has_none_before_it(tmp_path: Path) -> None:
    with stores.create(tmp_path / "e.db") as store:
        stores.refreshed(store, [stores.step(1)])
        found = past(store, store.refreshes()[-1], [], POLICY)
    assert (found.before, found.before_refresh, len(found.history.readings)) == (None, None, 1)
