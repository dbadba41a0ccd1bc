"""Looking after a store: check it, copy it, change its key, give room back; plain functions with results."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from console.evidence.backup import copy_to
from console.evidence.checking import Checked, CheckReport, check, pages_of
from console.evidence.engine import Driver, connect, identify, inspect_file, lock_writer
from console.evidence.errors import DamagedStoreError, WrongKeyError, translated
from console.evidence.migrate import revision_of
from console.vault.keystore import KeptKeys
from console.vault.storekey import StoreKey
from console.vault.wrapping import DEFAULT_COST, Cost, Passphrase

__all__ = [
    "Backup", "CheckReport", "Checked", "Compacted",
    "backup", "change_key", "change_passphrase", "check", "compact", "fitting_key", "settle_key",
]  # fmt: skip
_ALONE_MILLISECONDS = 2000
"""How long a change of key waits for readers to leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A copy that was made."""

    path: Path
    bytes: int
    revision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compacted:
    """The size of a store before and after."""

    before: int
    after: int


def backup(path: Path, key: StoreKey, to: Path) -> Backup:
    """Copy a store, in use or not, to `to`, encrypted with the same key, and verify the copy's pages."""
    inspect_file(path)
    copy_to(path, key, to)
    pages = pages_of(to, key)
    if not pages.passed:
        to.unlink()
        raise DamagedStoreError(f"the copy {to} was damaged and is removed: {pages.detail}")
    connection = connect(to, key, read_only=True)
    try:
        return Backup(path=to, bytes=to.stat().st_size, revision=revision_of(connection, to))
    finally:
        connection.close()


def fitting_key(path: Path, candidates: Sequence[StoreKey]) -> StoreKey:
    """Return the first key that opens the store: after a broken-off change of key it may be either."""
    inspect_file(path)
    for key in candidates:
        try:
            connect(path, key, read_only=True).close()
        except WrongKeyError:
            continue
        return key
    raise WrongKeyError(f"none of {len(candidates)} keys opens {path}")


def _rekey(path: Path, key: StoreKey, new: StoreKey) -> None:
    """Encrypt the whole store under `new`, in one transaction: a crash leaves it under one key or the other.

    Refused while anyone has the store open, because a reader with the old key would see damage in every page.
    """
    connection = connect(path, key, read_only=False)
    try:
        with translated(path):
            identify(connection, path)
            _be_alone(connection)
            connection.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    connect(path, new, read_only=True).close()


@contextmanager
def _alone_with(path: Path, kept: KeptKeys) -> Iterator[None]:
    """Be the store's one writer for as long as its kept keys change, and begin from what is kept now.

    Two processes that each wrote back what they had read before would lose the key that the other moved to.
    """
    inspect_file(path)
    lock = lock_writer(path)
    try:
        kept.reread()
        yield
    finally:
        lock.release()


def _be_alone(connection: Driver) -> None:
    """Return if nobody else has the store open: only then may a database leave its write-ahead log."""
    connection.execute(f"PRAGMA busy_timeout = {_ALONE_MILLISECONDS}")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA journal_mode = WAL")


def change_key(path: Path, kept: KeptKeys, new: StoreKey) -> None:
    """Rekey a store and its keyring entry or key file together; a crash at any moment loses neither.

    The new key is kept as pending before the first page is rewritten, and alone once the store opens with it.
    """
    with _alone_with(path, kept):
        _settle(path, kept)
        kept.propose(new)
        _rekey(path, kept.keys.key, new)
        kept.settle(new)


def change_passphrase(
    path: Path, kept: KeptKeys, passphrase: Passphrase, *, cost: Cost = DEFAULT_COST
) -> None:
    """Wrap a store's keys by another passphrase; a crash leaves them under the old one or the new.

    Raise `WeakPassphraseError` if it is too short, and `LockedError` while another process writes the store.
    """
    with _alone_with(path, kept):
        kept.change_passphrase(passphrase, cost=cost)


def settle_key(path: Path, kept: KeptKeys) -> None:
    """End a change of key that was broken off; raise `LockedError` if it is still under way in another process."""
    with _alone_with(path, kept):
        _settle(path, kept)


def _settle(path: Path, kept: KeptKeys) -> None:
    key = fitting_key(path, kept.keys.candidates)
    if kept.keys.pending is not None:
        kept.settle(key)


def compact(path: Path, key: StoreKey) -> Compacted:
    """Give unused space back to the disk; no row changes."""
    inspect_file(path)
    lock = lock_writer(path)
    try:
        before = path.stat().st_size
        connection = connect(path, key, read_only=False)
        try:
            with translated(path):
                identify(connection, path)
                connection.execute("VACUUM")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
        return Compacted(before=before, after=path.stat().st_size)
    finally:
        lock.release()
