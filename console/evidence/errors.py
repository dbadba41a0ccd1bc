"""What can go wrong with a store, said so that an officer can act; nothing acknowledged is lost in any of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3
from sqlalchemy.exc import DBAPIError

from console.base.errors import ConsoleError


class WrongKeyError(ConsoleError):
    """The key does not open the file."""

    code = "EVD-001"
    remedy = (
        "Use the key that this store was made with: sign in as the user who made it, or check the passphrase. "
        "If the key is certain, the file's first page is damaged: restore a backup."
    )


class NotAStoreError(ConsoleError):
    """The file is something else."""

    code = "EVD-002"
    remedy = "Check the path; a store is made at the first start with `--store` and a path at which there is nothing."


class DamagedStoreError(ConsoleError):
    """A page of the file fails its integrity check."""

    code = "EVD-003"
    remedy = (
        "Keep the file as it is, restore the newest backup that passes `bedrock-console store check`, and look at "
        "the disk's health."
    )


class NewerSchemaError(ConsoleError):
    """A later version of the program has migrated the store."""

    code = "EVD-004"
    remedy = "Install the version that migrated this store, or a later one; this version changed nothing."


class DiskFullError(ConsoleError):
    """There is no room for what was to be written."""

    code = "EVD-005"
    remedy = "Free some space on the store's disk and resume the refresh; everything stored before is kept."


class LockedError(ConsoleError):
    """Another writer has the store."""

    code = "EVD-006"
    remedy = "Wait for the refresh in the other window to end, or close that window; reading is possible meanwhile."


class MissingStoreError(ConsoleError):
    """There is no file."""

    code = "EVD-007"
    remedy = (
        "Check the path, connect the disk that holds it, or put back a backup of the store; to begin a new one, "
        "give `--store` a path at which there is nothing."
    )


class ReadOnlyPlaceError(ConsoleError):
    """The store or its folder may not be written."""

    code = "EVD-008"
    remedy = "Give this user the right to write the folder and the file, or copy the store to a folder of your own."


class StorageError(ConsoleError):
    """The disk refused to read or to write."""

    code = "EVD-009"
    remedy = "Check the disk, its quota and its connection, then resume the refresh; everything stored before is kept."


class StoreExistsError(ConsoleError):
    """A new store would take the place of a file."""

    code = "EVD-010"
    remedy = "Choose another path, or open the file that is there."


class RefusedStepError(ConsoleError):
    """A step or a refresh is not in the state for what was asked."""

    code = "EVD-011"
    remedy = "Start a new refresh; what is stored stays as it is."


class OlderSchemaError(ConsoleError):
    """The store must be migrated first, and a reader may not."""

    code = "EVD-013"
    remedy = (
        "Open the store for writing once, with no other window open; a backup is made before it is changed."
    )


class MigrationError(ConsoleError):
    """A migration stopped, and the store is as it was."""

    code = "EVD-014"
    remedy = "Keep using the previous version of the program, and send its maker the message."


class ErasedError(ConsoleError):
    """The body that was asked for was erased."""

    code = "EVD-015"
    remedy = "Its tombstone says on what basis and by whom; the observation's hash is still in the ledger."


class NoObservationError(ConsoleError):
    """No fact or gap has the number or hash."""

    code = "EVD-016"
    remedy = "Open the evidence from a finding or a table of this store."


class UnfinishedRefreshError(ConsoleError):
    """A refresh is still open."""

    code = "EVD-017"
    remedy = "Resume the unfinished refresh, or cancel it, before starting another."


class NoSignerError(ConsoleError):
    """A checkpoint is due and there is no key to sign it."""

    code = "EVD-018"
    remedy = "Open the store with its signing key."


_BY_CODE: dict[int, tuple[type[ConsoleError], str]] = {
    sqlite3.SQLITE_NOTADB: (DamagedStoreError, "a page of {path} is damaged"),
    sqlite3.SQLITE_CORRUPT: (DamagedStoreError, "a page of {path} is damaged"),
    sqlite3.SQLITE_FULL: (DiskFullError, "the disk of {path} is full"),
    sqlite3.SQLITE_BUSY: (LockedError, "another window is writing to {path}"),
    sqlite3.SQLITE_LOCKED: (LockedError, "another window is writing to {path}"),
    sqlite3.SQLITE_READONLY: (ReadOnlyPlaceError, "{path} may not be written"),
    sqlite3.SQLITE_CANTOPEN: (ReadOnlyPlaceError, "{path} or the files beside it cannot be opened"),
    sqlite3.SQLITE_PERM: (ReadOnlyPlaceError, "{path} may not be written"),
    sqlite3.SQLITE_IOERR: (StorageError, "the disk refused to serve {path}"),
}
_BY_TEXT = {
    "database or disk is full": sqlite3.SQLITE_FULL,
    "disk I/O error": sqlite3.SQLITE_IOERR,
    "database is locked": sqlite3.SQLITE_BUSY,
    "database disk image is malformed": sqlite3.SQLITE_CORRUPT,
    "attempt to write a readonly database": sqlite3.SQLITE_READONLY,
}
"""What SQLite calls an error of which the driver does not hand the code on."""
_PRIMARY = 0xFF


@contextmanager
def translated(path: Path, *, opening: bool = False) -> Iterator[None]:
    """Turn the database's errors into ours; what is left over is a bug and rises as it is.

    "Not a database" means a wrong key on the first read, and a damaged page on any later one.
    """
    try:
        yield
    except sqlcipher3.Error as error:
        if opening and getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
            raise WrongKeyError(f"the key does not open {path}") from None
        raise _named(path, error) or error from None
    except DBAPIError as error:
        if isinstance(error.orig, sqlcipher3.Error) and (ours := _named(path, error.orig)):
            raise ours from None
        raise


def _named(path: Path, error: Exception) -> ConsoleError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # as where the driver copies page by page
        code = _BY_TEXT.get(str(error))
    if code is None:
        return None
    kind, message = _BY_CODE.get(code & _PRIMARY, (None, ""))
    return kind(message.format(path=path)) if kind else None
