import inspect
import sqlite3
from pathlib import Path

import pytest
import sqlcipher3
from sqlalchemy.exc import DBAPIError

from console.base.errors import ConsoleError
from console.evidence import errors
from console.evidence.errors import (
    DamagedStoreError,
    DiskFullError,
    LockedError,
    ReadOnlyPlaceError,
    StorageError,
    WrongKeyError,
    translated,
)

DECLARED = [
    each
    for _, each in inspect.getmembers(errors, inspect.isclass)
    if issubclass(each, ConsoleError) and each.__module__ == errors.__name__
]
PATH = Path("evidence.db")


def failure(code: int | None) -> Exception:
    error = sqlcipher3.OperationalError("in the database's words")
    if code is not None:
        error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize("kind", DECLARED, ids=lambda each: each.__name__)
def test_every_error_has_a_code_of_its_own_and_an_instruction(kind: type[ConsoleError]) -> None:
    assert [each.code for each in DECLARED].count(kind.code) == 1
    assert kind.code.startswith("EVD-")
    assert kind.remedy.endswith((".", "changed nothing."))
    assert kind.remedy[0].isupper()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_NOTADB, DamagedStoreError),
        (sqlite3.SQLITE_CORRUPT, DamagedStoreError),
        (sqlite3.SQLITE_CORRUPT_INDEX, DamagedStoreError),
        (sqlite3.SQLITE_FULL, DiskFullError),
        (sqlite3.SQLITE_BUSY, LockedError),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, LockedError),
        (sqlite3.SQLITE_LOCKED, LockedError),
        (sqlite3.SQLITE_READONLY, ReadOnlyPlaceError),
        (sqlite3.SQLITE_READONLY_DIRECTORY, ReadOnlyPlaceError),
        (sqlite3.SQLITE_CANTOPEN, ReadOnlyPlaceError),
        (sqlite3.SQLITE_PERM, ReadOnlyPlaceError),
        (sqlite3.SQLITE_IOERR, StorageError),
        (sqlite3.SQLITE_IOERR_WRITE, StorageError),
        (sqlite3.SQLITE_IOERR_FSYNC, StorageError),
    ],
)
def test_what_the_disk_does_is_said_in_our_words(code: int, kind: type[ConsoleError]) -> None:
    with pytest.raises(kind, match=r"evidence\.db"), translated(PATH):
        raise failure(code)
    with pytest.raises(kind, match=r"evidence\.db"), translated(PATH):
        raise DBAPIError("SELECT", None, failure(code))


def test_not_a_database_on_the_first_read_is_a_wrong_key() -> None:
    with pytest.raises(WrongKeyError, match="does not open"), translated(PATH, opening=True):
        raise failure(sqlite3.SQLITE_NOTADB)
    with pytest.raises(DamagedStoreError), translated(PATH, opening=True):
        raise failure(sqlite3.SQLITE_CORRUPT)


@pytest.mark.parametrize("code", [None, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT])
def test_a_bug_rises_as_it_is(code: int | None) -> None:
    bug = failure(code)
    with pytest.raises(sqlcipher3.OperationalError) as risen, translated(PATH):
        raise bug
    assert risen.value is bug
    wrapped = DBAPIError("SELECT", None, bug)
    with pytest.raises(DBAPIError) as again, translated(PATH):
        raise wrapped
    assert again.value is wrapped


def test_what_is_no_error_of_the_database_passes() -> None:
    with pytest.raises(KeyError), translated(PATH):
        raise KeyError("other")
    with pytest.raises(DBAPIError), translated(PATH):
        raise DBAPIError("SELECT", None, ValueError("other"))
