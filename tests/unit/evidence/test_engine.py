import os
import shutil
import sqlite3
from pathlib import Path

import pytest

import stores
from console.base.errors import ConsoleError
from console.evidence import engine
from console.evidence.engine import (
    connect,
    create_file,
    driver,
    identify,
    inspect_file,
    keep_private,
    lock_writer,
    make_engine,
)
from console.evidence.errors import (
    DamagedStoreError,
    LockedError,
    MissingStoreError,
    NotAStoreError,
    ReadOnlyPlaceError,
    StorageError,
    StoreExistsError,
    WrongKeyError,
)
from console.evidence.store import Store

STEPS = [stores.step(number) for number in range(1, 30)]


def folder_bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_no_byte_on_the_disk_is_plain_while_open_or_closed(store: Store, path: Path) -> None:
    secrets = [
        stores.MARK,
        "bedrock",
        "thing-",
        "CREATE TABLE",
        "observation",
        "SQLite format 3",
        "eu-west-2",
    ]

    def looks_random() -> None:
        for name, content in folder_bytes(path.parent).items():
            for secret in secrets:
                assert secret.encode() not in content, (name, secret)
                assert secret.encode("utf-16-le") not in content, (name, secret)

    stores.refreshed(store, STEPS)
    assert (path.parent / "evidence.db-wal").stat().st_size > 10_000
    looks_random()
    store.close()
    assert not (path.parent / "evidence.db-wal").exists()
    assert path.stat().st_size > 10_000
    looks_random()


def test_the_plaintext_that_is_looked_for_is_what_the_store_holds(store: Store) -> None:
    stores.refreshed(store, STEPS)
    assert stores.MARK.encode() in store.evidence_record(1).body


def test_the_file_is_no_database_to_anyone_without_the_key(store: Store, path: Path) -> None:
    stores.refreshed(store, STEPS)
    store.close()
    plain = sqlite3.connect(path)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        plain.execute("SELECT * FROM sqlite_master")
    plain.close()
    assert len(set(path.read_bytes()[:4096])) > 200


def test_commits_wait_for_the_disk_and_go_through_a_log(path: Path, store: Store) -> None:
    connection = connect(path, stores.KEY, read_only=False)
    try:
        said = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "secure_delete")
        }
    finally:
        connection.close()
    assert said == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "secure_delete": 1,
    }


def test_only_this_user_may_read_the_store_and_the_files_beside_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with stores.create(tmp_path / "folder" / "evidence.db") as store:
            stores.refreshed(store, STEPS)
            modes = {path.name: mode(path) for path in (tmp_path / "folder").iterdir()}
    finally:
        os.umask(before)
    assert modes == {f"evidence.db{suffix}": 0o600 for suffix in ("", "-wal", "-shm", ".lock")}
    assert mode(tmp_path / "folder") == 0o700


def test_a_wrong_key_is_said_to_be_one_and_changes_nothing(store: Store, path: Path, capfd) -> None:
    stores.refreshed(store, STEPS)
    store.close()
    before = folder_bytes(path.parent)
    for read_only in (True, False):
        with pytest.raises(WrongKeyError, match="does not open") as refused:
            connect(path, stores.OTHER_KEY, read_only=read_only)
        assert "passphrase" in refused.value.remedy
    assert folder_bytes(path.parent) == before
    assert capfd.readouterr() == ("", "")
    assert stores.OTHER_KEY.hex() not in str(refused.value)


def test_a_wrong_key_spoils_nothing_that_waits_in_the_log(store: Store, path: Path, tmp_path: Path) -> None:
    stores.refreshed(store, STEPS)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for suffix in ("", "-wal"):
        shutil.copy(f"{path}{suffix}", crashed / f"evidence.db{suffix}")
    with pytest.raises(WrongKeyError):
        connect(crashed / "evidence.db", stores.OTHER_KEY, read_only=False)
    with stores.reopened(crashed / "evidence.db") as again:
        snapshot = again.snapshot()
        assert snapshot is not None
        assert len(snapshot.facts(stores.KIND)) == 2 * len(STEPS)


def test_a_reader_cannot_write(store: Store, path: Path) -> None:
    connection = connect(path, stores.KEY, read_only=True)
    try:
        with pytest.raises(Exception, match="readonly"):
            connection.execute("DELETE FROM step")
    finally:
        connection.close()


