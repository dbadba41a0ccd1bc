import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

import stores
from console.base.paths import migrations
from console.evidence.engine import connect, create_file, make_engine
from console.evidence.errors import MigrationError, NewerSchemaError, NotAStoreError
from console.evidence.migrate import backup_name, check_known, is_current, migrate, revision_of
from console.evidence.schema import REVISION
from console.evidence.store import Store

NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{revision}", "{before}", None, None


def upgrade() -> None:
    op.add_column("refresh", sa.Column("{column}", sa.Text(), nullable=True))
    {then}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The product's migrations, to which a test may add."""
    return Path(shutil.copytree(migrations(), tmp_path / "migrations"))


def add(folder: Path, revision: str, before: str, then: str = "pass") -> None:
    text = NEXT.format(revision=revision, before=before, column=f"of_{revision}", then=then)
    (folder / "versions" / f"{revision}_next.py").write_text(text)


def upgraded(path: Path, folder: Path) -> tuple[Path, ...]:
    engine = make_engine(path, stores.KEY, read_only=False)
    try:
        return migrate(engine, path, stores.KEY, folder)
    finally:
        engine.dispose()


def revision(path: Path) -> str:
    connection = connect(path, stores.KEY, read_only=True)
    try:
        return revision_of(connection, path)
    finally:
        connection.close()


def columns(path: Path) -> set[str]:
    return {row[1] for row in stores.sql(path, "PRAGMA table_info(refresh)")}


def test_a_current_store_is_left_alone(store: Store, path: Path) -> None:
    store.close()
    assert is_current(revision(path))
    before = path.read_bytes()
    assert upgraded(path, migrations()) == ()
    assert path.read_bytes() == before


def test_each_step_is_taken_on_its_own_with_a_backup_before_it(
    store: Store, path: Path, folder: Path
) -> None:
    stores.refreshed(store, [stores.step(1)])
    store.close()
    add(folder, "0003", REVISION)
    add(folder, "0004", "0003")
    backups = upgraded(path, folder)
    assert [each.name for each in backups] == [f"evidence.db.{REVISION}.bak", "evidence.db.0003.bak"]
    assert [revision(each) for each in backups] == [REVISION, "0003"]
    assert [{"of_0003", "of_0004"} & columns(each) for each in (*backups, path)] == [
        set(),
        {"of_0003"},
        {"of_0003", "of_0004"},
    ]
    assert {each.stat().st_mode & 0o777 for each in backups} == {0o600}
    assert all(stores.MARK.encode() not in each.read_bytes() for each in backups)
    with stores.reopened(backups[0]) as old:
        assert len(old.snapshot().facts(stores.KIND)) == 2


def test_a_failing_step_leaves_the_store_at_the_revision_before(
    store: Store, path: Path, folder: Path
) -> None:
    stores.refreshed(store, [stores.step(1)])
    store.close()
    add(folder, "0003", REVISION)
    add(folder, "0004", "0003", 'op.execute("DELETE FROM observation")')
    with pytest.raises(MigrationError, match=r"schema 0004.*append-only") as refused:
        upgraded(path, folder)
    assert "previous version" in refused.value.remedy
    assert revision(path) == "0003"
    assert "of_0004" not in columns(path)
    assert stores.sql(path, "SELECT count(*) FROM observation") == [(3,)]


def test_a_step_that_stops_with_a_bug_leaves_the_file_as_it_was(
    store: Store, path: Path, folder: Path
) -> None:
    store.close()
    before = sorted(stores.sql(path, "SELECT name, sql FROM sqlite_master"), key=str)
    add(folder, "0003", REVISION, "raise ZeroDivisionError")
    with pytest.raises(MigrationError, match="0003"):
        upgraded(path, folder)
    assert sorted(stores.sql(path, "SELECT name, sql FROM sqlite_master"), key=str) == before
    assert (revision(path), "of_0003" in columns(path)) == (REVISION, False)


def test_a_newer_schema_is_refused_before_anything_is_written(store: Store, path: Path) -> None:
    store.close()
    stores.sql(path, "UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(NewerSchemaError, match=f"schema 9999.*up to {REVISION}") as refused:
        upgraded(path, migrations())
    assert "Install the version" in refused.value.remedy
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.glob("*.bak")] == []


def test_known_revisions_are_told_in_order(path: Path, folder: Path) -> None:
    add(folder, "0003", REVISION)
    assert check_known(path, "", folder)[-2:] == [REVISION, "0003"]
    assert check_known(path, "0003", folder)[-1] == "0003"


def test_a_backup_takes_no_earlier_ones_place(path: Path) -> None:
    names = []
    for _ in range(3):
        names.append(backup_name(path, "0001"))
        names[-1].touch()
    assert [each.name for each in names] == [
        "evidence.db.0001.bak",
        "evidence.db.0001-2.bak",
        "evidence.db.0001-3.bak",
    ]


def test_a_file_without_a_revision_is_no_store(path: Path) -> None:
    create_file(path)
    stores.sql(path, "CREATE TABLE a (b)")
    with pytest.raises(NotAStoreError, match="no schema revision"):
        revision(path)
    stores.sql(path, "CREATE TABLE alembic_version (version_num TEXT)")
    assert revision(path) == ""
    assert not is_current("")


def test_a_folder_with_a_percent_sign_is_a_folder(path: Path, folder: Path) -> None:
    odd = folder.rename(folder.with_name("100% migrations"))
    create_file(path)
    assert upgraded(path, odd) == ()
    assert revision(path) == REVISION


def test_a_bodys_owner_is_found_after_the_upgrade(path: Path) -> None:
    create_file(path)
    upgraded(path, migrations())
    engine = make_engine(path, stores.KEY, read_only=True)
    try:
        assert sa.inspect(engine).has_table("body")
    finally:
        engine.dispose()
