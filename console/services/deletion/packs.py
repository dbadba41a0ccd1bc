"""The register of packs that left the console: who has one is told when what it contains is deleted."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from console.domain.deed import Deed, DeedKind


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
