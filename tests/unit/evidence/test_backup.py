import sqlite3
from pathlib import Path

import pytest

import stores
from console.evidence import backup
from console.evidence.backup import copy_to
from console.evidence.errors import DamagedStoreError, StoreExistsError, WrongKeyError
from console.evidence.store import Store

STEPS = [stores.step(number) for number in range(1, 30)]


def test_a_copy_is_whole_encrypted_and_private(store: Store, path: Path, tmp_path: Path) -> None:
    stores.refreshed(store, STEPS)
    copy = copy_to(path, stores.KEY, tmp_path / "elsewhere" / "copy.db")
    assert [each.name for each in copy.parent.iterdir()] == ["copy.db"]
    assert copy.stat().st_mode & 0o777 == 0o600
    assert stores.MARK.encode() not in copy.read_bytes()
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(copy).execute("SELECT * FROM sqlite_master")
    with stores.reopened(copy) as other:
        assert other.checkpoints() == store.checkpoints()
        assert other.snapshot().facts(stores.KIND) == store.snapshot().facts(stores.KIND)


def test_a_writer_need_not_stop_and_what_it_commits_later_is_not_in_the_copy(
    store: Store, path: Path, tmp_path: Path
) -> None:
    refresh_id = stores.begin(store, STEPS[:2])
    stores.put(store, refresh_id, STEPS[0], stores.facts_of(STEPS[0]))
    with store._writing() as connection:
        connection.exec_driver_sql("UPDATE refresh SET organisation_id = 'o-later'")
        copy = copy_to(path, stores.KEY, tmp_path / "copy.db")
    stores.put(store, refresh_id, STEPS[1], stores.facts_of(STEPS[1]))
    with stores.reopened(copy) as other:
        assert other.pending(refresh_id) == [STEPS[1]]
        assert other.unfinished().organisation_id == ""
    assert store.unfinished().organisation_id == "o-later"


def test_a_copy_takes_no_files_place(store: Store, path: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_bytes(b"other")
    with pytest.raises(StoreExistsError):
        copy_to(path, stores.KEY, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == b"other"


def test_a_copy_has_its_name_only_when_it_is_whole(
    store: Store, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or one that is killed meanwhile would leave a backup that holds nothing."""
    copy, half = tmp_path / "copy.db", tmp_path / "copy.db.part"
    half.write_bytes(b"half of what a killed program wrote")
    seen = []

    def look(*_: object) -> None:
        seen.append((half.exists(), copy.exists()))

    monkeypatch.setattr(backup, "_refuse_damaged", look)
    copy_to(path, stores.KEY, copy)
    assert seen == [(True, False)]
    assert copy.exists()
    assert not half.exists()


def test_a_wrong_key_leaves_no_copy(store: Store, path: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongKeyError):
        copy_to(path, stores.OTHER_KEY, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_damaged_store_is_named_and_leaves_no_copy(store: Store, path: Path, tmp_path: Path) -> None:
    stores.refreshed(store, STEPS)
    store.close()
    stores.damage(path, stores.pages(path) // 2)
    with pytest.raises(DamagedStoreError, match=r"evidence\.db is damaged, and no copy"):
        copy_to(path, stores.KEY, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


FULL = """
import resource, sys
from pathlib import Path
import stores
from console.base.errors import ConsoleError
from console.evidence.maintenance import backup
resource.setrlimit(resource.RLIMIT_FSIZE, (int(args[2]),) * 2)
try:
    backup(Path(args[0]), stores.KEY, Path(args[1]))
except ConsoleError as error:
    print(error.code)
"""


@pytest.mark.parametrize("most", [5_000, 60_000])
def test_a_disk_that_fills_while_it_is_copied_is_named_and_leaves_no_copy(
    store: Store, path: Path, tmp_path: Path, most: int
) -> None:
    """Of an error while pages are copied, the driver does not hand the code on."""
    stores.refreshed(store, STEPS)
    store.close()
    assert path.stat().st_size > most
    said = stores.finished(stores.child(FULL, path, tmp_path / "copy.db", most))
    assert said.strip() == "EVD-009"
    assert not list(tmp_path.glob("copy.db*"))
