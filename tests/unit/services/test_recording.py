import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import stores
from console.domain.refresh import RefreshState, StepState
from console.evidence.errors import RefusedStepError
from console.evidence.store import Ended, Store
from console.services.recording import Recorder

STEPS = [stores.step(number) for number in range(1, 40)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stores.create(tmp_path / "evidence.db") as store:
        yield store


def ended(number: int) -> Ended:
    return stores.ended(STEPS[number], stores.facts_of(STEPS[number]))


def test_what_many_threads_give_is_stored_before_it_is_said_to_have_ended(store: Store) -> None:
    refresh_id = stores.begin(store)
    told: list[Ended] = []

    def tell(each: Ended) -> None:
        snapshot = store.snapshot(refresh_id)
        assert snapshot
        assert len(snapshot.facts(each.step.kind, each.step.scope)) == 2
        told.append(each)

    broken: list[BaseException] = []
    recorder = Recorder(store, refresh_id, tell, broken.append)
    recorder.plan(STEPS)
    threads = [
        threading.Thread(target=lambda at=at: [recorder.record(ended(n)) for n in range(at, len(STEPS), 3)])
        for at in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    recorder.close()
    assert broken == []
    assert {each.step for each in told} == set(STEPS)


def test_flushing_waits_for_what_was_given(store: Store) -> None:
    refresh_id = stores.begin(store)
    recorder = Recorder(store, refresh_id, lambda _: None, lambda _: None)
    recorder.plan(STEPS)
    recorder.flush()
    assert len(store.pending(refresh_id)) == len(STEPS)
    recorder.record(ended(0))
    recorder.flush()
    assert len(store.pending(refresh_id)) == len(STEPS) - 1
    recorder.close()


def test_after_its_end_a_step_comes_too_late(store: Store) -> None:
    refresh_id = stores.begin(store)
    recorder = Recorder(store, refresh_id, lambda _: None, lambda _: None)
    recorder.plan(STEPS)
    recorder.close()
    recorder.record(ended(0))
    recorder.flush()
    recorder.close()
    store.seal(refresh_id, RefreshState.CANCELLED)
    snapshot = store.snapshot()
    assert snapshot
    assert {step.state for step in snapshot.steps()} == {StepState.GAP}


def test_what_cannot_be_stored_stops_the_refresh_and_holds_nobody_up(store: Store) -> None:
    refresh_id = stores.begin(store)
    broken: list[BaseException] = []
    recorder = Recorder(store, refresh_id, lambda _: None, broken.append)
    recorder.record(ended(0))
    recorder.flush()
    for _ in range(2000):
        recorder.record(ended(1))
    recorder.close()
    assert [type(each) for each in broken] == [RefusedStepError]
