"""A pack that is open for verification: its parts read, parsed and held to their form, none of them trusted.

Nothing is unpacked, and no body of evidence is parsed: its hash is what counts.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, BinaryIO

from console.base.canonical import sha256_hex
from console.evidence.note import BadCheckpointError, SignedTree, verify_note
from console.evidence.records import SEAL, TOMBSTONE
from console.reports import bag, layout
from console.reports.exhibits import FOLDER, BadLineError, Exhibit, Inclusion, read_inclusion, read_line
from console.reports.zipform import Entry
from console.vault.signing import BadSignatureError, VerifyKey
from console.vault.sshsig import AllowedSigner, verify_message


class FaultError(Exception):
    """A check found something wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLedger:
    """The evidence of a pack, read once."""

    leaves: Mapping[int, bytes]
    exhibits: Mapping[int, Exhibit]
    """Those of which more than the leaf is asked: seals, tombstones and what was erased."""
    types: Mapping[int, tuple[str, int]]
    """Type and refresh of each entry."""


class OpenPack:
    """One pack that is open."""

    def __init__(
        self, stream: BinaryIO, entries: Mapping[str, Entry], signers: Sequence[AllowedSigner] | None
    ) -> None:
        self._stream = stream
        self.entries = entries
        self.signers = signers

    def read(self, name: str) -> bytes:
        """Return a file's content; a fault if there is no such file."""
        entry = self.entries.get(name)
        if entry is None:
            raise FaultError(f"{name} is missing")
        self._stream.seek(entry.offset)
        return self._stream.read(entry.size)

    def data(self, name: str) -> bytes:
        """Return a file of the bag's payload."""
        return self.read(f"{layout.BAG}{bag.DATA}{name}")

    def document(self, name: str) -> Any:  # noqa: ANN401 - JSON of somebody else
        """Return a payload file's JSON."""
        try:
            return json.loads(self.data(name))
        except (ValueError, RecursionError):
            raise FaultError(f"{name} is not JSON") from None

    def manifest(self, name: str) -> dict[str, str]:
        """Return a manifest's hashes by path in the zip."""
        try:
            listed = bag.read_manifest(self.read(f"{layout.BAG}{name}"))
        except bag.BadBagError as error:
            raise FaultError(str(error)) from None
        return {f"{layout.BAG}{path}": digest for path, digest in listed.items()}

    @cached_property
    def key(self) -> VerifyKey:
        """The key whose signature over the tag manifest is good."""
        message = self.read(f"{layout.BAG}{bag.TAG_MANIFEST}")
        armoured = self.read(layout.SIGNATURE).decode("ascii", "replace")
        try:
            return verify_message(message, armoured, layout.NAMESPACE)
        except BadSignatureError as error:
            raise FaultError(str(error)) from None

    @cached_property
    def tree(self) -> SignedTree:
        """What the checkpoint states, signed by the pack's key or by another that is allowed."""
        note = self.data(layout.CHECKPOINT).decode("utf-8", "replace")
        said = ""
        for key in (self.key, *(each.key for each in self.signers or ())):
            try:
                return verify_note(note, key)
            except BadCheckpointError as error:
                said = said or str(error)
        raise FaultError(said)

    @cached_property
    def inclusion(self) -> Inclusion:
        """The proof of the evidence."""
        try:
            return read_inclusion(self.data(layout.INCLUSION))
        except BadLineError as error:
            raise FaultError(str(error)) from None

    @cached_property
    def ledger(self) -> PackLedger:
        """Every line of evidence, its body held to its statement."""
        leaves: dict[int, bytes] = {}
        exhibits: dict[int, Exhibit] = {}
        types: dict[int, tuple[str, int]] = {}
        for exhibit in self._exhibits():
            said = exhibit.statement
            sequence = int(said["sequence"])
            if sequence in leaves:
                raise FaultError(f"observation {sequence} is there twice")
            if exhibit.body is not None and sha256_hex(exhibit.body) != said.get("body_sha256"):
                raise FaultError(f"the body of observation {sequence} is not the one in its statement")
            leaves[sequence] = exhibit.leaf
            type_ = said.get("type")
            types[sequence] = (str(type_), int(said["refresh"]))
            if exhibit.body is None or type_ in (SEAL, TOMBSTONE):
                exhibits[sequence] = exhibit
        return PackLedger(leaves=leaves, exhibits=exhibits, types=types)

    def _exhibits(self) -> Iterator[Exhibit]:
        folder = f"{layout.BAG}{bag.DATA}{FOLDER}"
        for name in self.entries:
            if not name.startswith(folder):
                continue
            lines = self.read(name).split(b"\n")
            if lines.pop():
                raise FaultError(f"{name.removeprefix(folder)} ends within a line")
            for number, text in enumerate(lines, 1):
                try:
                    yield read_line(text)
                except BadLineError as error:
                    raise FaultError(f"{name.removeprefix(folder)}, line {number}: {error}") from None
