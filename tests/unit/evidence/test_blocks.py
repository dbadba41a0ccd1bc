from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import stores
from console.base.paths import migrations
from console.domain.evidence import Fact, Gap, GapReason
from console.domain.refresh import RefreshState, Step, StepState
from console.evidence.checking import check
from console.evidence.errors import RefusedStepError
from console.evidence.ledger import verify_inclusion
from console.evidence.migrate import check_known
from console.evidence.records import leaf_of
from console.evidence.store import Store

STEPS = [stores.step(number) for number in range(1, 6)]
"""With three facts, denied, with none, with two facts and one missed, and with many of one call."""
OTHER_ID = "99999999-8888-7777-6666-555555555555"
Seen = tuple[list[Fact], list[Gap]]


def seen(step: Step, **said: str) -> Seen:
    """Return what there is in a place, as the calls of one refresh tell it."""
    number = STEPS.index(step) + 1
    facts = {1: 3, 4: 2, 5: 60}.get(number, 0)
    gaps = [stores.gap_of(step)] if number == 2 else []
    gaps += [replace(stores.gap_of(step), key="thing-9")] if number == 4 else []
    found = stores.facts_of(step, facts)
    if number == 1:
        found = [told(each, request_id=f"{each.key} {said.get('request_id', '')}") for each in found]
        return [told(each, observed_at=said.get("observed_at", stores_at(0))) for each in found], gaps
    return [told(each, **said) for each in found], [told(each, **said) for each in gaps]


def told(said: Any, **members: str) -> Any:
    return replace(said, provenance=replace(said.provenance, **members))


def stores_at(minute: int) -> str:
    return f"2026-11-23T09:{minute:02}:00.000Z"


def refreshed(store: Store, *, steps: list[Step] = STEPS, of: Callable[[Step], Seen] = seen) -> int:
    refresh_id = stores.begin(store, steps)
    for step in steps:
        store.record(refresh_id, step, *of(step))
    store.seal(refresh_id, RefreshState.COMPLETE)
    return refresh_id


def later(step: Step) -> Seen:
    return seen(step, request_id=OTHER_ID, observed_at=stores_at(30), botocore="1.99.0")


def rows(store: Store) -> int:
    return int(stores.sql(store.path, "SELECT count(*) FROM observation")[0][0])


@pytest.fixture
def twice(store: Store) -> Store:
    """A store whose second refresh saw what the first did."""
    refreshed(store)
    refreshed(store, of=later)
    return store


def test_an_unchanged_step_adds_no_row_and_says_everything_of_its_own_call(twice: Store) -> None:
    assert rows(twice) == 3 + 1 + 0 + 3 + 60 + 2
    first, second = (twice.snapshot(each) for each in (1, 2))
    assert first
    assert second
    assert first.refresh.content_root == second.refresh.content_root
    for step in STEPS:
        facts, gaps = later(step)
        found = second.facts(step.kind, step.scope)
        assert [(each.key, each.payload, each.provenance) for each in found] == [
            (each.key, each.payload, each.provenance) for each in sorted(facts, key=lambda each: each.key)
        ]
        missed = second.gaps(step.kind, step.scope)
        assert [(each.key, each.detail, each.provenance) for each in missed] == [
            (each.key, each.detail, each.provenance) for each in gaps
        ]
        assert [twice.observation(each.sequence) for each in (*found, *missed)] == [*found, *missed]
    numbers = [each.sequence for each in (*first.facts(stores.KIND), *second.facts(stores.KIND))]
    assert len(set(numbers)) == len(numbers)


def test_every_observation_of_a_block_is_proved_by_its_own_leaf(twice: Store) -> None:
    checkpoint = twice.checkpoints()[-1]
    snapshot = twice.snapshot()
    assert snapshot
    for said in (*snapshot.facts(stores.KIND), *snapshot.gaps()):
        record = twice.evidence_record(said.sequence)
        assert leaf_of(record.statement) == record.leaf
        assert record.statement["refresh"] == 2
        assert record.statement["request_id"] == said.provenance.request_id
        proof = twice.inclusion_proof(said.sequence, checkpoint.tree_size)
        root = bytes.fromhex(checkpoint.root)
        assert verify_inclusion(record.leaf, said.sequence - 1, checkpoint.tree_size, proof, root)


