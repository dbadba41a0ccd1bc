# ruff: noqa: S608 - names of our own tables
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlcipher3 import IntegrityError

import stores
from console.domain.deed import DeedKind
from console.evidence.schema import APPLICATION_ID, METADATA, REVISION
from console.evidence.store import Store

APPEND_ONLY = (
    "observation", "leaf", "block", "checkpoint", "assessment", "signer", "store", "context", "place",
    "guidance_text",
)  # fmt: skip
KEPT = (*APPEND_ONLY, "body", "step", "refresh")


@pytest.fixture
def written(path: Path) -> Path:
    with stores.create(path) as store:
        steps = [stores.step(1), stores.step(2)]
        refresh_id = stores.refreshed(
            store, steps, lambda step: stores.gap_of(step) if step == steps[1] else stores.facts_of(step)
        )
        store.save_assessment(refresh_id, "2026-11-23T09:14:00.000Z", "{}", [])
        store.add_deed(DeedKind.GUIDANCE, "officer", {"name": "n"}, ("00" * 32, "a text"))
        stores.refreshed(store, steps[:1])
    return path


def refusal(path: Path, *statements: str) -> str:
    with pytest.raises(IntegrityError) as refused:
        stores.sql(path, *statements)
    return str(refused.value)


def test_a_store_is_marked_as_ours_and_carries_its_revision(written: Path) -> None:
    assert stores.sql(written, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert stores.sql(written, "SELECT version_num FROM alembic_version") == [(REVISION,)]


def test_every_table_is_guarded_or_its_changes_are_narrow() -> None:
    assert set(KEPT) == {table.name for table in METADATA.sorted_tables}


@pytest.mark.parametrize("table", KEPT)
def test_nothing_is_deleted(written: Path, table: str) -> None:
    assert "append-only" in refusal(written, f"DELETE FROM {table}")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_column_of_an_append_only_table_is_changed(written: Path, table: str) -> None:
    for column in METADATA.tables[table].columns:
        assert "append-only" in refusal(written, f"UPDATE {table} SET {column.name} = {column.name}")


@pytest.mark.parametrize("table", KEPT)
def test_replacing_a_row_is_no_way_round(written: Path, table: str) -> None:
    before = stores.sql(written, f"SELECT * FROM {table}")
    assert before
    refusal(written, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")
    assert stores.sql(written, f"SELECT * FROM {table}") == before


@pytest.mark.parametrize("table", ["observation", "leaf"])
def test_numbers_are_given_without_gaps(written: Path, table: str) -> None:
    columns = ", ".join(each.name for each in METADATA.tables[table].columns if each.name != "sequence")
    for number in ("99", "1", "-1"):
        said = refusal(
            written,
            "PRAGMA foreign_keys = OFF",
            f"INSERT INTO {table} (sequence, {columns}) SELECT {number}, {columns} FROM {table} LIMIT 1",
        )
        assert "numbered without gaps" in said


@pytest.mark.parametrize(
    "change", ["bytes = x'00'", "sha256 = x'00'", "size = 0", "id = id + 100", "bytes = NULL"]
)
def test_a_body_is_neither_changed_nor_erased_without_its_tombstone(written: Path, change: str) -> None:
    assert "erased" in refusal(written, f"UPDATE body SET {change}")


@pytest.mark.parametrize(
    "change",
    [
        "state = 'pending'",
        "facts = 0",
        "first = 1",
        "place_id = 9",
        "base = 9",
        "read_in = 9",
        "refresh_id = 2",
    ],
)
def test_a_step_that_ended_stays_as_it_ended(written: Path, change: str) -> None:
    assert "ends once" in refusal(written, "PRAGMA foreign_keys = OFF", f"UPDATE step SET {change}")


@pytest.mark.parametrize("change", ["place_id = place_id + 9", "refresh_id = 9"])
def test_a_pending_step_never_moves(store: Store, change: str) -> None:
    stores.begin(store, [stores.step(1)])
    store.close()
    assert "never moves" in refusal(store.path, "PRAGMA foreign_keys = OFF", f"UPDATE step SET {change}")


@pytest.mark.parametrize("column", [each.name for each in METADATA.tables["refresh"].columns])
def test_a_sealed_refresh_stays_as_it_was_sealed(written: Path, column: str) -> None:
    assert "never changed" in refusal(written, f"UPDATE refresh SET {column} = {column}")


def test_a_fact_needs_its_step_its_context_and_its_body(written: Path) -> None:
    columns = [each.name for each in METADATA.tables["observation"].columns]
    for missing in ("refresh_id", "place_id", "context_id", "body_id"):
        values = ", ".join(
            "(SELECT max(sequence) + 1 FROM observation)"
            if each == "sequence"
            else "999"
            if each == missing
            else each
            for each in columns
        )
        said = refusal(
            written,
            f"INSERT INTO observation ({', '.join(columns)}) SELECT {values} FROM observation LIMIT 1",
        )
        assert "FOREIGN KEY" in said


def test_every_constraint_has_a_name_so_that_a_migration_can_reach_it() -> None:
    unnamed = [
        (table.name, constraint)
        for table in METADATA.sorted_tables
        for constraint in table.constraints
        if not isinstance(constraint, sa.CheckConstraint) and constraint.name is None
    ]
    assert unnamed == []
