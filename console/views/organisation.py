"""The organisation tree as AWS Organizations gave it, safe against parts that are missing or go round."""

from dataclasses import dataclass

from console.domain.evidence import Fact, Snapshot
from console.views.text import inert

_KINDS = {"ORGANIZATIONAL_UNIT": "organisational unit", "ACCOUNT": "account"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The root, an organisational unit or an account."""

    id: str
    name: str
    kind: str
    """`root`, `organisational unit` or `account`."""
    children: tuple["Place", ...]
    evidence: tuple[int, ...]
    """What it was read from: itself, and the listing that puts it under its parent."""


def places(snapshot: Snapshot) -> tuple[Place, ...]:
    """Return the roots with all that is below them; each place appears once, however often it was listed."""
    named = {
        each.key: each
        for kind in ("organizations.organizational_unit", "organizations.account")
        for each in snapshot.facts(kind)
    }
    below: dict[str, list[Fact]] = {}
    for child in snapshot.facts("organizations.child"):
        below.setdefault(str(child.payload.get("ParentId", "")), []).append(child)
    walk = _Walk(named, below, set())
    return tuple(walk.place(root.key, "root", root, ()) for root in snapshot.facts("organizations.root"))


@dataclass(frozen=True, slots=True)
class _Walk:
    named: dict[str, Fact]
    below: dict[str, list[Fact]]
    seen: set[str]

    def place(self, id_: str, kind: str, itself: Fact | None, listing: tuple[int, ...]) -> Place:
        self.seen.add(id_)
        children = []
        for child in self.below.get(id_, ()):
            child_id = str(child.payload.get("Id", ""))
            child_kind = _KINDS.get(str(child.payload.get("Type", "")))
            if child_id in self.seen or child_kind is None:
                continue
            children.append(self.place(child_id, child_kind, self.named.get(child_id), (child.sequence,)))
        own = () if itself is None else (itself.sequence,)
        name = inert(itself.payload.get("Name", "")) if itself is not None else ""
        return Place(
            id=id_,
            name=name or id_,
            kind=kind,
            children=tuple(
                sorted(children, key=lambda each: (each.kind == "account", each.name.casefold(), each.id))
            ),
            evidence=(*own, *listing),
        )