def test_a_refresh_in_blocks_is_handed_out_line_by_line_and_checked(twice: Store) -> None:
    span = twice.span(2)
    assert span
    entries = list(twice.ledger(span))
    assert [each.statement["sequence"] for each in entries] == list(range(span.first, span.last + 1))
    grown = twice.tree_before(span.first)
    for entry in entries:
        grown.append(leaf_of(entry.statement))
    assert grown.root().hex() == twice.checkpoints()[-1].root
    assert check(twice.path, stores.KEY, full=True, signer=stores.SIGNER.public).sound
    assert check(twice.path, stores.KEY).observations == grown.size


def test_an_answer_that_differs_in_anything_is_written_whole(store: Store) -> None:
    refreshed(store)
    before = rows(store)
    refreshed(store, steps=STEPS[:1], of=lambda step: (stores.facts_of(step, 3, changed=True), []))
    assert rows(store) == before + 3 + 1
    refreshed(store, steps=STEPS[:1], of=lambda step: (stores.facts_of(step, 2, changed=True), []))
    assert rows(store) == before + 4 + 2 + 1
    gone = replace(stores.gap_of(STEPS[1]), reason=GapReason.THROTTLED)
    refreshed(store, steps=STEPS[1:2], of=lambda _: ([], [gone]))
    assert rows(store) == before + 7 + 1 + 1


def test_parameters_and_times_of_any_form_come_back(store: Store) -> None:
    refreshed(store, steps=STEPS[4:])
    odd = {"parameters": '{"nextToken":"x"}', "request_id": "not a uuid", "observed_at": "yesterday"}
    refreshed(store, steps=STEPS[4:], of=lambda step: seen(step, **odd))
    snapshot = store.snapshot()
    assert snapshot
    said = {each.provenance for each in snapshot.facts(stores.KIND)}
    assert [(each.parameters, each.request_id, each.observed_at) for each in said] == [tuple(odd.values())]


def test_an_erased_body_is_held_again_if_aws_shows_it_again(twice: Store) -> None:
    snapshot = twice.snapshot()
    assert snapshot
    first = snapshot.facts(stores.KIND, STEPS[0].scope)[0]
    record = twice.evidence_record(first.sequence)
    twice.erase_body(record.body_sha256, basis="a request", erased_by="an officer")
    erased = twice.snapshot()
    assert erased
    (gap,) = erased.gaps(stores.KIND, STEPS[0].scope)
    assert (gap.reason, gap.sequence) == (GapReason.ERASED, first.sequence)
    refreshed(twice, of=later)
    again = twice.snapshot()
    assert again
    assert [each.key for each in again.facts(stores.KIND, STEPS[0].scope)] == [
        "thing-0",
        "thing-1",
        "thing-2",
    ]
    assert check(twice.path, stores.KEY, full=True).sound


def test_a_step_of_a_block_that_was_changed_is_named(twice: Store, path: Path) -> None:
    (packed,) = stores.sql(path, "SELECT max(request_ids) FROM block")[0]
    changed = bytes([packed[0] ^ 1]) + packed[1:]
    twice.close()
    changing = (
        f"UPDATE block SET request_ids = x'{changed.hex()}' WHERE hex(request_ids) = '{packed.hex().upper()}'"  # noqa: S608 - our own bytes
    )
    stores.without_triggers(path, changing)
    report = check(path, stores.KEY)
    assert not report.sound
    assert "is not what was recorded" in next(each.detail for each in report.checks if each.name == "ledger")


def test_what_nobody_asked_about_stands_as_it_was_read_and_says_so(twice: Store) -> None:
    refresh_id = stores.begin(twice)
    facts, gaps = seen(STEPS[0], request_id="anew")
    twice.record_all(refresh_id, STEPS[:1], [], carried=STEPS[1:])
    twice.record(refresh_id, STEPS[0], facts, gaps)
    twice.record_all(refresh_id, (), [], carried=STEPS)
    twice.seal(refresh_id, RefreshState.COMPLETE)
    snapshot = twice.snapshot()
    assert snapshot
    assert snapshot.refresh.content_root == twice.refreshes()[0].content_root
    assert {step.scope: step.carried_from for step in snapshot.steps()} == {
        step.scope: 0 if step == STEPS[0] else 2 for step in STEPS
    }
    for said in (*snapshot.facts(stores.KIND), *snapshot.gaps()):
        is_anew = said.scope == STEPS[0].scope
        assert said.basis == ("" if is_anew else "carried over from refresh 2")
        assert (said.provenance.observed_at == stores_at(30)) is not is_anew
        if not is_anew:
            assert twice.evidence_record(said.sequence).statement["basis"] == said.basis
    assert check(twice.path, stores.KEY, full=True).sound


