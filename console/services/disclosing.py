"""Disclosing what a pack does not show: one value or one observation, as files that `sha256sum` holds to the pack."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from console.base.errors import ConsoleError
from console.controls.base import Control
from console.evidence.reading import Reading
from console.evidence.records import statement_bytes
from console.reports import layout
from console.reports.errors import NoRedactionError, UnreadablePackError
from console.reports.opened import FaultError, OpenPack
from console.reports.redact import disclosure
from console.reports.redaction_rules import Profile
from console.reports.redactions import read_redactions
from console.reports.scope import PackScope
from console.reports.signatures import Trusted
from console.reports.tables import pack_tables
from console.reports.wish import Wanted
from console.reports.zipform import BadZipError, walk_zip
from console.services.assess import Assessment
from console.services.packing import gather, packed_deeds
from console.vault.signing import SigningKey

SUMS = "SHA256SUMS"
_LEAF_MARK = b"\x00"


class UnregisteredPackError(ConsoleError):
    """A pack was not made from this store, so nothing here opens its pseudonyms."""

    code = "SVC-019"
    remedy = (
        "Disclose on the laptop whose store made the pack: `bedrock-console pack list` shows which it made."
    )


class DisclosureExistsError(ConsoleError):
    """A disclosure would be written over something."""

    code = "SVC-027"
    remedy = "Choose a folder that is not there yet."


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What a redacted pack is bound to."""

    id: str
    commitments: Mapping[str, str]
    """SHA-256 by pseudonym."""
    leaves: Mapping[int, str]
    """Leaves of redacted entries, by number."""


def bound(path: Path) -> Bound:
    """Read from a pack what it is bound to."""
    try:
        with path.open("rb") as stream:
            pack = OpenPack(stream, walk_zip(stream, path.stat().st_size), Trusted())
            listed = (
                read_redactions(pack.data(layout.REDACTIONS))[1] if pack.has_data(layout.REDACTIONS) else ()
            )
            lines = [*pack.exhibits(), *(pack.lines(layout.DEEDS) if pack.has_data(layout.DEEDS) else ())]
            return Bound(
                id=pack.id,
                commitments={each.pseudonym: each.sha256 for each in listed},
                leaves={
                    int(each.statement["sequence"]): each.leaf.hex() for each in lines if each.is_redacted
                },
            )
    except OSError as error:
        raise UnreadablePackError(f"{path} cannot be read: {error.strerror}") from None
    except (BadZipError, FaultError, ValueError) as error:
        raise UnreadablePackError(f"{path} is no pack: {error}") from None


def wanted_of(store: Reading, pack: Bound) -> tuple[Wanted, int]:
    """Return what was asked for when a pack was made, and of which refresh it is."""
    for deed in reversed(packed_deeds(store)):
        if deed.body["pack"] == pack.id:
            said = deed.body
            return (
                Wanted(
                    scope=PackScope.of(said["scope"]),
                    profile=Profile(said["profile"]),
                    purpose=said["purpose"],
                ),
                int(said["refresh"]),
            )
    raise UnregisteredPackError(f"the pack {pack.id[:16]} is not in this store's register")


def disclose_values(
    store: Reading,
    assessment: Assessment,
    controls: Sequence[Control],
    pack: Bound,
    pseudonyms: Sequence[str],
    signer: SigningKey,
) -> dict[str, bytes]:
    """Return files that disclose values, with the sums that the pack holds."""
    wanted, refresh_id = wanted_of(store, pack)
    missing = [each for each in pseudonyms if each not in pack.commitments]
    if missing:
        raise NoRedactionError(f"the pack has no {missing[0]}")
    gathered = gather(store, refresh_id, assessment, controls, wanted, signer)
    pack_tables(gathered.content)
    files: dict[str, bytes] = {}
    for number, pseudonym in enumerate(pseudonyms, 1):
        redaction = gathered.redactor.used.get(pseudonym)
        content = disclosure(gathered.key, redaction) if redaction else b""
        if hashlib.sha256(content).hexdigest() != pack.commitments[pseudonym]:
            raise NoRedactionError(f"what is stored now does not give the commitment of {pseudonym}")
        files[f"value-{number}.txt"] = content
    return files


def disclose_observation(store: Reading, pack: Bound, sequence: int) -> dict[str, bytes]:
    """Return files that disclose a whole observation: what its leaf is made of, and its body."""
    if sequence not in pack.leaves:
        raise NoRedactionError(f"the pack has no redacted entry {sequence}")
    record = store.evidence_record(sequence)
    statement = _LEAF_MARK + statement_bytes(record.statement)
    if hashlib.sha256(statement).hexdigest() != pack.leaves[sequence]:
        raise NoRedactionError(f"what is stored of entry {sequence} is not what the pack is bound to")
    return {f"entry-{sequence}.leaf": statement, f"entry-{sequence}.json": record.body}


def write_disclosure(files: Mapping[str, bytes], to: Path) -> None:
    """Write a disclosure into a new folder, with its sums."""
    sums = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())
    )
    try:
        to.mkdir(parents=True)
        for name, content in {**files, SUMS: sums.encode("ascii")}.items():
            (to / name).write_bytes(content)
    except FileExistsError:
        raise DisclosureExistsError(f"{to} is already there") from None
    except OSError as error:
        raise DisclosureExistsError(
            f"{to} could not be written: {error.strerror}", remedy="Choose a folder that you may write."
        ) from None
