from dataclasses import replace
from pathlib import Path

import pytest

import stores
from console.domain.evidence import Fact, Gap, GapReason
from console.domain.refresh import RefreshState, Step, StepState
from console.domain.scope import Scope
from console.evidence.errors import ErasedError
from console.evidence.maintenance import check
from console.evidence.snapshot import StoredSnapshot
from console.evidence.store import Store

OTHER = "iam.role"
STEPS = [stores.step(3), stores.step(1), stores.step(2), stores.step(1, OTHER), stores.step(4)]
GAPS = {stores.step(2): stores.gap_of(stores.step(2))}


def seen(step: Step) -> list[Fact] | Gap:
    if step in GAPS:
        return GAPS[step]
    return [] if step == stores.step(4) else stores.facts_of(step, 12)


def newest(store: Store) -> StoredSnapshot:
    snapshot = store.snapshot()
    assert snapshot is not None
    return snapshot


def test_facts_are_ordered_by_scope_and_key(store: Store) -> None:
    stores.refreshed(store, STEPS, seen)
    facts = newest(store).facts(stores.KIND)
    assert [(each.scope, each.key) for each in facts] == sorted((each.scope, each.key) for each in facts)
    assert len(facts) == 24


def test_facts_come_back_as_they_were_recorded(store: Store) -> None:
    stores.refreshed(store, STEPS, seen)
    (wanted, *_), (found, *_) = (
        stores.facts_of(stores.step(1), 12),
        newest(store).facts(stores.KIND, stores.scope(1)),
    )
    assert (found.payload, found.provenance, found.key) == (wanted.payload, wanted.provenance, wanted.key)
    assert store.observation(found.sequence) == found


def test_one_scope_and_kind_can_be_asked_for(store: Store) -> None:
    stores.refreshed(store, STEPS, seen)
    snapshot = newest(store)
    assert {each.scope for each in snapshot.facts(stores.KIND, stores.scope(3))} == {stores.scope(3)}
    assert {each.kind for each in snapshot.facts(OTHER)} == {OTHER}
    assert snapshot.facts(stores.KIND, stores.scope(4)) == ()
    assert snapshot.facts(stores.KIND, stores.scope(2)) == ()
    assert snapshot.facts(stores.KIND, Scope("999999999999")) == ()
    assert snapshot.facts("never.planned") == ()


def test_nothing_there_and_not_read_are_told_apart(store: Store) -> None:
    stores.refreshed(store, STEPS, seen)
    snapshot = newest(store)
    states = {step.scope: step.state for step in snapshot.steps(stores.KIND)}
    assert states[stores.scope(4)] is StepState.READ
    assert states[stores.scope(2)] is StepState.GAP
    assert snapshot.gaps(stores.KIND, stores.scope(4)) == ()
    (gap,) = snapshot.gaps(stores.KIND, stores.scope(2))
    assert (gap.reason, gap.detail) == (GapReason.DENIED, GAPS[stores.step(2)].detail)


def test_gaps_and_steps_are_ordered_and_filtered(store: Store) -> None:
    stores.refreshed(store, STEPS, stores.gap_of)
    snapshot = newest(store)
    gaps = snapshot.gaps()
    assert [(each.kind, each.scope) for each in gaps] == sorted((each.kind, each.scope) for each in STEPS)
    assert snapshot.gaps(OTHER) == tuple(each for each in gaps if each.kind == OTHER)
    assert snapshot.gaps(scope=stores.scope(1)) == tuple(
        each for each in gaps if each.scope == stores.scope(1)
    )
    assert [(each.kind, each.scope) for each in snapshot.steps()] == [
        (each.kind, each.scope) for each in gaps
    ]
    assert [each.kind for each in snapshot.steps(OTHER)] == [OTHER]


def test_a_running_refresh_shows_what_is_stored_so_far(store: Store) -> None:
    refresh_id = stores.begin(store, STEPS)
    stores.put(store, refresh_id, stores.step(1), stores.facts_of(stores.step(1)))
    assert store.snapshot() is None
    snapshot = store.snapshot(refresh_id)
    assert snapshot is not None
    assert snapshot.refresh.state is RefreshState.RUNNING
    assert len(snapshot.facts(stores.KIND)) == 2
    assert [each.state for each in snapshot.steps()].count(StepState.PENDING) == 4


