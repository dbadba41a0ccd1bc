"""Whole copies of a store, encrypted with the same key, while it is in use.

Invariant: what has a copy's name is a whole copy, whenever the program is killed.
"""

from pathlib import Path

from console.evidence.engine import Driver, connect, create_file
from console.evidence.errors import DamagedStoreError, StoreExistsError, translated
from console.vault.storekey import StoreKey

HALF = ".part"
"""What a copy is called besides its name until it is whole."""


def copy_to(path: Path, key: StoreKey, to: Path) -> Path:
    """Write a consistent copy of the store to `to`, which must not exist; return it.

    The copy is made page by page through SQLite's backup, so a reader or writer need not stop. It has another name
    until it is whole.
    """
    if to.exists():
        raise StoreExistsError(f"{to} is already there")
    fresh = to.with_name(f"{to.name}{HALF}")
    fresh.unlink(missing_ok=True)  # what a killed program had begun
    create_file(fresh)
    try:
        source = connect(path, key, read_only=True)
        try:
            target = connect(fresh, key, read_only=False)
            try:
                _refuse_damaged(source, path)
                with translated(to):
                    source.backup(target)
                    target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                target.close()
        finally:
            source.close()
        fresh.rename(to)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return to


def _refuse_damaged(source: Driver, path: Path) -> None:
    """Raise if a page does not bear its code: the copying goes on past one, and seals what it made of it."""
    if source.execute("PRAGMA cipher_integrity_check").fetchall():
        raise DamagedStoreError(f"a page of {path} is damaged, and no copy was made")
