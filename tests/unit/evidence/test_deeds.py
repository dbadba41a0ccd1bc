"""What people did, in the ledger: beside refreshes, under the next checkpoint, never changed."""

from pathlib import Path

import pytest

import stores
from console.domain.deed import DeedKind
from console.domain.evidence import Fact, Gap, GapReason
from console.evidence.ledger import verify_inclusion
from console.evidence.maintenance import check
from console.evidence.store import Store

NOTE = {"control": "BR-X-001", "account_id": "1", "region": "eu-west-2", "subject": "s", "words": "looked at"}


def test_a_deed_is_read_back_as_it_was_done(store: Store) -> None:
    store.add_deed(DeedKind.NOTE, "Jo Bloggs", NOTE)
    store.add_deed(DeedKind.ATTESTATION, "Sam", {"id": "AT-1", "n": 1})
    assert [(each.kind, each.by, each.at, dict(each.body), each.sequence) for each in store.deeds()] == [
        (DeedKind.NOTE, "Jo Bloggs", "2026-11-23T09:14:00.000Z", NOTE, 1),
        (DeedKind.ATTESTATION, "Sam", "2026-11-23T09:14:00.000Z", {"id": "AT-1", "n": 1}, 2),
    ]


def test_a_deed_needs_a_name(store: Store) -> None:
    with pytest.raises(ValueError, match="a name"):
        store.add_deed(DeedKind.NOTE, "  ", NOTE)


def test_deeds_between_refreshes_are_proven_by_the_next_checkpoint(store: Store, path: Path) -> None:
    stores.refreshed(store, [stores.step(1)])
    number = store.add_deed(DeedKind.NOTE, "Jo", NOTE)
    stores.refreshed(store, [stores.step(1)])
    last = store.checkpoints()[-1]
    proof = store.inclusion_proof(number, last.tree_size)
    leaf = store.evidence_record(number).leaf
    assert verify_inclusion(leaf, number - 1, last.tree_size, proof, bytes.fromhex(last.root))
    assert check(path, stores.KEY, full=True).sound


def test_a_deed_during_a_refresh_that_broke_off_harms_neither(store: Store, path: Path) -> None:
    refresh_id = stores.begin(store, [stores.step(1)])
    stores.put(store, refresh_id, stores.step(1), stores.facts_of(stores.step(1)))
    store.add_deed(DeedKind.NOTE, "Jo", NOTE)
    store.seal(refresh_id, stores.RefreshState.COMPLETE)
    assert len(store.snapshot().facts(stores.KIND)) == 2
    assert len(store.deeds()) == 1
    assert check(path, stores.KEY, full=True).sound


def test_a_changed_deed_is_found(store: Store, path: Path) -> None:
    store.add_deed(DeedKind.NOTE, "Jo", NOTE)
    store.close()
    stores.without_triggers(path, "UPDATE context SET caller = 'Sam'")
    report = check(path, stores.KEY, full=False)
    assert "observation 1 is not what was recorded" in str(report.checks)


def test_a_deed_opens_like_an_answer_of_aws(store: Store) -> None:
    number = store.add_deed(DeedKind.ATTESTATION, "Sam", {"id": "AT-1"})
    shown = store.observation(number)
    assert isinstance(shown, Fact)
    assert (shown.kind, shown.key, shown.provenance.caller) == ("console.attestation", "AT-1", "Sam")
    assert store.evidence_record(number).body == b'{"id":"AT-1"}'


def test_what_answers_another_deed_is_called_after_it(store: Store) -> None:
    for member in ("attestation", "exception", "subject"):
        number = store.add_deed(DeedKind.WITHDRAWAL, "Sam", {member: "this"})
        assert store.observation(number).key == "this"
    assert store.observation(store.add_deed(DeedKind.NOTE, "Sam", {})).key == ""


def test_an_erased_deed_says_nothing_any_more(store: Store, path: Path) -> None:
    number = store.add_deed(DeedKind.NOTE, "Jo", NOTE)
    store.erase_body(
        store.evidence_record(number).body_sha256, basis="UK GDPR article 17", erased_by="officer"
    )
    assert store.deeds() == []
    shown = store.observation(number)
    assert isinstance(shown, Gap)
    assert (shown.kind, shown.reason) == ("console.note", GapReason.ERASED)
    (entry,) = store.deed_entries()
    assert entry.body is None
    assert check(path, stores.KEY, full=True).sound


def test_the_guidance_is_kept_beside_the_ledger_and_in_no_entry(store: Store, path: Path) -> None:
    text = f"{stores.MARK} line one\nline two"
    store.add_deed(DeedKind.GUIDANCE, "officer", {"name": "n", "text_sha256": "11" * 32}, ("11" * 32, text))
    store.add_deed(DeedKind.GUIDANCE, "officer", {"name": "n", "text_sha256": "11" * 32}, ("11" * 32, text))
    assert store.guidance_text("11" * 32) == text
    assert store.guidance_text("22" * 32) is None
    assert all(stores.MARK.encode() not in (entry.body or b"") for entry in store.deed_entries())
    store.close()
    assert stores.MARK.encode() not in path.read_bytes()


def test_assessments_are_read_oldest_first_the_newest_of_each_refresh(store: Store) -> None:
    one, two = (stores.refreshed(store, [stores.step(1)]) for _ in range(2))
    for refresh_id in (two, one, one):
        store.save_assessment(refresh_id, stores.clock().isoformat(), "{}", [])
    unjudged = stores.refreshed(store, [stores.step(1)])
    found = list(store.assessments())
    assert [(each.refresh_id, each.id) for each in found] == [(one, 3), (two, 1)]
    assert unjudged not in {each.refresh_id for each in found}