def test_what_was_carried_over_twice_names_the_refresh_that_read_it(store: Store) -> None:
    refreshed(store)
    for _ in range(2):
        refresh_id = stores.begin(store)
        store.record_all(refresh_id, (), (), carried=STEPS)
        store.seal(refresh_id, RefreshState.COMPLETE)
    snapshot = store.snapshot()
    assert snapshot
    assert {each.basis for each in snapshot.facts(stores.KIND)} == {"carried over from refresh 1"}
    assert {each.carried_from for each in snapshot.steps()} == {1}


def test_nothing_is_carried_over_from_a_refresh_that_did_not_come_to_it(store: Store) -> None:
    refreshed(store, steps=STEPS[:1])
    stores.begin(store, STEPS)
    store.seal(2, RefreshState.CANCELLED)
    refresh_id = stores.begin(store)
    store.record_all(refresh_id, (), (), carried=STEPS)
    store.seal(refresh_id, RefreshState.COMPLETE)
    snapshot = store.snapshot()
    assert snapshot
    assert {step.scope: step.state for step in snapshot.steps()} == {
        step.scope: StepState.READ if step == STEPS[0] else StepState.GAP for step in STEPS
    }
    assert {gap.reason for gap in snapshot.gaps()} == {GapReason.NOT_ATTEMPTED}
    assert {gap.detail for gap in snapshot.gaps()} == {
        "this refresh was not to read it, and no earlier one did"
    }


def test_a_step_that_is_to_be_in_a_block_ends_once(twice: Store) -> None:
    refresh_id = stores.begin(twice, STEPS)
    twice.record(refresh_id, STEPS[0], *later(STEPS[0]))
    with pytest.raises(RefusedStepError, match="already ended"):
        twice.record(refresh_id, STEPS[0], *later(STEPS[0]))


def test_a_store_of_the_first_schema_is_read_checked_and_written_on(path: Path) -> None:
    path.write_bytes((Path(__file__).parents[2] / "fixtures" / "evidence_0001.db").read_bytes())
    with stores.reopened(path) as store:
        roots = {each.content_root for each in store.refreshes() if each.content_root}
        assert roots == {"0b1410cb151b96ed68a90ee6e72189542b53b4520b0c0e0ed76676c4584272fe"}
        before = store.snapshot()
        assert before
        assert before.refresh.id == 2
        assert len(before.facts(stores.KIND)) == 2 + 2 + 1
        assert {gap.reason for gap in before.gaps()} == {GapReason.DENIED, GapReason.ERASED}
        assessment = store.assessment(2)
        assert assessment
        assert isinstance(store.observation(assessment.findings[0].evidence[0]), Fact)
        unfinished = store.unfinished()
        assert unfinished
        assert len(store.pending(unfinished.id)) == 4
        store.seal(unfinished.id, RefreshState.CANCELLED)
        assert [each.refresh_id for each in store.checkpoints()] == [1, 2, 3]
    backups = sorted(each.name for each in path.parent.glob("*.bak"))
    assert backups == [f"evidence.db.{each}.bak" for each in check_known(path, "", migrations())[:-1]]
    assert check(path, stores.KEY, full=True, signer=stores.SIGNER.public).sound


def test_a_second_refresh_adds_little_beside_the_first(store: Store, path: Path) -> None:
    steps = [stores.step(number) for number in range(1, 400)]
    sizes = []
    for _ in range(2):
        refresh_id = stores.begin(store, steps)
        for at in range(0, len(steps), 100):
            ended = [stores.ended(each, stores.facts_of(each, 4)) for each in steps[at : at + 100]]
            store.record_all(refresh_id, (), ended)
        store.seal(refresh_id, RefreshState.COMPLETE)
        sizes.append(int(stores.sql(path, "PRAGMA page_count")[0][0]))
    assert (sizes[1] - sizes[0]) / sizes[0] < 0.1
