"""Proofs out of a real store, before and after somebody changed it."""

from pathlib import Path

import stores
from console.services.proving import proof_of
from console.views.proof import proof_sentence


def test_every_observation_is_proven_under_the_root_that_covers_it(tmp_path: Path) -> None:
    with stores.create(tmp_path / "evidence.db") as store:
        first = stores.refreshed(store, [stores.step(1), stores.step(2)])
        second = stores.refreshed(store, [stores.step(1), stores.step(2)])
        span = store.span(second)
        assert span is not None
        for sequence in (1, 2, span.first, span.last - 1):
            proof = proof_of(store, sequence)
            assert proof is not None
            assert proof.holds
            assert proof.refresh_id == (first if sequence < span.first else second)


def test_before_a_root_is_signed_there_is_no_proof(tmp_path: Path) -> None:
    with stores.create(tmp_path / "evidence.db") as store:
        refresh_id = stores.begin(store, [stores.step(1)])
        store.record(refresh_id, stores.step(1), stores.facts_of(stores.step(1)))
        assert proof_of(store, 1) is None
        assert "No signed root" in proof_sentence(proof_of(store, 1))
