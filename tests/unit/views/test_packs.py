from typing import Any

from console.domain.deed import Deed, DeedKind
from console.views.packs import held_table, packs_table, redacted_table

SAID = {
    "pack": "ab" * 32, "file": "a.zip", "scope_words": "unit Prod\u202e", "profile": "auditor",
    "as_of": "2026-11-23T09:14:00.000Z", "purpose": "",
}  # fmt: skip


def deed(at: str, **changes: Any) -> Deed:
    return Deed(kind=DeedKind.PACK, by="Jo", at=at, body={**SAID, **changes}, sequence=int(at[:4]))


def test_packs_are_listed_newest_first_and_open_to_their_deeds() -> None:
    table = packs_table([deed("2025-01-01T00:00:00.000Z"), deed("2026-01-01T00:00:00.000Z", purpose="why")])
    assert [row.made_at[:4] for row in table.rows] == ["2026", "2025"]
    assert [table.evidence(row) for row in table.rows] == [(2026,), (2025,)]
    newest, oldest = (
        {column.id: value for column, value in zip(table.columns, row, strict=True)} for row in table.cells()
    )
    assert newest["scope"] == "unit Prod\\u202e"
    assert (newest["purpose"], oldest["purpose"]) == ("why", None)
    assert newest["id"] == "ab" * 32


def test_a_preview_lists_what_is_held_and_only_what_is_redacted() -> None:
    assert held_table([("Accounts", "2")]).cells() == [["Accounts", "2"]]
    rows = redacted_table([("person", "names a person", 2), ("email", "is one", 0)])
    assert rows.cells() == [["person", 2, "names a person"]]
