"""Verify a pack, trusting nothing in it.

Each check stands alone and says what it looked at. A pack is verified if every check passed; one that could not be
made, for want of allowed signers, has not passed. Nothing is unpacked, and no body of evidence is parsed.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from console.evidence.note import BadCheckpointError, SignedTree, stated
from console.evidence.records import FACT, GAP, SEAL, TOMBSTONE
from console.reports import bag, layout
from console.reports.deeds import check_deeds
from console.reports.digests import check_digests, has_digests
from console.reports.errors import UnreadablePackError
from console.reports.exhibits import BadLineError
from console.reports.opened import FaultError, OpenPack
from console.reports.oscal import OSCAL_VERSION
from console.reports.oscal_check import check_oscal
from console.reports.redaction_rules import Profile
from console.reports.redactions import read_redactions
from console.reports.signatures import Trusted, read_trusted, signature_names
from console.reports.zipform import BadZipError, walk_zip
from console.views.names import count_words
from console.views.text import inert

_LONGEST_NOTE = 4_096
_NAMED = 3
"""How many faults of one sort are spelled out."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was verified."""

    name: str
    passed: bool | None
    """None where it could not be made; that is not a pass."""
    detail: str
    is_needed: bool = True
    """Whether the pack is not verified without it; a time-stamp may be there and need not be known."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found out about a pack."""

    checks: tuple[Check, ...]
    pack_id: str = ""
    """Empty if the pack is so broken that it has none."""

    @property
    def verified(self) -> bool:
        """Tell whether every check was made and passed."""
        return all(
            each.passed is True or (each.passed is None and not each.is_needed) for each in self.checks
        )

    @property
    def is_intact(self) -> bool:
        """Tell whether everything but the question who signed it has passed: what it shows is what was signed."""
        return not self.broken

    @property
    def broken(self) -> tuple[Check, ...]:
        """The checks that keep it from being intact: those that failed, and needed ones that could not be made."""
        return tuple(
            each
            for each in self.checks
            if each.name not in _WHO and (each.passed is False or (each.passed is None and each.is_needed))
        )


class _UnprovenError(Exception):
    """A check could not be made."""


def verify_pack(
    path: Path,
    *,
    allowed_signers: Path | None = None,
    authorities: Path | None = None,
    previous: Path | None = None,
) -> Verification:
    """Verify the pack at `path`; without signers or authorities nothing shows who made it, and it is not verified.

    `previous` is an earlier pack of the same department, or the checkpoint out of one.
    """
    trusted = read_trusted(allowed_signers, authorities)
    try:
        earlier = read_previous(previous) if previous else None
        with path.open("rb") as stream:
            return _verification(stream, path.stat().st_size, trusted, earlier)
    except OSError as error:
        raise UnreadablePackError(f"{path} cannot be verified: {error}") from None


def _verification(stream: BinaryIO, size: int, trusted: Trusted, previous: SignedTree | None) -> Verification:
    """Return the checks; if the zip is not sound, nothing in it is looked at."""
    try:
        entries = walk_zip(stream, size)
    except BadZipError as error:
        return Verification((Check("zip", False, str(error)),))
    found = [Check("zip", True, f"{len(entries)} files in {size:,} bytes, nothing between them or after")]
    pack = OpenPack(stream, entries, trusted)
    found += [_made(name, pack, check) for name, check in _CHECKS]
    if has_digests(pack):
        found.append(replace(_made("CloudTrail", pack, _digests), is_needed=False))
    if any(name.endswith(".tsr") for name in entries):
        found.append(replace(_made("time-stamp", pack, _stamps), is_needed=False))
    if previous is not None:
        found.append(_made("previous pack", pack, lambda opened: _extends(opened, previous)))
    try:
        return Verification(tuple(found), pack.id)
    except FaultError:
        return Verification(tuple(found))


def _made(name: str, pack: OpenPack, check: Callable[[OpenPack], str]) -> Check:
    """Make one check; its words may hold text out of the pack, which is made inert before anybody reads it."""
    try:
        return Check(name, True, inert(check(pack)))
    except FaultError as error:
        return Check(name, False, inert(error))
    except _UnprovenError as error:
        return Check(name, None, inert(error))


