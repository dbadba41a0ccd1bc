"""Looking after a store: check it, copy it, change its key, give room back; plain functions with results."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from console.base.errors import ConsoleError
from console.evidence import reader
from console.evidence.backup import copy_to
from console.evidence.engine import Driver, connect, identify, inspect_file, lock_writer
from console.evidence.errors import DamagedStoreError, WrongKeyError, translated
from console.evidence.ledger import CompactRange
from console.evidence.migrate import revision_of
from console.evidence.opening import origin_of, signers, verify_signed
from console.evidence.records import verified_body
from console.vault.keystore import KeptKeys
from console.vault.signing import VerifyKey
from console.vault.storekey import StoreKey

_NAMED = 5
"""How many faults of one sort are spelled out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One thing that was checked."""

    name: str
    passed: bool
    detail: str
    """What was looked at, or what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check of a store found."""

    path: Path
    checks: tuple[Checked, ...]
    observations: int
    checkpoints: int
    bodies: int
    erased: int
    """Bodies that were erased."""

    @property
    def sound(self) -> bool:
        """Tell whether everything that was checked is as it should be."""
        return all(each.passed for each in self.checks)


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


def check(path: Path, key: StoreKey, *, full: bool = False, signer: VerifyKey | None = None) -> CheckReport:
    """Verify a store from the pages up; `full` also hashes every body again.

    Without `signer` a checkpoint is held to the public keys in the store itself, which shows accidents; with the
    officer's own key it also shows a store that was written anew by another.
    """
    inspect_file(path)
    connection = connect(path, key, read_only=True)
    try:
        identify(connection, path)
        revision_of(connection, path)
        connection.execute("BEGIN")
        checks = [_pages(connection, path), _structure(connection, path), _references(connection, path)]
        if all(each.passed for each in checks):
            checks += [_ledger(connection, path), _checkpoints(connection, path, signer)]
        if full:
            checks.append(_bodies(connection, path))
        return CheckReport(path=path, checks=tuple(checks), **_counts(connection, path))
    finally:
        connection.close()


def backup(path: Path, key: StoreKey, to: Path) -> Backup:
    """Copy a store, in use or not, to `to`, encrypted with the same key, and verify the copy's pages."""
    inspect_file(path)
    copy_to(path, key, to)
    connection = connect(to, key, read_only=True)
    try:
        pages = _pages(connection, to)
        if not pages.passed:
            raise DamagedStoreError(f"the copy {to} is damaged: {pages.detail}")
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


def rekey(path: Path, key: StoreKey, new: StoreKey) -> None:
    """Encrypt the whole store under `new`, in one transaction: a crash leaves it under one key or the other."""
    inspect_file(path)
    lock = lock_writer(path)
    try:
        connection = connect(path, key, read_only=False)
        try:
            identify(connection, path)
            with translated(path):
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
        connect(path, new, read_only=True).close()
    finally:
        lock.release()


def change_key(path: Path, kept: KeptKeys, new: StoreKey) -> None:
    """Rekey a store and its keyring entry or key file together; a crash at any moment loses neither.

    The new key is kept as pending before the first page is rewritten, and alone once the store opens with it.
    """
    settle_key(path, kept)
    kept.propose(new)
    rekey(path, kept.keys.key, new)
    kept.settle(new)


def settle_key(path: Path, kept: KeptKeys) -> StoreKey:
    """Return the key that opens the store, ending a change of key that was broken off."""
    key = fitting_key(path, kept.keys.candidates)
    if kept.keys.pending is not None:
        kept.settle(key)
    return key


def compact(path: Path, key: StoreKey) -> Compacted:
    """Give unused space back to the disk; no row changes."""
    inspect_file(path)
    lock = lock_writer(path)
    try:
        before = path.stat().st_size
        connection = connect(path, key, read_only=False)
        try:
            identify(connection, path)
            with translated(path):
                connection.execute("VACUUM")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
        return Compacted(before=before, after=path.stat().st_size)
    finally:
        lock.release()


def _pages(connection: Driver, path: Path) -> Checked:
    """Verify every page's authentication code."""
    with translated(path):
        wrong = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
    return _checked("encrypted pages", wrong, "every page's authentication code matches")


def _structure(connection: Driver, path: Path) -> Checked:
    try:
        with translated(path):
            said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    except DamagedStoreError as error:
        said = [str(error)]
    return _checked("database structure", [] if said == ["ok"] else said, "tables and indexes agree")


def _references(connection: Driver, path: Path) -> Checked:
    try:
        with translated(path):
            rows = connection.execute("PRAGMA foreign_key_check").fetchall()
    except DamagedStoreError as error:
        return _checked("references", [str(error)], "")
    return _checked(
        "references", [f"{row[0]} row {row[1]} lacks its {row[2]}" for row in rows], "all are met"
    )


def _ledger(connection: Driver, path: Path) -> Checked:
    """Recompute each leaf from what the observation says now, and each root from the leaves."""
    wrong: list[str] = []
    tree = CompactRange()
    with translated(path):
        due = {each.said.tree_size: each for each in reader.checkpoints(connection)}
        for row, stored, computed in reader.recomputed_leaves(connection):
            if row.sequence != tree.size + 1:
                wrong.append(f"observation {tree.size + 1} is missing")
                break
            if stored != computed:
                wrong.append(f"observation {row.sequence} is not what was recorded")
            tree.append(computed)
            checkpoint = due.pop(tree.size, None)
            if checkpoint and (
                checkpoint.said.root != tree.root().hex() or checkpoint.range.nodes() != tree.nodes()
            ):
                wrong.append(f"checkpoint {tree.size} has another root than its observations")
    wrong += [f"checkpoint {size} covers observations that are not there" for size in due]
    return _checked("ledger", wrong, f"{tree.size} observations lead to every checkpoint's root")


def _checkpoints(connection: Driver, path: Path, signer: VerifyKey | None) -> Checked:
    wrong: list[str] = []
    with translated(path):
        keys = [signer] if signer else signers(connection)
        origin = origin_of(connection)
        found = reader.checkpoints(connection)
    for each in found:
        try:
            verify_signed(each, keys, origin)
        except ConsoleError as error:
            wrong.append(str(error))
    return _checked("checkpoint signatures", wrong, f"{len(found)} signatures match")


def _bodies(connection: Driver, path: Path) -> Checked:
    wrong: list[str] = []
    count = 0
    try:
        with translated(path):
            for row, _, _ in reader.recomputed_leaves(connection):
                if row.body is None:
                    continue
                count += 1
                try:
                    verified_body(row)
                except DamagedStoreError as error:
                    wrong.append(str(error))
    except DamagedStoreError as error:
        wrong.append(str(error))
    return _checked("stored answers", wrong, f"the answers of {count} observations have their recorded hash")


def _counts(connection: Driver, path: Path) -> dict[str, int]:
    """Count what can still be counted; a damaged page is told by its own check."""
    queries = {
        "observations": "SELECT count(*) FROM leaf",
        "checkpoints": "SELECT count(*) FROM checkpoint",
        "bodies": "SELECT count(*) FROM body",
        "erased": "SELECT count(*) FROM body WHERE bytes IS NULL",
    }
    counts: dict[str, int] = {}
    for name, query in queries.items():
        try:
            with translated(path):
                counts[name] = int(connection.execute(query).fetchone()[0])
        except DamagedStoreError:
            counts[name] = 0
    return counts


def _checked(name: str, wrong: Sequence[str], right: str) -> Checked:
    more = f"; and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
    return Checked(name=name, passed=not wrong, detail="; ".join(wrong[:_NAMED]) + more if wrong else right)
