"""Export an assurance pack: written beside its place, verified as an auditor would, and only then put there."""

import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from console import __version__
from console.base.clock import stamp
from console.base.errors import ConsoleError
from console.controls.base import Control
from console.evidence.reading import Reading
from console.reports.content import Content, Export, cited
from console.reports.deeds import deed_files
from console.reports.errors import ForeignEvidenceError, PackTooLargeError
from console.reports.exhibits import exhibit, inclusion
from console.reports.pack import allowed_signers, pack_files
from console.reports.verify import verify_pack
from console.reports.zipform import MAX_BYTES, MAX_FILES, write_zip, zip_size
from console.services import office
from console.services.assess import Assessment
from console.services.catalogues import claim_catalogue, frameworks
from console.vault.signing import SigningKey
from console.views.claims import Judged, claim_report


class NotExportableError(ConsoleError):
    """There is no sealed refresh to export, or the assessment is of another one."""

    code = "SVC-010"
    remedy = "Let the refresh end or cancel it, judge it, and export that assessment."


class PackExistsError(ConsoleError):
    """A pack would take the place of a file."""

    code = "SVC-011"
    remedy = "Choose another name; a pack that was handed out is never overwritten."


class UnwritablePackError(ConsoleError):
    """The pack could not be written whole, and nothing was left behind."""

    code = "SVC-012"
    remedy = "Check the folder's rights, the disk's room and its connection, then export again."


class UnsoundPackError(ConsoleError):
    """The pack that was written does not pass its own verification, and was removed."""

    code = "SVC-013"
    remedy = "Run `bedrock-console store check --full`: the store or the disk that was written to is damaged."


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedPack:
    """A pack that was written and verified."""

    path: Path
    allowed_signers: Path
    """To be given to auditors by another way than the pack."""
    fingerprint: str
    """Of the key that signed, as `ssh-keygen -l` prints it."""
    files: int
    bytes: int


def export_pack(  # noqa: PLR0913 - each says something that the pack repeats
    store: Reading,
    refresh_id: int,
    assessment: Assessment,
    controls: Sequence[Control],
    *,
    signer: SigningKey,
    to: Path,
    organisation_name: str,
    exported_by: str,
    purpose: str = "",
    now: datetime,
) -> ExportedPack:
    """Write the signed pack of one refresh to `to`, and who may sign beside it; nothing is ever overwritten.

    Equal evidence and equal arguments give equal bytes.
    """
    signers = to.with_suffix(".allowed_signers")
    for each in (to, signers):
        _refuse_to_overwrite(each, allowed_signers(signer) if each == signers else None)
    export = Export(
        organisation_name=organisation_name,
        exported_by=exported_by,
        purpose=purpose,
        exported_at=stamp(now),
        tool=f"bedrock-console {__version__}",
        fingerprint=signer.public.fingerprint,
    )
    files = pack_files(gather(store, refresh_id, assessment, controls, export), signer)
    size = zip_size(files)
    if size > MAX_BYTES or len(files) > MAX_FILES:
        raise PackTooLargeError(f"the pack would be {size:,} bytes in {len(files):,} files")
    try:
        if not to.parent.is_dir():
            to.parent.mkdir(parents=True)
        if not signers.exists():
            _place([allowed_signers(signer)], signers)
        _place(write_zip(files), to, verified_by=signers)
    except OSError as error:
        raise UnwritablePackError(f"{to} could not be written: {error.strerror}") from None
    return ExportedPack(
        path=to, allowed_signers=signers, fingerprint=export.fingerprint, files=len(files), bytes=size
    )


def gather(
    store: Reading, refresh_id: int, assessment: Assessment, controls: Sequence[Control], export: Export
) -> Content:
    """Return all that a pack of a refresh says."""
    snapshot, span = store.snapshot(refresh_id), store.span(refresh_id)
    if snapshot is None or span is None:
        raise NotExportableError(f"refresh {refresh_id} is not sealed")
    if assessment.refresh != snapshot.refresh:
        raise NotExportableError(f"the assessment is of another refresh than {refresh_id}")
    exhibits = exhibit(store.ledger(span), cited(snapshot, assessment.findings))
    for finding in assessment.findings:
        if not exhibits.places.keys() >= set(finding.evidence):
            raise ForeignEvidenceError(
                f"a finding of {finding.control_id} rests on evidence of another refresh"
            )
    judged = Judged(
        snapshot=snapshot,
        findings=assessment.findings,
        controls=controls,
        duties=office.gather(store),
        policy=assessment.policy,
        asked_at=export.exported_at,
        earlier={each.id: each.finished_at for each in store.refreshes()},
    )
    return Content(
        snapshot=snapshot,
        findings=assessment.findings,
        controls=controls,
        policy=assessment.policy,
        assessed_at=assessment.assessed_at,
        exhibits=exhibits,
        checkpoint=next(each for each in store.checkpoints() if each.refresh_id == refresh_id),
        inclusion=inclusion(span.first, span.last, store.tree_before(span.first)),
        judged=judged,
        report=claim_report(judged, claim_catalogue()),
        frameworks=frameworks(),
        deeds=deed_files(store.deed_entries(), span.last, store.inclusion_proof),
        export=export,
    )


def _refuse_to_overwrite(path: Path, same: bytes | None) -> None:
    """Raise if something is at `path`, unless it is what would be written there."""
    if path.exists() and (same is None or not path.is_file() or path.read_bytes() != same):
        raise PackExistsError(f"{path} is already there")


def _place(parts: Iterable[bytes], to: Path, verified_by: Path | None = None) -> None:
    """Write a file whole beside `to`, verify it if it is a pack, and move it there if nothing is there by then."""
    fresh = to.with_name(f".{to.name}.{secrets.token_hex(8)}.part")
    try:
        with fresh.open("xb") as stream:
            stream.writelines(parts)
            stream.flush()
            os.fsync(stream.fileno())
        if verified_by is not None:
            _hold_to_verification(fresh, verified_by)
        _take_place(fresh, to)
    finally:
        fresh.unlink(missing_ok=True)
    if os.name == "posix":
        folder = os.open(to.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _take_place(fresh: Path, to: Path) -> None:
    """Rename a file to a name that nobody has; the empty file holds the name for the moment in between."""
    try:
        with to.open("xb"):
            pass
    except FileExistsError:
        raise PackExistsError(f"{to} is already there") from None
    try:
        fresh.replace(to)
    except OSError:
        to.unlink()
        raise


def _hold_to_verification(pack: Path, signers: Path) -> None:
    verification = verify_pack(pack, allowed_signers=signers)
    if not verification.verified:
        failed = "; ".join(f"{each.name}: {each.detail}" for each in verification.checks if not each.passed)
        raise UnsoundPackError(f"the pack that was written is not sound: {failed}")
