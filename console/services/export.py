"""Export an assurance pack: written beside its place, verified as an auditor would, registered, then put there.

Invariants: what has a pack's name is a whole pack, and it is in the register, whenever the program is killed.
"""

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from glob import escape
from pathlib import Path
from typing import Any

from console import __version__
from console.base.errors import ConsoleError
from console.controls.base import Control
from console.evidence.reading import Reading
from console.reports import layout
from console.reports.bag import TAG_MANIFEST
from console.reports.errors import PackTooLargeError
from console.reports.pack import Typeset, allowed_signers, pack_files, pack_id
from console.reports.verify import verify_pack
from console.reports.wish import Turn, Wanted
from console.reports.zipform import MAX_BYTES, MAX_FILES, write_zip, zip_size
from console.services.assess import Assessment
from console.services.packing import STEPS, Gathered, gather
from console.vault.signing import SigningKey

Register = Callable[[Mapping[str, Any]], object]
"""Keeps what the register of packs says of one; raises if it cannot."""


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
    id: str
    """SHA-256 of its tag manifest: the same for the same evidence, scope and profile, whoever signs it."""
    allowed_signers: Path
    """To be given to auditors by another way than the pack."""
    fingerprint: str
    """Of the key that signed, as `ssh-keygen -l` prints it."""
    files: int
    bytes: int
    redacted: int
    """Values that were replaced by pseudonyms."""
    register: Mapping[str, Any]
    """What the register of packs says of it."""


def export_pack(  # noqa: PLR0913 - each says something that the pack repeats
    store: Reading,
    refresh_id: int,
    assessment: Assessment,
    controls: Sequence[Control],
    *,
    signer: SigningKey,
    to: Path,
    wanted: Wanted = Wanted(),  # noqa: B008 - frozen
    typeset: Typeset | None = None,
    turn: Turn = Turn(),  # noqa: B008 - frozen
    register: Register = lambda _entry: None,
) -> ExportedPack:
    """Write the signed pack of one refresh to `to`, and who may sign beside it; nothing is ever overwritten.

    It is registered once it is written and verified, and before it has its name: a pack that is not in the register
    must not leave the machine, and one that is in it and was never finished does no harm.

    Equal evidence and an equal wish give equal bytes.
    """
    signers = to.with_suffix(".allowed_signers")
    for each in (to, signers):
        _refuse_to_overwrite(each, allowed_signers(signer) if each == signers else None)
    wanted = replace(wanted, tool=wanted.tool or f"bedrock-console {__version__}")
    gathered = gather(store, refresh_id, assessment, controls, wanted, signer, turn)
    content = gathered.content
    files = pack_files(content, signer, typeset, lambda words: turn.step(words, 4, STEPS))
    size = zip_size(files)
    if size > MAX_BYTES or len(files) > MAX_FILES:
        raise PackTooLargeError(f"the pack would be {size:,} bytes in {len(files):,} files")
    turn.step("Writing and verifying it", 5, STEPS)
    named = pack_id(files[f"{layout.BAG}{TAG_MANIFEST}"])
    entry = register_entry(gathered, wanted, named, to.name)
    exported = ExportedPack(
        path=to,
        id=named,
        allowed_signers=signers,
        fingerprint=signer.public.fingerprint,
        files=len(files),
        bytes=size,
        redacted=len(gathered.redactor.used),
        register=entry,
    )
    del content, gathered
    place_pack(files, to, signers, allowed_signers(signer), lambda: register(entry))
    return exported


def register_entry(gathered: Gathered, wanted: Wanted, named: str, file: str) -> dict[str, Any]:
    """Return what the register keeps of a pack: enough to find its pseudonyms' key again, and to compare with it."""
    content = gathered.content
    states = content.report.states(content.report.units[0])
    return {
        "id": named[:16],
        "pack": named,
        "file": file,
        "refresh": content.checkpoint.refresh_id,
        "as_of": content.as_of,
        "scope": wanted.scope.document(),
        "scope_words": str(wanted.scope),
        "profile": wanted.profile.value,
        "purpose": wanted.purpose,
        "claims": {claim: state.value for claim, state in sorted(states.items())},
    }


def place_pack(
    files: dict[str, bytes], to: Path, signers: Path, known: bytes, ready: Callable[[], object]
) -> None:
    """Write a pack whole to where nothing is, once it passed its own verification; and who may sign beside it.

    `files` are let go as soon as they are written: verifying takes memory of its own. `ready` is called when nothing
    but its name is wanting.
    """
    try:
        if not to.parent.is_dir():
            to.parent.mkdir(parents=True)
        for each in (to, signers):
            for left in to.parent.glob(f".{escape(each.name)}.*.part"):
                left.unlink()  # what a killed export was writing
        if not signers.exists():
            _place([known], signers)

        def sound(fresh: Path) -> None:
            _hold_to_verification(fresh, signers)
            ready()

        _place(_let_go(files), to, sound)
    except OSError as error:
        raise UnwritablePackError(f"{to} could not be written: {error.strerror}") from None


def _let_go(files: dict[str, bytes]) -> Iterator[bytes]:
    yield from write_zip(files)
    files.clear()


def _refuse_to_overwrite(path: Path, same: bytes | None) -> None:
    """Raise if something is at `path`, unless it is what would be written there."""
    if path.exists() and (same is None or not path.is_file() or path.read_bytes() != same):
        raise PackExistsError(f"{path} is already there")


def _place(parts: Iterable[bytes], to: Path, check: Callable[[Path], object] = lambda _fresh: None) -> None:
    """Write a file whole beside `to`, check it, and give it its name if nobody has that by then."""
    fresh = to.with_name(f".{to.name}.{secrets.token_hex(8)}.part")
    try:
        with fresh.open("xb") as stream:
            stream.writelines(parts)
            stream.flush()
            os.fsync(stream.fileno())
        check(fresh)
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
    """Give a file a name that nobody has: at once, so that a kill leaves all of it there or nothing."""
    try:
        to.hardlink_to(fresh)
    except FileExistsError:
        raise PackExistsError(f"{to} is already there") from None
    except OSError:
        _hold_and_take(fresh, to)


def _hold_and_take(fresh: Path, to: Path) -> None:
    """Give a file its name where the disk knows no links; an empty file holds the name for a moment."""
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
