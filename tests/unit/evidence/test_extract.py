from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.refresh import Step
from console.evidence.extract import Span
from console.evidence.ledger import CompactRange
from console.evidence.records import leaf_of
from console.evidence.store import Store
from unit.reports.estate import MANAGEMENT, make_store, refresh

USERS = Step("iam.user", MANAGEMENT)
SEEN = [("a", {"UserName": "a"}), ("b", {"UserName": "b"})]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_store(tmp_path) as made:
        yield made


def erase(store: Store, sequence: int) -> None:
    store.erase_body(store.evidence_record(sequence).body_sha256, basis="asked", erased_by="officer")


def test_a_sealed_refresh_lies_between_its_first_entry_and_its_seal(store: Store) -> None:
    assert [store.span(refresh(store, {USERS: SEEN})) for _ in range(2)] == [
        Span(first=1, last=3),
        Span(first=4, last=6),
    ]


def test_a_refresh_that_is_running_or_unknown_has_no_span(store: Store) -> None:
    assert store.span(store.begin_refresh(caller="", botocore="", tool_version="")) is None
    assert store.span(99) is None


def test_a_span_grown_on_what_was_before_gives_the_signed_root(store: Store) -> None:
    refresh(store, {USERS: SEEN})
    span = store.span(refresh(store, {USERS: SEEN}))
    tree = store.tree_before(span.first)
    assert tree.size == span.first - 1
    for entry in store.ledger(span):
        tree.append(leaf_of(entry.statement))
    assert tree.root().hex() == store.checkpoints()[-1].root
    assert store.tree_before(1).root() == CompactRange().root()


def test_an_erased_body_is_missing_and_its_tombstone_comes_after_the_seal(store: Store) -> None:
    span = store.span(refresh(store, {USERS: SEEN}))
    erase(store, 2)
    found = list(store.ledger(span))
    assert [(each.statement["sequence"], each.statement["type"], each.body is None) for each in found] == [
        (1, "fact", False),
        (2, "fact", True),
        (3, "seal", False),
        (4, "tombstone", False),
    ]
    assert found[3].statement["key"] == found[1].statement["body_sha256"]


def test_tombstones_of_other_refreshes_are_left_to_them(store: Store) -> None:
    first = store.span(refresh(store, {USERS: SEEN[:1]}))
    second = store.span(refresh(store, {USERS: SEEN[1:]}))
    for sequence in (first.first, second.first):
        erase(store, sequence)
    assert [each.statement["sequence"] for each in store.ledger(first)] == [1, 2, 5]
    assert [each.statement["sequence"] for each in store.ledger(second)] == [3, 4, 6]
