"""Checkpoints as signed notes: the C2SP `tlog-checkpoint` and `signed-note` forms, readable and verifiable elsewhere.

```
bedrock-console/0f1e…          origin, which is also the signer's name
1234                           size of the tree
q83v…=                         its root, base64

— bedrock-console/0f1e… <base64 of 4 bytes key id and 64 bytes Ed25519 signature>
```
The signature covers the text up to and including the newline before the blank line.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from console.base.errors import ConsoleError
from console.evidence.ledger import HASH_BYTES
from console.vault.signing import BadSignatureError, SigningKey, VerifyKey

_ED25519 = b"\x01"
_KEY_ID_BYTES = 4
_BODY_LINES = 3


class BadCheckpointError(ConsoleError):
    """A checkpoint is not what was signed, or not a checkpoint."""

    code = "EVD-012"
    remedy = (
        "Treat the store as altered: keep the file as it is, restore the newest backup that passes "
        "`bedrock-console store check`, and compare its checkpoints with those in exported packs."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The state of the evidence at the end of a refresh, as signed."""

    tree_size: int
    root: str
    """Merkle root (RFC 9162) over the first `tree_size` observations, hexadecimal."""
    refresh_id: int
    note: str
    """The signed note, to be handed on byte for byte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedTree:
    """What a note states, once its signature was verified."""

    origin: str
    tree_size: int
    root: str


def key_id(name: str, key: VerifyKey) -> bytes:
    """Return the four bytes by which a note names its key."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + key.raw).digest()[:_KEY_ID_BYTES]


def sign_note(origin: str, tree_size: int, root: bytes, signer: SigningKey) -> str:
    """Return the signed note of a tree."""
    text = f"{origin}\n{tree_size}\n{base64.b64encode(root).decode()}\n"
    signature = key_id(origin, signer.public) + signer.sign(text.encode())
    return f"{text}\n— {origin} {base64.b64encode(signature).decode()}\n"


def stated(note: str) -> SignedTree:
    """Return what `note` states, whoever signed it; raise `BadCheckpointError` if it states nothing."""
    said, _, _ = _parsed(note)
    return said


def verify_note(note: str, key: VerifyKey) -> SignedTree:
    """Return what `note` states if `key` signed it; raise `BadCheckpointError` if not."""
    said, text, signed = _parsed(note)
    expected = key_id(said.origin, key)
    for name, identity, signature in signed:
        if (name, identity) == (said.origin, expected):
            try:
                key.verify(text.encode(), signature)
            except BadSignatureError:
                raise BadCheckpointError(
                    f"the signature of checkpoint {said.tree_size} does not match"
                ) from None
            return said
    raise BadCheckpointError(f"checkpoint {said.tree_size} is not signed by the key {expected.hex()}")


def _parsed(note: str) -> tuple[SignedTree, str, list[tuple[str, bytes, bytes]]]:
    """Return what a note states, the text that is signed, and its signatures."""
    text, blank, signatures = note.rpartition("\n\n")
    text += "\n"
    lines = text.split("\n")[:-1]
    if not blank or len(lines) < _BODY_LINES:
        raise BadCheckpointError("the text is not a signed checkpoint")
    origin = lines[0]
    try:
        root = base64.b64decode(lines[2], validate=True)
        size = int(lines[1])
        signed = [_signature(line) for line in signatures.splitlines()]
    except (ValueError, binascii.Error):
        raise BadCheckpointError("the text is not a signed checkpoint") from None
    if len(root) != HASH_BYTES or size < 0 or lines[1] != str(size):
        raise BadCheckpointError("the checkpoint's size or root is malformed")
    return SignedTree(origin=origin, tree_size=size, root=root.hex()), text, signed


def _signature(line: str) -> tuple[str, bytes, bytes]:
    """Split a signature line into name, key id and signature."""
    mark, name, encoded = line.split(" ")
    if mark != "—":
        raise ValueError(line)
    raw = base64.b64decode(encoded, validate=True)
    return name, raw[:_KEY_ID_BYTES], raw[_KEY_ID_BYTES:]