def read_previous(path: Path) -> SignedTree:
    """Return what an earlier pack, or the checkpoint out of one, states of the ledger; its signature is not asked.

    Whoever kept it knows where it is from.
    """
    with path.open("rb") as stream:
        try:
            entries = walk_zip(stream, path.stat().st_size)
            note = OpenPack(stream, entries, Trusted()).data(layout.CHECKPOINT)
        except BadZipError:
            stream.seek(0)
            note = stream.read(_LONGEST_NOTE)
        except FaultError as error:
            raise UnreadablePackError(f"{path}: {error}") from None
    try:
        return stated(note.decode("utf-8"))
    except (BadCheckpointError, UnicodeDecodeError):
        raise UnreadablePackError(f"{path} is neither a pack nor a checkpoint") from None


def _files(pack: OpenPack) -> str:
    """Hold what is there to what the manifests list."""
    tags = pack.manifest(bag.TAG_MANIFEST)
    expected = {f"{layout.BAG}{name}" for name in bag.TAGS}
    if tags.keys() != expected:
        raise FaultError("the tag manifest does not list the three tag files")
    listed = pack.manifest(bag.MANIFEST)
    if not all(name.startswith(f"{layout.BAG}{bag.DATA}") for name in listed):
        raise FaultError("the manifest lists what is not payload")
    expected |= listed.keys() | {layout.README, f"{layout.BAG}{bag.TAG_MANIFEST}"}
    expected |= set(signature_names(pack.entries))
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
    """Hold every signature to the tag manifest; the first is the ledger's own."""
    found = pack.signatures
    _none_of([f"{each.file}: {each.fault}" for each in found if each.fault])
    return f"{len(found)} good for the tag manifest; the first by the key {pack.key.fingerprint}"


def _signer(pack: OpenPack) -> str:
    """Hold who signed to who was given; one who is known is enough, and who is not is said."""
    signed = [each for each in pack.signatures if not each.fault and each.stamped is None]
    words = "; ".join(each.words for each in signed)
    if any(each.known_as for each in signed):
        return words
    if pack.trusted.is_nobody:
        raise _UnprovenError(f"{words}; who that is, only signers that you were given elsewhere can say")
    raise FaultError(f"{words or layout.SIGNATURE}: not among the signers and authorities that were given")


def _stamps(pack: OpenPack) -> str:
    found = [each for each in pack.signatures if each.stamped is not None]
    if all(each.known_as for each in found):
        return "; ".join(each.words for each in found) or "none of the time-stamps is good"
    raise _UnprovenError("; ".join(each.words for each in found))


def _extends(pack: OpenPack, previous: SignedTree) -> str:
    """Hold the ledger to an earlier state of it: it may only have grown."""
    tree = pack.tree
    if previous.origin != tree.origin:
        raise FaultError(f"the previous pack is of another ledger, {previous.origin}")
    if previous.tree_size > tree.tree_size:
        raise FaultError(
            f"the ledger was rolled back: it had {previous.tree_size:,} entries in the previous pack and has "
            f"{tree.tree_size:,} in this one"
        )
    if previous.tree_size == tree.tree_size:
        if previous.root != tree.root:
            raise FaultError(
                "the ledger was written anew: the same size has another root in the previous pack"
            )
        return "the ledger is as it was in the previous pack"
    held = next((each for each in pack.earlier if each.tree_size == previous.tree_size), None)
    if held is None or held.root != previous.root:
        raise FaultError(
            "the ledger was written anew: the previous pack's checkpoint is not among the earlier ones of this pack"
        )
    added = tree.tree_size - previous.tree_size
    return f"the ledger is that of the previous pack with {added:,} entries added"


def _checkpoint(pack: OpenPack) -> str:
    tree = pack.tree
    _none_of(
        [
            f"{layout.CONSISTENCY}: the ledger does not extend its checkpoint of {each.tree_size:,} entries"
            for each in pack.earlier
            if not each.holds(tree.tree_size, tree.root)
        ]
    )
    extends = f", and extends {count_words(len(pack.earlier), 'earlier checkpoint', 'earlier checkpoints')}"
    return f"the ledger {tree.origin} had {tree.tree_size:,} entries when it was signed{extends}"


