"""Encrypted connections: the one place that knows how a store's file is opened."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
import sqlcipher3
from filelock import FileLock, Timeout
from sqlalchemy.pool import QueuePool

from console.evidence.errors import (
    DiskFullError,
    LockedError,
    MissingStoreError,
    NotAStoreError,
    ReadOnlyPlaceError,
    StorageError,
    StoreExistsError,
    translated,
)
from console.evidence.schema import APPLICATION_ID
from console.vault.storekey import StoreKey

BUSY_SECONDS = 30.0
"""How long one transaction waits for another; a bulk write of one step takes milliseconds."""
Driver = Any
"""A connection of the database's driver, which has no types."""
_PLAIN = b"SQLite format 3\x00"
_PAGE = 4096
_READERS = 8


def connect(path: Path, key: StoreKey, *, read_only: bool) -> Driver:
    """Open one connection; its first read tells whether the key fits.

    The cipher's own log goes to standard error and is switched off before the key is given. Commits wait for
    the disk (`synchronous=FULL`): what was acknowledged survives a power cut, at one flush for each step of a
    refresh, which an AWS call outweighs.
    """
    connection = sqlcipher3.connect(
        f"file:{quote(str(path))}?mode=rw",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_SECONDS,
    )
    try:
        with translated(path, opening=True):
            connection.execute("PRAGMA cipher_log = off")
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA recursive_triggers = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
            if read_only:
                connection.execute("PRAGMA query_only = ON")
            else:
                connection.execute("PRAGMA journal_mode = WAL")
    except BaseException:
        connection.close()
        raise
    return connection


def make_engine(path: Path, key: StoreKey, *, read_only: bool) -> sa.Engine:
    """Return a pool of connections; its transactions take the write lock when they begin."""
    engine = sa.create_engine(
        "sqlite://",
        module=sqlcipher3,
        creator=lambda: connect(path, key, read_only=read_only),
        poolclass=QueuePool,
        pool_size=_READERS,
        max_overflow=_READERS,
    )

    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    sa.event.listen(engine, "begin", begin)
    return engine


@contextmanager
def driver(engine: sa.Engine, path: Path) -> Iterator[Driver]:
    """Lend a driver's connection for reading in one consistent picture."""
    with translated(path):
        lent = engine.raw_connection()
        try:
            connection: Driver = lent.driver_connection
            connection.execute("BEGIN")
            yield connection
        finally:
            lent.close()


def create_file(path: Path) -> None:
    """Make the empty file that only this user may read; a folder made for it is as private.

    SQLite gives the files beside it (`-wal`, `-shm`) the same mode.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        if path.exists():
            raise StoreExistsError(f"{path} is already there") from None
        if error.errno == errno.ENOSPC:
            raise DiskFullError(f"the disk of {path} is full") from None
        raise ReadOnlyPlaceError(f"{path} cannot be made: {error.strerror}") from None


def inspect_file(path: Path) -> None:
    """Return if `path` may be a store, from outside; the key decides the rest."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_PLAIN))
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        raise MissingStoreError(f"{path} is not there") from None
    except IsADirectoryError:
        raise NotAStoreError(f"{path} is a folder") from None
    except PermissionError:
        raise ReadOnlyPlaceError(f"{path} may not be read by this user") from None
    except NotADirectoryError:
        raise MissingStoreError(f"{path} is not there") from None
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}") from None
    if head == _PLAIN:
        raise NotAStoreError(f"{path} is a database without encryption, and not a store")
    if size < _PAGE:
        raise NotAStoreError(f"{path} is too short for a store ({size} bytes)")


def keep_private(path: Path) -> None:
    """Take others' rights off a store that was copied without its mode, if its owner is asking."""
    mode = path.stat().st_mode & 0o777
    if os.name == "posix" and mode & 0o077 and os.access(path, os.W_OK):
        with suppress(PermissionError):  # another's file: what others could read of it is encrypted
            path.chmod(mode & 0o700)


def lock_writer(path: Path) -> FileLock:
    """Take the store's one writer's place, or say who is in it; the system frees it if this process dies."""
    lock = FileLock(f"{path}.lock", timeout=0, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise LockedError(f"another window is writing to {path}") from None
    except OSError as error:
        raise ReadOnlyPlaceError(f"the folder of {path} may not be written: {error.strerror}") from None
    return lock


def identify(connection: Driver, path: Path) -> None:
    """Return if an opened file is marked as a store."""
    (found,) = connection.execute("PRAGMA application_id").fetchone()
    if found != APPLICATION_ID:
        raise NotAStoreError(f"{path} is encrypted with this key, and not a store")
