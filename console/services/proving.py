"""Following one observation to a signed root, out of the store."""

from console.evidence.ledger import verify_inclusion
from console.evidence.reading import Reading
from console.views.proof import Proof


def proof_of(store: Reading, sequence: int) -> Proof | None:
    """Return the proof under the first root that covers an observation; None before one is signed.

    Raises `ErasedError` where the answer was erased.
    """
    record = store.evidence_record(sequence)
    covering = next((each for each in store.checkpoints() if each.tree_size >= sequence), None)
    if covering is None:
        return None
    path = store.inclusion_proof(sequence, covering.tree_size)
    root = bytes.fromhex(covering.root)
    return Proof(
        sequence=sequence,
        body_sha256=record.body_sha256,
        leaf=record.leaf.hex(),
        path=tuple(each.hex() for each in path),
        tree_size=covering.tree_size,
        root=covering.root,
        refresh_id=covering.refresh_id,
        holds=verify_inclusion(record.leaf, sequence - 1, covering.tree_size, path, root),
    )