def test_a_damaged_page_is_an_error_and_never_a_shorter_answer(store: Store, path: Path) -> None:
    stores.refreshed(store, STEPS, lambda step: stores.facts_of(step, 5, noise=os.urandom(500).hex()))
    store.close()
    whole = path.read_bytes()
    answers = set()
    for page in range(2, stores.pages(path) + 1):
        path.write_bytes(whole)
        stores.damage(path, page)
        answers.add(answer(path))
    assert answers == {5 * len(STEPS) + 1, "EVD-003"}


def answer(path: Path) -> int | str:
    """Return how many observations were read whole, or the code of the refusal."""
    pool = make_engine(path, stores.KEY, read_only=True)
    query = "SELECT o.key, b.bytes FROM observation o JOIN body b ON b.id = o.body_id"
    try:
        with driver(pool, path) as connection:
            return len(connection.execute(query).fetchall())
    except DamagedStoreError as error:
        return error.code
    finally:
        pool.dispose()


def test_a_new_file_takes_no_others_place(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"other")
    with pytest.raises(StoreExistsError):
        create_file(tmp_path / "there")
    with pytest.raises(ReadOnlyPlaceError, match="cannot be made"):
        create_file(tmp_path / "there" / "below")
    assert (tmp_path / "there").read_bytes() == b"other"


@pytest.mark.parametrize(
    ("make", "kind", "said"),
    [
        (Path.exists, MissingStoreError, "not there"),
        (Path.mkdir, NotAStoreError, "a folder"),
        (lambda path: path.write_bytes(b""), NotAStoreError, "too short"),
        (
            lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(5000)),
            NotAStoreError,
            "without encryption",
        ),
        (lambda path: path.symlink_to(path), StorageError, "cannot be read"),
    ],
)
def test_what_cannot_be_a_store_is_said_from_outside(
    tmp_path: Path, make, kind: type[ConsoleError], said: str
) -> None:
    path = tmp_path / "evidence.db"
    make(path)
    with pytest.raises(kind, match=said):
        inspect_file(path)


def test_a_path_below_a_file_is_missing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(MissingStoreError):
        inspect_file(tmp_path / "file" / "evidence.db")


def test_a_file_encrypted_with_the_key_but_not_ours_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    create_file(path)
    connection = connect(path, stores.KEY, read_only=False)
    try:
        connection.execute("CREATE TABLE a (b)")
        with pytest.raises(NotAStoreError, match="not a store"):
            identify(connection, path)
    finally:
        connection.close()


def test_a_store_copied_without_its_mode_is_made_private(store: Store, path: Path) -> None:
    path.chmod(0o664)
    keep_private(path)
    assert mode(path) == 0o600
    path.chmod(0o400)
    keep_private(path)
    assert mode(path) == 0o400


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_what_this_user_may_not_read_or_own_is_said_or_let_be(path: Path, store: Store) -> None:
    path.chmod(0o666)
    for folder in (path.parent, *path.parent.parents):
        if "pytest" in str(folder):
            folder.chmod(0o755)
    os.seteuid(65534)
    try:
        keep_private(path)
        with pytest.raises(ReadOnlyPlaceError, match="folder"):
            lock_writer(path.parent / "other.db")
    finally:
        os.seteuid(0)
    path.chmod(0o600)
    os.seteuid(65534)
    try:
        with pytest.raises(ReadOnlyPlaceError, match="may not be read"):
            inspect_file(path)
    finally:
        os.seteuid(0)


def test_there_is_one_writer_at_a_time(path: Path, store: Store) -> None:
    with pytest.raises(LockedError) as refused:
        lock_writer(path)
    assert "close that window" in refused.value.remedy
    store.close()
    lock_writer(path).release()


def test_a_transaction_takes_the_write_lock_when_it_begins(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    first, second = (make_engine(path, stores.KEY, read_only=False) for _ in range(2))
    try:
        with first.begin() as connection:
            connection.exec_driver_sql("SELECT 1")
            other = connect(path, stores.KEY, read_only=False)
            with pytest.raises(Exception, match="locked"):
                other.execute("BEGIN IMMEDIATE")
            other.close()
    finally:
        first.dispose()
        second.dispose()
