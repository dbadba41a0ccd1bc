"""What shows that a ledger only grew: every earlier checkpoint, and the proof that the pack's own one extends it.

Whoever holds an earlier pack, or only its checkpoint, sees whether the ledger was rolled back or written anew since.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from console.evidence.ledger import verify_consistency
from console.evidence.note import Checkpoint


class Ledger(Protocol):
    """Where checkpoints and proofs come from."""

    def checkpoints(self) -> Sequence[Checkpoint]:
        """Return every signed checkpoint, oldest first."""
        ...

    def consistency_proof(self, old_size: int, new_size: int) -> list[bytes]:
        """Return the proof that the tree of `new_size` extends the one of `old_size`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier checkpoint with its proof."""

    tree_size: int
    root: str
    note: str
    proof: tuple[bytes, ...]

    def holds(self, tree_size: int, root: str) -> bool:
        """Tell whether the tree of `tree_size` extends this one."""
        return verify_consistency(
            self.tree_size, tree_size, bytes.fromhex(self.root), bytes.fromhex(root), self.proof
        )


def consistency(ledger: Ledger, newest: Checkpoint) -> bytes:
    """Return the earlier checkpoints with their proofs as JSON."""
    earlier = [
        {
            "note": each.note,
            "proof": [node.hex() for node in ledger.consistency_proof(each.tree_size, newest.tree_size)],
            "root": each.root,
            "tree_size": each.tree_size,
        }
        for each in ledger.checkpoints()
        if each.tree_size < newest.tree_size
    ]
    return written({"earlier": earlier, "tree_size": newest.tree_size})


def read_consistency(text: bytes) -> tuple[Earlier, ...]:
    """Read what `consistency` wrote; raise `ValueError` for anything else."""
    try:
        said = json.loads(text)
        found = tuple(
            Earlier(
                tree_size=int(each["tree_size"]),
                root=bytes.fromhex(each["root"]).hex(),
                note=str(each["note"]),
                proof=tuple(bytes.fromhex(node) for node in each["proof"]),
            )
            for each in said["earlier"]
        )
    except (KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError("the earlier checkpoints are malformed") from None
    if written(said) != text:
        raise ValueError("the earlier checkpoints are not in the form that was written")
    return found


def written(said: object) -> bytes:
    """Return JSON in the form that packs have: sorted, in ASCII, a line feed at its end."""
    return (json.dumps(said, indent=1, sort_keys=True, ensure_ascii=True) + "\n").encode("ascii")