def _bodies(pack: OpenPack) -> str:
    """Hold each body to its statement, and what has none to a tombstone."""
    ledger = pack.ledger
    tombstones = {
        each.statement.get("key")
        for each in ledger.exhibits.values()
        if each.statement.get("type") == TOMBSTONE
    }
    erased = {
        number: each.statement
        for number, each in ledger.exhibits.items()
        if each.body is None and not each.is_withheld
    }
    _none_of(
        [
            f"observation {number} has no body, and no tombstone says why"
            for number, said in sorted(erased.items())
            if said.get("body_sha256") not in tombstones
        ]
    )
    redacted = f"; {ledger.redacted:,} redacted, bound by their leaves" if ledger.redacted else ""
    return f"{len(ledger.leaves):,} entries, {len(erased):,} erased with their tombstones{redacted}"


def _inclusion(pack: OpenPack) -> str:
    """Compute the signed root anew from the evidence; what is newer than the checkpoint can be tombstones alone."""
    ledger, proof, tree = pack.ledger, pack.inclusion, pack.tree
    if proof.tree_size != tree.tree_size:
        raise FaultError(f"{layout.INCLUSION}: the proof is for another checkpoint")
    within = {number: leaf for number, leaf in ledger.leaves.items() if number <= tree.tree_size}
    try:
        root = proof.root(within)
    except (BadLineError, ValueError) as error:
        raise FaultError(f"{layout.INCLUSION}: {error}") from None
    if root.hex() != tree.root or len(within) + proof.left_out != tree.tree_size - proof.first + 1:
        raise FaultError("the evidence does not give the root that the checkpoint signed")
    newer = sorted(ledger.leaves.keys() - within.keys())
    _none_of(
        [
            f"entry {number} is newer than the checkpoint"
            for number in newer
            if ledger.types[number][0] != TOMBSTONE
        ]
    )
    later = f"; {len(newer)} newer tombstones rest on the pack's signature alone" if newer else ""
    out = f"{proof.left_out:,} of the reading are" if proof.left_out else "none of the reading is"
    return f"all {len(within):,} entries are in the signed ledger, and {out} left out{later}"


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


def _oscal(pack: OpenPack) -> str:
    """Hold the OSCAL documents to their form: versions, UUIDs said once, references that lead somewhere."""
    words = [check_oscal(pack.document(layout.OSCAL), "assessment-results", layout.OSCAL, pack.has_data)]
    words.append(
        check_oscal(pack.document(layout.POAM), "plan-of-action-and-milestones", layout.POAM, pack.has_data)
    )
    _none_of([fault for each in words for fault in each.faults])
    return f"OSCAL {OSCAL_VERSION}: {sum(each.uuids for each in words):,} UUIDs, and every reference leads somewhere"


def _redactions(pack: OpenPack) -> str:
    """Hold what is redacted to the list of it."""
    said = pack.document(layout.ASSESSMENT)
    profile = said.get("profile") if isinstance(said, dict) else None
    if profile == Profile.INTERNAL.value:
        if pack.ledger.redacted or pack.has_data(layout.REDACTIONS):
            raise FaultError("something is redacted in a pack that says that nothing is")
        return "nothing is redacted"
    try:
        listed, values = read_redactions(pack.data(layout.REDACTIONS))
    except ValueError as error:
        raise FaultError(f"{layout.REDACTIONS}: {error}") from None
    if listed != profile or len({each.pseudonym for each in values}) != len(values):
        raise FaultError(f"{layout.REDACTIONS}: it is of another profile, or names a pseudonym twice")
    return f"profile {listed}: {len(values):,} values are replaced, each with a commitment"


def _digests(pack: OpenPack) -> str:
    """Hold CloudTrail's digests to its keys; what is wrong with them at AWS is no fault of the pack that shows it."""
    is_good, words = check_digests(pack)
    if not is_good:
        raise _UnprovenError(words)
    return words


def _none_of(faults: Sequence[str]) -> None:
    """Raise if there are faults, naming the first of them."""
    if faults:
        more = f"; and {len(faults) - _NAMED} more" if len(faults) > _NAMED else ""
        raise FaultError("; ".join(faults[:_NAMED]) + more)


_WHO = ("signer", "time-stamp")
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
    ("OSCAL", _oscal),
    ("redactions", _redactions),
)
