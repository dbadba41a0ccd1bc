"""One row of an inventory, as words by heading: shared by the tests of the inventories."""

from collections.abc import Sequence
from typing import Any

from console.domain.evidence import Fact, Gap
from console.domain.scope import Scope
from console.views.inventory import InventoryRow, inventory_table, told
from console.views.sections import Inventory, Section
from fakes import LONDON, FakeSnapshot, fact


def section_of(inventory: Inventory, section_id: str) -> Section:
    return next(each for each in inventory.sections if each.id == section_id)


def facts(*said: tuple[str, str, dict[str, Any]], scope: Scope = LONDON) -> list[Fact]:
    return [fact(kind, key, payload, scope, number) for number, (kind, key, payload) in enumerate(said, 1)]


def rows_of(section: Section, known: Sequence[Fact], **more: Any) -> Sequence[InventoryRow]:
    return inventory_table(section, FakeSnapshot(known=known, **more), {}).rows


def cells_of(
    section: Section, known: Sequence[Fact], missing: Sequence[Gap] = (), place: int = 0
) -> dict[str, Any]:
    found = [row for row in rows_of(section, known, missing=missing) if not row.is_gap]
    return {heading.id: cell for heading, cell in zip(section.headings, found[place].cells, strict=True)}


def told_of(
    section: Section, known: Sequence[Fact], missing: Sequence[Gap] = (), place: int = 0
) -> dict[str, str]:
    found = [row for row in rows_of(section, known, missing=missing) if not row.is_gap]
    return {part.heading: part.words for part in told(found[place])}
