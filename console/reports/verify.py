"""Verify a pack, trusting nothing in it.

Each check stands alone and says what it looked at. A pack is verified if every check passed; one that could not be
made, for want of allowed signers, has not passed. Nothing is unpacked, and no body of evidence is parsed.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from console.evidence.ledger import CompactRange
from console.evidence.records import FACT, GAP, SEAL, TOMBSTONE
from console.reports import bag, layout
from console.reports.deeds import check_deeds
from console.reports.errors import UnreadablePackError
from console.reports.opened import FaultError, OpenPack
from console.reports.zipform import BadZipError, walk_zip
from console.vault.sshsig import AllowedSigner, read_signers

_NAMED = 3
"""How many faults of one sort are spelled out."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was verified."""

    name: str
    passed: bool | None
    """None where it could not be made; that is not a pass."""
    detail: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found out about a pack."""

    checks: tuple[Check, ...]

    @property
    def verified(self) -> bool:
        """Tell whether every check was made and passed."""
        return all(each.passed is True for each in self.checks)


class _UnprovenError(Exception):
    """A check could not be made."""


def verify_pack(path: Path, *, allowed_signers: Path | None = None) -> Verification:
    """Verify the pack at `path`; without `allowed_signers` nothing shows who made it, and it is not verified."""
    try:
        signers = read_signers(allowed_signers.read_text("utf-8")) if allowed_signers else None
        with path.open("rb") as stream:
            return Verification(tuple(_checks(stream, path.stat().st_size, signers)))
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadablePackError(f"{path} cannot be verified: {error}") from None


def _checks(stream: BinaryIO, size: int, signers: Sequence[AllowedSigner] | None) -> Iterator[Check]:
    """Yield the checks; if the zip is not sound, nothing in it is looked at."""
    try:
        entries = walk_zip(stream, size)
    except BadZipError as error:
        yield Check("zip", False, str(error))
        return
    yield Check("zip", True, f"{len(entries)} files in {size:,} bytes, nothing between them or after")
    pack = OpenPack(stream, entries, signers)
    for name, check in _CHECKS:
        try:
            yield Check(name, True, check(pack))
        except FaultError as error:
            yield Check(name, False, str(error))
        except _UnprovenError as error:
            yield Check(name, None, str(error))


def _files(pack: OpenPack) -> str:
    """Hold what is there to what the manifests list."""
    tags = pack.manifest(bag.TAG_MANIFEST)
    expected = {f"{layout.BAG}{name}" for name in bag.TAGS}
    if tags.keys() != expected:
        raise FaultError("the tag manifest does not list the three tag files")
    listed = pack.manifest(bag.MANIFEST)
    if not all(name.startswith(f"{layout.BAG}{bag.DATA}") for name in listed):
        raise FaultError("the manifest lists what is not payload")
    expected |= listed.keys() | {layout.README, layout.SIGNATURE, f"{layout.BAG}{bag.TAG_MANIFEST}"}
    there = pack.entries.keys()
    faults = [f"{name} is missing" for name in sorted(expected - there)]
    faults += [f"{name} is not listed" for name in sorted(there - expected)]
    _none_of(faults)
    return f"{len(listed)} files of payload, none missing and none added"


def _hashes(pack: OpenPack) -> str:
    listed = pack.manifest(bag.TAG_MANIFEST) | pack.manifest(bag.MANIFEST)
    entries = pack.entries
    _none_of(
        [
            f"{name} is not the file that was signed"
            for name, digest in sorted(listed.items())
            if name in entries and entries[name].sha256 != digest
        ]
    )
    return f"{len(listed)} files have the SHA-256 that the manifests list"


def _bag(pack: OpenPack) -> str:
    """Hold the bag to its declaration, and the loose README to the signed one."""
    if pack.read(f"{layout.BAG}{bag.BAGIT}") != bag.DECLARATION:
        raise FaultError("bagit.txt does not declare BagIt 1.0 in UTF-8")
    prefix = f"{layout.BAG}{bag.DATA}"
    there = bag.oxum({name: each.size for name, each in pack.entries.items() if name.startswith(prefix)})
    try:
        said = bag.read_oxum(pack.read(f"{layout.BAG}{bag.INFO}"))
    except bag.BadBagError as error:
        raise FaultError(str(error)) from None
    if said != there:
        raise FaultError(f"the payload is {there} bytes and files, and was {said}")
    if pack.read(layout.README) != pack.data(layout.README):
        raise FaultError(f"{layout.README} is not the one that was signed")
    return f"BagIt 1.0; the payload's length is {there}"


def _signature(pack: OpenPack) -> str:
    return f"good for the tag manifest, by the key {pack.key.fingerprint}"


def _signer(pack: OpenPack) -> str:
    key = pack.key
    if pack.signers is None:
        raise _UnprovenError(
            f"whoever holds the key {key.fingerprint} signed it; who that is, only a file of allowed signers can say"
        )
    for each in pack.signers:
        if each.allows(key, layout.NAMESPACE):
            return f"{each.principals} may sign packs, and holds the key"
    raise FaultError(f"the key {key.fingerprint} is not among the allowed signers of packs")


def _checkpoint(pack: OpenPack) -> str:
    tree = pack.tree
    return f"the ledger {tree.origin} had {tree.tree_size:,} entries when it was signed"


def _bodies(pack: OpenPack) -> str:
    """Hold each body to its statement, and what has none to a tombstone."""
    ledger = pack.ledger
    tombstones = {
        each.statement.get("key")
        for each in ledger.exhibits.values()
        if each.statement.get("type") == TOMBSTONE
    }
    erased = {number: each.statement for number, each in ledger.exhibits.items() if each.body is None}
    _none_of(
        [
            f"observation {number} has no body, and no tombstone says why"
            for number, said in sorted(erased.items())
            if said.get("body_sha256") not in tombstones
        ]
    )
    return f"{len(ledger.leaves):,} entries, {len(erased):,} erased with their tombstones"


def _inclusion(pack: OpenPack) -> str:
    """Compute the signed root anew from the evidence; what is newer than the checkpoint can be tombstones alone."""
    ledger, proof, tree = pack.ledger, pack.inclusion, pack.tree
    if proof.tree_size != tree.tree_size:
        raise FaultError("the proof is for another checkpoint")
    within = sorted(number for number in ledger.leaves if number <= tree.tree_size)
    if len(within) != tree.tree_size - proof.first + 1:
        raise FaultError(f"the entries are not those from {proof.first} to {tree.tree_size}")
    grown = CompactRange(proof.left.size, proof.left.nodes())
    for number in within:
        grown.append(ledger.leaves[number])
    if grown.root().hex() != tree.root:
        raise FaultError("the evidence does not give the root that the checkpoint signed")
    newer = sorted(ledger.leaves.keys() - set(within))
    _none_of(
        [
            f"entry {number} is newer than the checkpoint"
            for number in newer
            if ledger.types[number][0] != TOMBSTONE
        ]
    )
    later = f"; {len(newer)} newer tombstones rest on the pack's signature alone" if newer else ""
    return f"all {len(within):,} entries are in the signed ledger, and none of the reading is left out{later}"


def _assessment(pack: OpenPack) -> str:
    """Hold the assessment to the refresh that was sealed, and each finding to evidence that is there."""
    said = pack.document(layout.ASSESSMENT)
    ledger, tree = pack.ledger, pack.tree
    seal = ledger.exhibits.get(tree.tree_size)
    try:
        if seal is None or seal.statement["type"] != SEAL or seal.body is None:
            raise FaultError("the signed ledger does not end with the seal of a refresh")
        refresh, number = said["refresh"], seal.statement["refresh"]
        sealed = json.loads(seal.body)
        if refresh["id"] != number or any(refresh[name] != value for name, value in sealed.items()):
            raise FaultError("the assessment is of another refresh than the one that was sealed")
        seen = {at for at, (type_, of) in ledger.types.items() if type_ in (FACT, GAP) and of == number}
        findings = [(str(each["control"]), set(each["evidence"])) for each in said["findings"]]
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError):
        raise FaultError(f"{layout.ASSESSMENT} or the seal is not in the form that was written") from None
    _none_of(
        [
            f"a finding of {control} rests on evidence that is not there"
            for control, on in findings
            if on - seen
        ]
    )
    return f"{len(findings):,} findings rest on evidence in the pack"


def _deeds(pack: OpenPack) -> str:
    """Hold what people did to the signed ledger and to their signatures."""
    if f"{layout.BAG}{bag.DATA}{layout.DEEDS}" not in pack.entries:
        return "the pack holds no deeds of persons"
    tree = pack.tree
    found = check_deeds(pack.data(layout.DEEDS), pack.data(layout.DEED_PROOFS), tree.tree_size, tree.root)
    _none_of(found.faults)
    return found.words


def _none_of(faults: Sequence[str]) -> None:
    """Raise if there are faults, naming the first of them."""
    if faults:
        more = f"; and {len(faults) - _NAMED} more" if len(faults) > _NAMED else ""
        raise FaultError("; ".join(faults[:_NAMED]) + more)


_CHECKS: tuple[tuple[str, Callable[[OpenPack], str]], ...] = (
    ("files", _files),
    ("hashes", _hashes),
    ("bag", _bag),
    ("signature", _signature),
    ("signer", _signer),
    ("checkpoint", _checkpoint),
    ("evidence", _bodies),
    ("inclusion", _inclusion),
    ("assessment", _assessment),
    ("deeds", _deeds),
)
