"""What people did, as an auditor gets it: one line for each deed in the ledger, and the proof that it is in there.

The lines have the form of evidence. A deed that is newer than the checkpoint has no proof yet and rests on the pack's
signature, and an attestation besides on the signature of the person who made it. The guidance's text is no deed.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.base.canonical import sha256_hex
from console.domain.deed import DeedKind
from console.evidence.ledger import verify_inclusion
from console.evidence.records import DEED
from console.reports import layout
from console.reports.exhibits import BadLineError, Exhibit, ShownEntry, line, read_line
from console.vault.signed_record import ATTESTATION, COUNTERSIGNATURE, verify_record
from console.vault.signing import BadSignatureError

_SIGNED = {
    DeedKind.ATTESTATION.value: ("attestation", ATTESTATION),
    DeedKind.COUNTERSIGNATURE.value: ("countersignature", COUNTERSIGNATURE),
}


@dataclass(frozen=True, slots=True)
class DeedsCheck:
    """What was found out about a pack's deeds."""

    faults: tuple[str, ...]
    count: int = 0
    proven: int = 0
    signed: int = 0
    erased: int = 0
    redacted: int = 0

    @property
    def words(self) -> str:
        """Say what holds, where nothing is at fault."""
        newer = self.count - self.proven
        later = f"; {newer:,} newer ones rest on the pack's signature" if newer else ""
        gone = f"; {self.erased:,} were erased" if self.erased else ""
        gone += (
            f"; {self.redacted:,} are redacted, so their signatures cannot be verified"
            if self.redacted
            else ""
        )
        return f"{self.proven:,} deeds are in the signed ledger{later}; {self.signed:,} signatures are good{gone}"


def deed_files(
    entries: Sequence[ShownEntry], tree_size: int, prove: Callable[[int, int], Sequence[bytes]]
) -> dict[str, bytes]:
    """Return the deeds and their proofs, by path below `data/`; no files if there is no deed."""
    if not entries:
        return {}
    proofs = {
        str(entry.statement["sequence"]): [
            node.hex() for node in prove(int(entry.statement["sequence"]), tree_size)
        ]
        for entry in entries
        if int(entry.statement["sequence"]) <= tree_size
    }
    said = {"tree_size": tree_size, "proofs": proofs}
    return {
        layout.DEEDS: b"".join(line(entry) for entry in entries),
        layout.DEED_PROOFS: (json.dumps(said, indent=1, sort_keys=True) + "\n").encode("ascii"),
    }


def check_deeds(lines: bytes, proofs: bytes, tree_size: int, root: str) -> DeedsCheck:
    """Hold each deed to its statement, its proof and its signature."""
    try:
        exhibits = [read_line(each) for each in _lines(lines)]
        proven = _proofs(proofs, tree_size)
        return _checked(exhibits, proven, tree_size, bytes.fromhex(root))
    except (BadLineError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return DeedsCheck((f"{layout.DEEDS} or its proofs are not in the form that was written",))


def _checked(
    exhibits: Sequence[Exhibit], proofs: Mapping[str, list[bytes]], tree_size: int, root: bytes
) -> DeedsCheck:
    faults: list[str] = []
    counted = {"proven": 0, "signed": 0, "erased": 0, "redacted": 0}
    for exhibit in exhibits:
        said = exhibit.statement
        number = int(said["sequence"])
        if said["type"] != DEED:
            faults.append(f"entry {number} is no deed")
        if exhibit.is_redacted:
            counted["redacted"] += 1
        elif exhibit.body is None:
            counted["erased"] += 1
        elif sha256_hex(exhibit.body) != said["body_sha256"]:
            faults.append(f"the body of deed {number} is not the one in its statement")
        elif said["key"] in _SIGNED:
            problem = _signature(str(said["key"]), json.loads(exhibit.body))
            counted["signed"] += not problem
            faults += [f"deed {number}: {problem}"] if problem else []
        if number <= tree_size:
            held = verify_inclusion(exhibit.leaf, number - 1, tree_size, proofs.get(str(number), []), root)
            counted["proven"] += held
            faults += [] if held else [f"deed {number} is not in the signed ledger"]
    numbers = [int(exhibit.statement["sequence"]) for exhibit in exhibits]
    if sorted(set(numbers)) != numbers:
        faults.append("deeds are not in their order")
    return DeedsCheck(tuple(faults), len(exhibits), **counted)


def _lines(content: bytes) -> Iterator[bytes]:
    lines = content.split(b"\n")
    if lines.pop():
        raise BadLineError("it ends within a line")
    yield from lines


def _proofs(content: bytes, tree_size: int) -> dict[str, list[bytes]]:
    said = json.loads(content)
    if said["tree_size"] != tree_size:
        raise ValueError("the proofs are for another checkpoint")
    return {number: [bytes.fromhex(node) for node in nodes] for number, nodes in said["proofs"].items()}


def _signature(kind: str, body: Mapping[str, Any]) -> str:
    """Return why a signed deed is not what was signed; empty if it is."""
    member, namespace = _SIGNED[kind]
    try:
        verify_record(body[member], body["signature"], namespace)
    except BadSignatureError as error:
        return str(error)
    return ""