def test_a_snapshot_stays_with_its_refresh_when_a_newer_one_is_sealed(store: Store) -> None:
    stores.refreshed(store, STEPS, seen)
    snapshot = newest(store)
    before = snapshot.facts(stores.KIND)
    stores.refreshed(store, [stores.step(1)], lambda step: stores.facts_of(step, 1, changed=True))
    assert snapshot.facts(stores.KIND) == before
    assert newest(store).refresh.id == 2
    assert len(newest(store).facts(stores.KIND)) == 1


def test_an_erased_fact_is_missed_and_the_others_are_not(store: Store, path: Path) -> None:
    stores.refreshed(store, STEPS, seen)
    (first, *rest) = newest(store).facts(stores.KIND, stores.scope(1))
    store.erase_body(
        store.evidence_record(first.sequence).body_sha256, basis="request", erased_by="an officer"
    )
    snapshot = newest(store)
    assert snapshot.facts(stores.KIND, stores.scope(1)) == tuple(rest)
    (gap,) = snapshot.gaps(stores.KIND, stores.scope(1))
    assert (gap.reason, gap.sequence, gap.key) == (GapReason.ERASED, first.sequence, first.key)
    states = {step.scope: step.state for step in snapshot.steps(stores.KIND)}
    assert states[stores.scope(1)] is StepState.READ


def test_single_things_missed_stand_beside_the_facts(store: Store, path: Path) -> None:
    step = stores.step(1)
    refresh_id = stores.begin(store, [step, stores.step(2)])
    facts = stores.facts_of(step, 2)
    missed = [replace(stores.gap_of(step), key=key) for key in ("b", "a", "b")]
    store.record(refresh_id, step, facts, missed)
    store.record(refresh_id, stores.step(2), (), [replace(stores.gap_of(stores.step(2)), key="c")])
    store.seal(refresh_id, RefreshState.COMPLETE)
    snapshot = newest(store)
    assert [fact.key for fact in snapshot.facts(step.kind)] == [fact.key for fact in facts]
    assert [(gap.scope, gap.key) for gap in snapshot.gaps()] == [
        (step.scope, "a"),
        (step.scope, "b"),
        (stores.step(2).scope, "c"),
    ]
    assert {each.state for each in snapshot.steps()} == {StepState.READ}
    assert [store.observation(gap.sequence) for gap in snapshot.gaps()] == list(snapshot.gaps())
    store.close()
    report = check(path, stores.KEY, full=True)
    assert report.sound, report.checks


def test_a_gap_for_all_of_a_step_stands_alone(store: Store) -> None:
    step = stores.step(1)
    refresh_id = stores.begin(store, [step])
    whole = stores.gap_of(step)
    for facts, gaps in ((stores.facts_of(step, 1), [whole]), ((), [whole, replace(whole, key="a")])):
        with pytest.raises(ValueError, match="half a list"):
            store.record(refresh_id, step, facts, gaps)


def test_a_fact_erased_after_the_snapshot_was_made_is_not_left_out_in_silence(store: Store) -> None:
    stores.refreshed(store, STEPS, seen)
    snapshot = newest(store)
    first = snapshot.facts(stores.KIND)[0]
    store.erase_body(
        store.evidence_record(first.sequence).body_sha256, basis="request", erased_by="an officer"
    )
    with pytest.raises(ErasedError, match=f"observation {first.sequence}") as refused:
        snapshot.facts(stores.KIND)
    assert "Ask again" in refused.value.remedy
    assert len(newest(store).facts(stores.KIND)) == 23


def test_scopes_are_counted_by_how_they_ended_for_each_refresh_that_is_asked_for(store: Store) -> None:
    numbers = [stores.refreshed(store, steps, seen) for steps in (STEPS, STEPS[:1])]
    assert store.tallies(numbers) == {
        numbers[0]: {StepState.READ: 4, StepState.GAP: 1},
        numbers[1]: {StepState.READ: 1},
    }
    assert store.tallies([]) == {}
    assert store.tallies([99]) == {99: {}}
