"""The evidence store: an encrypted file to which refreshes add and from which snapshots are read.

Invariants: observations are numbered 1, 2, 3, … and are never changed or removed; a step and all that was seen
in it come in one transaction; a sealed refresh has an ended step for every planned one, a seal in the ledger and
a signed checkpoint. One process writes at a time, for as long as it has the store open; any number read.
"""

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa
from filelock import FileLock

from console.base.clock import Clock, stamp
from console.domain.deed import BY_HAND, Deed, DeedKind, Through
from console.domain.evidence import Fact, Gap
from console.domain.finding import Finding
from console.domain.refresh import Refresh, RefreshState, Step
from console.domain.selection import EVERYTHING, Selection
from console.evidence import deeds, opening, reader, schema, writer
from console.evidence.content import content_root
from console.evidence.engine import Driver, driver
from console.evidence.errors import (
    NoObservationError,
    NoSignerError,
    ReadOnlyPlaceError,
    RefusedStepError,
    UnfinishedRefreshError,
    translated,
)
from console.evidence.ledger import CompactRange
from console.evidence.note import Checkpoint, sign_note
from console.evidence.packed_findings import packed_findings
from console.evidence.reading import Reading
from console.evidence.usage_log import UsageLog
from console.vault.signing import SigningKey
from console.vault.storekey import StoreKey

