"""Whole copies of a store, encrypted with the same key, while it is in use."""

from pathlib import Path

from console.evidence.engine import Driver, connect, create_file
from console.evidence.errors import DamagedStoreError, translated
from console.vault.storekey import StoreKey


def copy_to(path: Path, key: StoreKey, to: Path) -> Path:
    """Write a consistent copy of the store to `to`, which must not exist; return it.

    The copy is made page by page through SQLite's backup, so a reader or writer need not stop.
    """
    create_file(to)
    try:
        source = connect(path, key, read_only=True)
        try:
            target = connect(to, key, read_only=False)
            try:
                _refuse_damaged(source, path)
                with translated(to):
                    source.backup(target)
                    target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                target.close()
        finally:
            source.close()
    except BaseException:
        to.unlink(missing_ok=True)
        raise
    return to


def _refuse_damaged(source: Driver, path: Path) -> None:
    """Raise if a page does not bear its code: the copying goes on past one, and seals what it made of it."""
    if source.execute("PRAGMA cipher_integrity_check").fetchall():
        raise DamagedStoreError(f"a page of {path} is damaged, and no copy was made")
