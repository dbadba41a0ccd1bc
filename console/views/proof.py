"""Where one observation stands in the signed ledger, in words and in hashes that a stock tool can follow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What leads from one observation to a signed root (RFC 9162, section 2.1.3)."""

    sequence: int
    body_sha256: str
    """Of the canonical JSON of what was answered."""
    leaf: str
    """Hash of the statement about it, hexadecimal."""
    path: Sequence[str]
    """The sibling hashes from the leaf to the root, hexadecimal."""
    tree_size: int
    root: str
    """As signed."""
    refresh_id: int
    """The refresh at whose end the root was signed."""
    holds: bool
    """Whether the path, followed now, leads to the root."""


def proof_sentence(proof: Proof | None) -> str:
    """Say what the proof shows."""
    if proof is None:
        return "No signed root covers it yet: one is signed at the end of each refresh."
    if not proof.holds:
        return "The hashes do not lead to the signed root: the store was changed. Run “bedrock-console store check”."
    return (
        f"It is entry {proof.sequence:,} of the {proof.tree_size:,} under the root that was signed at the end of"
        f" refresh {proof.refresh_id}. The hashes were followed just now, and they lead there."
    )


def proof_lines(proof: Proof) -> Iterator[str]:
    """Yield the hashes, as they are copied."""
    yield f"answer SHA-256  {proof.body_sha256}"
    yield f"leaf            {proof.leaf}"
    for at, each in enumerate(proof.path, 1):
        yield f"sibling {at:<8}{each}"
    yield f"root            {proof.root}"
