"""How a store is made and opened: the file, the lock, the schema, the last checkpoint, in that order."""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock

from console.base.clock import Clock, stamp
from console.base.paths import migrations
from console.evidence import reader
from console.evidence.engine import (
    Driver,
    create_file,
    driver,
    identify,
    inspect_file,
    keep_private,
    lock_writer,
    make_engine,
)
from console.evidence.errors import OlderSchemaError, translated
from console.evidence.ledger import CompactRange
from console.evidence.migrate import check_known, is_current, migrate, revision_of
from console.evidence.note import BadCheckpointError, SignedTree, verify_note
from console.evidence.schema import APPLICATION_ID, SIGNER, STORE
from console.vault.signing import SigningKey, VerifyKey
from console.vault.storekey import StoreKey

ORIGIN = "bedrock-console/"
_ORIGIN_BYTES = 16


def create(
    path: Path, key: StoreKey, signer: SigningKey, clock: Clock, random: Callable[[int], bytes]
) -> tuple[sa.Engine, FileLock]:
    """Make a store and return it open; a failure leaves no half-made file."""
    create_file(path)
    lock = None
    engine = make_engine(path, key, read_only=False)
    try:
        lock = lock_writer(path)
        migrate(engine, path, key, migrations())
        now = stamp(clock())
        with translated(path), engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            origin = ORIGIN + random(_ORIGIN_BYTES).hex()
            connection.execute(sa.insert(STORE).values(id=1, origin=origin, created_at=now))
            connection.execute(sa.insert(SIGNER).values(public=signer.public.raw, added_at=now))
    except BaseException:
        engine.dispose()
        if lock is not None:
            lock.release()
        path.unlink(missing_ok=True)
        raise
    return engine, lock


def open_store(
    path: Path, key: StoreKey, signer: SigningKey | None, clock: Clock, *, read_only: bool
) -> tuple[sa.Engine, FileLock | None]:
    """Open a store; nothing is written unless it must be migrated or its signer is new."""
    inspect_file(path)
    lock = None if read_only else lock_writer(path)
    engine = make_engine(path, key, read_only=read_only)
    try:
        keep_private(path)
        with driver(engine, path) as connection:
            identify(connection, path)
            revision = revision_of(connection, path)
        if not is_current(revision):
            if read_only:
                _refuse_older(path, revision)
            migrate(engine, path, key, migrations())
        verify_last(engine, path)
        if signer is not None and not read_only:
            _know_signer(engine, path, signer, clock)
    except BaseException:
        engine.dispose()
        if lock is not None:
            lock.release()
        raise
    return engine, lock


def _refuse_older(path: Path, revision: str) -> None:
    """Tell a reader whether the store is newer than this version or only waits for its migration."""
    check_known(path, revision, migrations())
    raise OlderSchemaError(f"{path} has the older schema {revision}")


def _know_signer(engine: sa.Engine, path: Path, signer: SigningKey, clock: Clock) -> None:
    """Keep the public key of a signer that the store has not seen."""
    with driver(engine, path) as connection:
        if signer.public in signers(connection):
            return
    with translated(path), engine.begin() as connection:
        connection.execute(sa.insert(SIGNER).values(public=signer.public.raw, added_at=stamp(clock())))


def signers(connection: Driver) -> list[VerifyKey]:
    """Return the public keys that may have signed here."""
    rows = connection.execute("SELECT public FROM signer ORDER BY added_at")
    return [VerifyKey(raw) for (raw,) in rows]


def verify_last(engine: sa.Engine, path: Path) -> None:
    """Verify the last checkpoint: its signature, and that the leaves since the one before lead to its root.

    That is what the newest snapshot rests on; the work does not grow with the store's history. The whole
    ledger is recomputed by `maintenance.check`.
    """
    with driver(engine, path) as connection:
        found = reader.last_checkpoints(connection, 2)
        if not found:
            return
        last = found[0]
        verify_signed(last, signers(connection), origin_of(connection))
        tree = found[1].range if len(found) > 1 else CompactRange()
        reader.grow(connection, tree, until=last.said.tree_size)
    if (tree.size, tree.root().hex()) != (last.said.tree_size, last.said.root):
        raise BadCheckpointError(f"the ledger of {path} does not lead to its last checkpoint")


def origin_of(connection: Driver) -> str:
    """Return the origin line of this store's checkpoints."""
    return str(connection.execute("SELECT origin FROM store").fetchone()[0])


def verify_signed(checkpoint: reader.StoredCheckpoint, keys: list[VerifyKey], origin: str) -> None:
    """Return if a known key signed the checkpoint and it says what its row says."""
    said = checkpoint.said
    stated = SignedTree(origin=origin, tree_size=said.tree_size, root=said.root)
    refusals: list[BadCheckpointError] = []
    for key in keys:
        try:
            if verify_note(said.note, key) == stated:
                return
        except BadCheckpointError as error:
            refusals.append(error)
    raise (
        refusals[-1]
        if refusals
        else BadCheckpointError(f"checkpoint {said.tree_size} does not match its note")
    )
