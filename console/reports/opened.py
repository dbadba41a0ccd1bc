"""A pack that is open for verification: its parts read, parsed and held to their form, none of them trusted.

Nothing is unpacked, and no body of evidence is parsed: its hash is what counts.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, BinaryIO

from console.base.canonical import sha256_hex
from console.evidence.note import BadCheckpointError, SignedTree, verify_note
from console.evidence.records import SEAL, TOMBSTONE
from console.reports import bag, layout
from console.reports.consistency import Earlier, read_consistency
from console.reports.exhibits import FOLDER, BadLineError, Exhibit, read_line
from console.reports.inclusion import Inclusion, read_inclusion
from console.reports.signatures import Signature, Trusted, signature_names, signatures
from console.reports.zipform import Entry
from console.vault.signing import BadSignatureError, VerifyKey
from console.vault.sshsig import verify_message

MOST_BYTES = 1 << 30
"""Of one file: more is no file of a pack, and would not fit into the memory of a small laptop."""
MOST_JSON = 256 << 20
"""Of a document that is parsed whole."""


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
    redacted: int


class OpenPack:
    """One pack that is open."""

    def __init__(self, stream: BinaryIO, entries: Mapping[str, Entry], trusted: Trusted) -> None:
        self._stream = stream
        self.entries = entries
        self.trusted = trusted

    def read(self, name: str) -> bytes:
        """Return a file's content; a fault if there is no such file, or it is longer than any that a pack has."""
        entry = self.entries.get(name)
        if entry is None:
            raise FaultError(f"{name} is missing")
        if entry.size > MOST_BYTES:
            raise FaultError(f"{name} is longer than {MOST_BYTES:,} bytes")
        self._stream.seek(entry.offset)
        return self._stream.read(entry.size)

    def has_data(self, name: str) -> bool:
        """Tell whether the payload has a file."""
        return f"{layout.BAG}{bag.DATA}{name}" in self.entries

    def data(self, name: str) -> bytes:
        """Return a file of the bag's payload."""
        return self.read(f"{layout.BAG}{bag.DATA}{name}")

    def document(self, name: str) -> Any:  # noqa: ANN401 - JSON of somebody else
        """Return a payload file's JSON."""
        content = self.data(name)
        if len(content) > MOST_JSON:
            raise FaultError(f"{name} is longer than a document of {MOST_JSON:,} bytes")
        try:
            return json.loads(content)
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
    def message(self) -> bytes:
        """What is signed."""
        return self.read(f"{layout.BAG}{bag.TAG_MANIFEST}")

    @property
    def id(self) -> str:
        """The pack's name for ever."""
        return sha256_hex(self.message)

    @cached_property
    def key(self) -> VerifyKey:
        """The key whose signature over the tag manifest is good: the ledger's own."""
        armoured = self.read(layout.SIGNATURE).decode("ascii", "replace")
        try:
            return verify_message(self.message, armoured, layout.NAMESPACE)
        except BadSignatureError as error:
            raise FaultError(f"{layout.SIGNATURE}: {error}") from None

    @cached_property
    def signatures(self) -> list[Signature]:
        """What each signature says, and whose it is."""
        names = signature_names(self.entries)
        return signatures([(name, self.read(name)) for name in names], self.message, self.trusted)

    @cached_property
    def tree(self) -> SignedTree:
        """What the checkpoint states, signed by the pack's key or by another that is allowed."""
        note = self.data(layout.CHECKPOINT).decode("utf-8", "replace")
        said = ""
        for key in (self.key, *(each.key for each in self.trusted.signers)):
            try:
                return verify_note(note, key)
            except BadCheckpointError as error:
                said = said or str(error)
        raise FaultError(f"{layout.CHECKPOINT}: {said}")

    @cached_property
    def earlier(self) -> tuple[Earlier, ...]:
        """The earlier checkpoints of the ledger, with their proofs."""
        try:
            return read_consistency(self.data(layout.CONSISTENCY))
        except ValueError as error:
            raise FaultError(f"{layout.CONSISTENCY}: {error}") from None

    @cached_property
    def inclusion(self) -> Inclusion:
        """The proof of the evidence."""
        try:
            return read_inclusion(self.data(layout.INCLUSION))
        except BadLineError as error:
            raise FaultError(f"{layout.INCLUSION}: {error}") from None

    @cached_property
    def ledger(self) -> PackLedger:
        """Every line of evidence, its body held to its statement."""
        leaves: dict[int, bytes] = {}
        exhibits: dict[int, Exhibit] = {}
        types: dict[int, tuple[str, int]] = {}
        redacted = 0
        for exhibit in self.exhibits():
            said = exhibit.statement
            sequence = int(said["sequence"])
            if sequence in leaves:
                raise FaultError(f"observation {sequence} is there twice")
            is_bound = exhibit.body is not None and not exhibit.is_redacted
            if is_bound and sha256_hex(exhibit.body or b"") != said.get("body_sha256"):
                raise FaultError(f"the body of observation {sequence} is not the one in its statement")
            leaves[sequence] = exhibit.leaf
            type_ = said.get("type")
            types[sequence] = (str(type_), int(said["refresh"]))
            redacted += exhibit.is_redacted
            if (exhibit.body is None and not exhibit.is_withheld) or type_ in (SEAL, TOMBSTONE):
                exhibits[sequence] = exhibit
        return PackLedger(leaves=leaves, exhibits=exhibits, types=types, redacted=redacted)

    def exhibits(self) -> Iterator[Exhibit]:
        """Yield every line of evidence."""
        folder = f"{layout.BAG}{bag.DATA}{FOLDER}"
        for name in self.entries:
            if name.startswith(folder):
                yield from self.lines(name.removeprefix(f"{layout.BAG}{bag.DATA}"))

    def lines(self, name: str) -> Iterator[Exhibit]:
        """Yield the lines of one file of the payload."""
        texts = self.data(name).split(b"\n")
        if texts.pop():
            raise FaultError(f"{name} ends within a line")
        for number, text in enumerate(texts, 1):
            try:
                yield read_line(text)
            except BadLineError as error:
                raise FaultError(f"{name}, line {number}: {error}") from None