_NOT_ITS_TURN = "the refresh ended before this scope's turn"
_NEVER_CHOSEN = "this refresh was not to read it, and no earlier one did"
Random = Callable[[int], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What came of a step: its facts and the single things missed, or one gap for all of it."""

    step: Step
    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def __post_init__(self) -> None:
        if any(not gap.key for gap in self.gaps) and (self.facts or len(self.gaps) > 1):
            raise ValueError("half a list is a gap: facts read before a failure are dropped")
        places = {(each.kind, each.scope) for each in self.facts} | {
            (each.kind, each.scope) for each in self.gaps
        }
        for kind, scope in places - {(self.step.kind, self.step.scope)}:
            raise ValueError(f"{kind} in {scope} is not of the step {self.step.kind} in {self.step.scope}")


class Store(Reading):
    """One open store; close it, or use it as a context manager."""

    def __init__(
        self,
        *,
        path: Path,
        engine: sa.Engine,
        lock: FileLock | None,
        signer: SigningKey | None,
        clock: Clock,
        random: Random,
    ) -> None:
        super().__init__(path, engine)
        self._lock = lock
        self._signer = signer
        self._clock = clock
        self._random = random
        self._turn = threading.Lock()

    @classmethod
    def create(
        cls, path: Path, key: StoreKey, *, signer: SigningKey, clock: Clock, random: Random = os.urandom
    ) -> Self:
        """Make a new store at `path`, where nothing may be, and open it for writing."""
        engine, lock = opening.create(path, key, signer, clock, random)
        return cls(path=path, engine=engine, lock=lock, signer=signer, clock=clock, random=random)

    @classmethod
    def open(
        cls,
        path: Path,
        key: StoreKey,
        *,
        signer: SigningKey | None = None,
        clock: Clock,
        read_only: bool = False,
        random: Random = os.urandom,
    ) -> Self:
        """Open a store, migrated if it is older, once its last checkpoint was verified.

        A writer keeps others from writing until it closes; a reader sees what a writer elsewhere commits.
        """
        engine, lock = opening.open_store(path, key, signer, clock, read_only=read_only)
        return cls(path=path, engine=engine, lock=lock, signer=signer, clock=clock, random=random)

    def close(self) -> None:
        """Close every connection and let another writer in."""
        super().close()
        if self._lock is not None:
            self._lock.release()

    def begin_refresh(
        self, *, caller: str, botocore: str, tool_version: str, selection: Selection = EVERYTHING
    ) -> int:
        """Start a refresh and return its number; refused while another is unfinished."""
        with self._writing() as connection:
            unfinished = reader.newest(_raw(connection), sealed=False)
            if unfinished is not None:
                raise UnfinishedRefreshError(f"refresh {unfinished.id} is unfinished")
            added = connection.execute(
                sa.insert(schema.REFRESH).values(
                    started_at=self._now(),
                    finished_at="",
                    state=RefreshState.RUNNING.value,
                    caller=caller,
                    organisation_id="",
                    botocore=botocore,
                    tool_version=tool_version,
                    content_root="",
                    selection=reader.packed_selection(selection),
                )
            )
            return _number(added)

    def describe_organisation(self, refresh_id: int, organisation_id: str) -> None:
        """Note which organisation a running refresh reads."""
        with self._writing() as connection:
            self._running(connection, refresh_id)
            table = schema.REFRESH
            changed = sa.update(table).where(table.c.id == refresh_id)
            connection.execute(changed.values(organisation_id=organisation_id))

    def plan(self, refresh_id: int, steps: Iterable[Step]) -> None:
        """Add steps to a running refresh; those that are planned already stay as they are."""
        self.record_all(refresh_id, steps, ())

    def record(self, refresh_id: int, step: Step, facts: Iterable[Fact], gaps: Iterable[Gap] = ()) -> None:
        """End a step, in one transaction: with its facts and the single things missed, or with one gap for all."""
        self.record_all(refresh_id, (), [Ended(step=step, facts=tuple(facts), gaps=tuple(gaps))])

    def record_all(
        self, refresh_id: int, planned: Iterable[Step], ended: Iterable[Ended], carried: Iterable[Step] = ()
    ) -> None:
        """Add steps to a running refresh and end some of its steps, all in one transaction.

        Steps that are `carried` are planned, and end as the last refresh left them that asked about them; where none
        did they are gaps.
        """
        taken = tuple(carried)
        with self._writing() as connection:
            refresh = self._running(connection, refresh_id)
            raw = _raw(connection)
            writer.plan_steps(raw, refresh_id, [*planned, *taken])
            batch = writer.Batch(raw, self._random, refresh_id)
            for each in ended:
                batch.record(each.step, each.facts, each.gaps)
            for step in taken:
                batch.carry(step, writer.not_attempted(step, refresh, self._now(), _NEVER_CHOSEN))
            batch.close()

    def seal(self, refresh_id: int, state: RefreshState) -> Checkpoint:
        """End a refresh: pending steps become gaps, the tree is closed over it, and the checkpoint is signed."""
        if state is RefreshState.RUNNING:
            raise ValueError("a sealed refresh is complete or cancelled")
        if self._signer is None:
            raise NoSignerError("the store was opened without its signing key")
        now = self._now()
        with self._writing() as connection:
            raw = _raw(connection)
            refresh = self._running(connection, refresh_id)
            batch = writer.Batch(raw, self._random, refresh_id)
            for step in writer.pending(raw, refresh_id):
                batch.record(step, (), [writer.not_attempted(step, refresh, now, _NOT_ITS_TURN)])
            batch.close()
            root = content_root(raw, refresh_id)
            sealed = replace(refresh, state=state, finished_at=now, content_root=root)
            writer.append_seal(raw, self._random, sealed)
            raw.execute(
                "UPDATE refresh SET state = ?, finished_at = ?, content_root = ? WHERE id = ?",
                (state.value, now, root, refresh_id),
            )
            return self._checkpoint(connection, refresh_id, self._signer)

    def erase_body(self, body_sha256: str, *, basis: str, erased_by: str) -> int:
        """Erase a body for good, with a tombstone that says why and by whom; return the tombstone's number.

        What stays: the observation's metadata (the thing's ARN among it), the body's hash and the salted leaf, so
        the tree still verifies. Copies and backups made before are not reached. If AWS shows the same content
        to a later refresh, it is held again.
        """
        if not basis.strip() or not erased_by.strip():
            raise ValueError("an erasure needs a basis and a name")
        with self._writing() as connection:
            raw = _raw(connection)
            sha256 = bytes.fromhex(body_sha256)
            held = raw.execute(
                "SELECT 1 FROM body b JOIN observation o ON o.body_id = b.id "
                "WHERE b.sha256 = ? AND b.bytes IS NOT NULL AND o.type IN ('fact', 'gap', 'deed')",
                (sha256,),
            ).fetchone()
            if held is None:
                raise NoObservationError(f"no body {body_sha256} is held")
            said = {"basis": basis, "erased_by": erased_by, "erased_at": self._now()}
            sequence = writer.append_tombstone(raw, self._random, sha256.hex(), **said)
        with driver(self._engine, self.path) as connection:
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return sequence

    def save_assessment(
        self,
        refresh_id: int,
        assessed_at: str,
        policy_json: str,
        findings: Iterable[Finding],
        *,
        judged_by: str = "",
        grounds_json: str = "{}",
    ) -> int:
        """Keep what the controls of a build concluded about a sealed refresh; return the assessment's number.

        The grounds say, by control, what the answers rest on besides the evidence of their own scopes.
        """
        packed = packed_findings(findings)
        with self._writing() as connection:
            refresh = reader.refresh(_raw(connection), refresh_id)
            if refresh is None or refresh.state is RefreshState.RUNNING:
                raise RefusedStepError(f"refresh {refresh_id} is not sealed")
            added = connection.execute(
                sa.insert(schema.ASSESSMENT).values(
                    refresh_id=refresh_id,
                    assessed_at=assessed_at,
                    policy=policy_json,
                    findings=packed,
                    judged_by=judged_by,
                    grounds=grounds_json,
                )
            )
            return _number(added)

    def add_deed(
        self,
        kind: DeedKind,
        by: str,
        body: Mapping[str, Any],
        text: tuple[str, str] = ("", ""),
        through: Through = BY_HAND,
    ) -> int:
        """Put into the ledger what somebody did now; return its number.

        `text` is the hash and the text of the guidance that was imported, kept beside the ledger; `through` the call
        to AWS by which it was done.
        """
        if not by.strip():
            raise ValueError("a deed needs a name")
        deed = Deed(kind=kind, by=by, at=self._now(), body=body)
        with self._writing() as connection:
            if text[1]:
                deeds.keep_text(_raw(connection), *text)
            return deeds.append_deed(_raw(connection), self._random, deed, through)

    @property
    def usage(self) -> UsageLog:
        """What was read of the logs of models' use, to be added to."""
        return UsageLog(self._engine, self.path, self._writing, self._now)

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """Lend a connection in a transaction that holds the write lock; threads take turns."""
        if self._lock is None:
            raise ReadOnlyPlaceError(
                f"{self.path} was opened for reading", remedy="Open the store for writing."
            )
        with self._turn:
            if not self._lock.is_locked:
                raise ValueError(f"{self.path} is closed, and another may be writing to it")
            with translated(self.path), self._engine.begin() as connection:
                yield connection

    def _running(self, connection: sa.Connection, refresh_id: int) -> Refresh:
        refresh = reader.refresh(_raw(connection), refresh_id)
        if refresh is None or refresh.state is not RefreshState.RUNNING:
            raise RefusedStepError(f"refresh {refresh_id} is not running")
        return refresh

    def _checkpoint(self, connection: sa.Connection, refresh_id: int, signer: SigningKey) -> Checkpoint:
        """Grow the tree by the leaves since the last checkpoint, sign its root and keep both."""
        raw = _raw(connection)
        last = reader.last_checkpoints(raw, 1)
        tree = last[0].range if last else CompactRange()
        reader.grow(raw, tree)
        root = tree.root()
        origin = raw.execute("SELECT origin FROM store").fetchone()[0]
        note = sign_note(origin, tree.size, root, signer)
        connection.execute(
            sa.insert(schema.CHECKPOINT).values(
                tree_size=tree.size, root=root, refresh_id=refresh_id, note=note, nodes=tree.nodes()
            )
        )
        return Checkpoint(tree_size=tree.size, root=root.hex(), refresh_id=refresh_id, note=note)

    def _now(self) -> str:
        return stamp(self._clock())


def _number(added: sa.CursorResult[Any]) -> int:
    """Return the number that an inserted row was given."""
    return int(added.lastrowid)


def _raw(connection: sa.Connection) -> Driver:
    """Return the driver's connection under a transaction, for bulk work within it."""
    return connection.connection.driver_connection
