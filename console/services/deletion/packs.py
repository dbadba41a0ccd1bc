"""The register of packs that left the console: who has one is told when what it contains is deleted."""

import hashlib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass

from console.base.errors import ConsoleError
from console.domain.deed import Deed, DeedKind
from console.evidence.store import Store
from console.services.export import ExportedPack


class UnregisteredPackError(ConsoleError):
    """A pack was written, and could not be noted in the register."""

    code = "SVC-031"
    remedy = "Delete the pack and export it again when nothing else writes to the store, such as a refresh."


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredPack:
    """A pack that was exported."""

    name: str
    sha256: str
    """What the register calls it by."""
    refresh_id: int
    purpose: str
    at: str

    def record(self) -> dict[str, str | int]:
        """Return it in JSON types."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was erased of the console's own."""

    bodies: int
    packs: tuple[RegisteredPack, ...]
    """Packs that had left with it."""


def register_pack(
    writing: Callable[[], AbstractContextManager[Store]],
    exported: ExportedPack,
    refresh_id: int,
    purpose: str,
) -> None:
    """Note an exported pack in the ledger."""
    with exported.path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    said = {
        "file": exported.path.name,
        "pack": digest,
        "refresh": refresh_id,
        "purpose": purpose,
        "signed_by": exported.fingerprint,
    }
    try:
        with writing() as store:
            store.add_deed(DeedKind.PACK, exported.fingerprint, said)
    except ConsoleError as error:
        raise UnregisteredPackError(f"{exported.path} was written and is in no register: {error}") from None


def packs_of(deeds: Iterable[Deed]) -> list[RegisteredPack]:
    """Return every pack in the register, oldest first."""
    return [
        RegisteredPack(
            name=str(each.body["file"]),
            sha256=str(each.body["pack"]),
            refresh_id=int(each.body["refresh"]),
            purpose=str(each.body["purpose"]),
            at=each.at,
        )
        for each in deeds
        if each.kind is DeedKind.PACK
    ]
