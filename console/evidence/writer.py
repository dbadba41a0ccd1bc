"""Appending to a store, inside the caller's transaction: steps with what was seen, the seal, tombstones."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from console.base.canonical import canonical, sha256_hex
from console.domain.evidence import Fact, Gap, GapReason, Provenance
from console.domain.refresh import Refresh, RefreshState, Step, StepState
from console.domain.scope import Scope
from console.evidence.engine import Driver
from console.evidence.errors import RefusedStepError
from console.evidence.records import (
    FACT,
    GAP,
    SALT_BYTES,
    SEAL,
    TOMBSTONE,
    Row,
    gap_body,
    leaf_of,
    pack_body,
    statement,
)

_NO_STEP = ("", "", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One observation to be appended."""

    type: str
    key: str
    reason: str = ""
    body: bytes
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the entries of one call belong."""

    refresh_id: int | None
    step_id: int | None = None
    step: tuple[str, str, str] = _NO_STEP
    """Kind, account and Region."""


class Appender:
    """Appends observations on a driver's connection whose transaction holds the write lock."""

    def __init__(self, connection: Driver, random: Callable[[int], bytes]) -> None:
        self._connection = connection
        self._random = random

    def append(self, place: Place, entries: Sequence[Entry]) -> int:
        """Add `entries` with the next numbers; return the first of them."""
        first = int(
            self._connection.execute("SELECT coalesce(max(sequence), 0) + 1 FROM observation").fetchone()[0]
        )
        observations: list[tuple[object, ...]] = []
        leaves: list[tuple[int, bytes, bytes]] = []
        contexts: dict[tuple[str, str, str], int] = {}
        for sequence, entry in enumerate(entries, first):
            said = entry.provenance
            body_id, sha256 = self._body(entry.body)
            named = (said.operation, said.caller, said.botocore)
            if named not in contexts:
                contexts[named] = self._context(named)
            observations.append(
                (
                    sequence,
                    entry.type,
                    place.refresh_id,
                    place.step_id,
                    entry.key,
                    entry.reason,
                    contexts[named],
                    said.parameters,
                    said.request_id,
                    said.observed_at,
                    body_id,
                )
            )
            salt = self._random(SALT_BYTES)
            leaves.append((sequence, salt, leaf_of(statement(_row(sequence, place, entry, sha256), salt))))
        self._connection.executemany(
            "INSERT INTO observation (sequence, type, refresh_id, step_id, key, reason, context_id, parameters, "
            "request_id, observed_at, body_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            observations,
        )
        self._connection.executemany("INSERT INTO leaf (sequence, salt, hash) VALUES (?, ?, ?)", leaves)
        return first

    def _body(self, body: bytes) -> tuple[int, bytes]:
        """Return the id and hash of a body, storing it if it is not held; one that was erased is held again."""
        sha256 = bytes.fromhex(sha256_hex(body))
        held = self._connection.execute(
            "SELECT id, bytes IS NOT NULL FROM body WHERE sha256 = ?", (sha256,)
        ).fetchone()
        if held and held[1]:
            return int(held[0]), sha256
        deflated, packed = pack_body(body)
        if held:
            self._connection.execute(
                "UPDATE body SET bytes = ?, deflated = ? WHERE id = ?", (packed, deflated, held[0])
            )
            return int(held[0]), sha256
        added = self._connection.execute(
            "INSERT INTO body (sha256, size, deflated, bytes) VALUES (?, ?, ?, ?)",
            (sha256, len(body), deflated, packed),
        )
        return int(added.lastrowid), sha256

    def _context(self, named: tuple[str, str, str]) -> int:
        self._connection.execute(
            "INSERT OR IGNORE INTO context (operation, caller, botocore) VALUES (?, ?, ?)", named
        )
        found = self._connection.execute(
            "SELECT id FROM context WHERE operation = ? AND caller = ? AND botocore = ?", named
        )
        return int(found.fetchone()[0])


def _row(sequence: int, place: Place, entry: Entry, sha256: bytes) -> Row:
    """Return the row as a reader will see it, for its statement."""
    kind, account_id, region = place.step
    said = entry.provenance
    return Row(
        sequence=sequence,
        type=entry.type,
        refresh_id=place.refresh_id,
        kind=kind,
        account_id=account_id,
        region=region,
        key=entry.key,
        reason=entry.reason,
        operation=said.operation,
        parameters=said.parameters,
        request_id=said.request_id,
        caller=said.caller,
        observed_at=said.observed_at,
        botocore=said.botocore,
        sha256=sha256,
        deflated=0,
        body=None,
    )


def plan_steps(connection: Driver, refresh_id: int, steps: Iterable[Step]) -> None:
    """Add steps to a refresh; those that are planned already stay as they are."""
    connection.executemany(
        "INSERT OR IGNORE INTO step (refresh_id, kind, account_id, region, state, facts, gaps, first) "
        "VALUES (?, ?, ?, ?, ?, 0, 0, 0)",
        [
            (refresh_id, step.kind, step.scope.account_id, step.scope.region, StepState.PENDING.value)
            for step in steps
        ],
    )


def record_step(
    connection: Driver,
    random: Callable[[int], bytes],
    refresh_id: int,
    step: Step,
    facts: Iterable[Fact],
    gaps: Iterable[Gap],
) -> None:
    """End one step: its facts, then its gaps, and its state."""
    place = _pending(connection, refresh_id, step)
    seen, missed = _facts(step, facts), _gaps(gaps)
    entries = [*seen, *missed]
    state = StepState.GAP if any(not each.key for each in missed) else StepState.READ
    first = Appender(connection, random).append(place, entries) if entries else 0
    connection.execute(
        "UPDATE step SET state = ?, facts = ?, gaps = ?, first = ? WHERE id = ?",
        (state.value, len(seen), len(missed), first, place.step_id),
    )


def _pending(connection: Driver, refresh_id: int, step: Step) -> Place:
    """Return the place of a step that is planned and has not ended."""
    found = connection.execute(
        "SELECT s.id, s.state, r.state FROM step s JOIN refresh r ON r.id = s.refresh_id "
        "WHERE s.refresh_id = ? AND s.kind = ? AND s.account_id = ? AND s.region = ?",
        (refresh_id, step.kind, step.scope.account_id, step.scope.region),
    ).fetchone()
    if found is None:
        raise RefusedStepError(f"{step.kind} in {step.scope} is not planned in refresh {refresh_id}")
    if found[2] != RefreshState.RUNNING.value:
        raise RefusedStepError(f"refresh {refresh_id} is sealed")
    if found[1] != StepState.PENDING.value:
        raise RefusedStepError(f"{step.kind} in {step.scope} has already ended in refresh {refresh_id}")
    where = (step.kind, step.scope.account_id, step.scope.region)
    return Place(refresh_id=refresh_id, step_id=found[0], step=where)


def _gaps(gaps: Iterable[Gap]) -> list[Entry]:
    """Return the entries of a step's gaps by key; a thing that was missed twice counts once."""
    by_key = {
        gap.key: Entry(
            type=GAP,
            key=gap.key,
            reason=gap.reason.value,
            body=gap_body(gap.reason, gap.detail),
            provenance=gap.provenance,
        )
        for gap in gaps
    }
    return [by_key[key] for key in sorted(by_key)]


def _facts(step: Step, facts: Iterable[Fact]) -> list[Entry]:
    """Return the entries of a step's facts by key; the same fact said twice by two pages counts once."""
    by_key: dict[str, Entry] = {}
    for fact in facts:
        if (fact.kind, fact.scope) != (step.kind, step.scope):
            raise ValueError(f"{fact.kind} in {fact.scope} is not of the step {step.kind} in {step.scope}")
        entry = Entry(type=FACT, key=fact.key, body=canonical(fact.payload), provenance=fact.provenance)
        if by_key.setdefault(fact.key, entry).body != entry.body:
            raise ValueError(f"two different {fact.kind} in {fact.scope} have the key {fact.key}")
    return [by_key[key] for key in sorted(by_key)]


def end_pending(
    connection: Driver,
    random: Callable[[int], bytes],
    refresh: Refresh,
    observed_at: str,
) -> None:
    """Turn every step that has not ended into a gap, `not attempted`."""
    found = connection.execute(
        "SELECT kind, account_id, region FROM step WHERE refresh_id = ? AND state = ? ORDER BY id",
        (refresh.id, StepState.PENDING.value),
    ).fetchall()
    provenance = _own(refresh.caller, refresh.botocore, observed_at)
    for kind, account_id, region in found:
        scope = Scope(account_id, region)
        gap = Gap(
            kind=kind,
            scope=scope,
            reason=GapReason.NOT_ATTEMPTED,
            detail="the refresh ended before this scope's turn",
            provenance=provenance,
        )
        record_step(connection, random, refresh.id, Step(kind, scope), (), (gap,))


def append_seal(connection: Driver, random: Callable[[int], bytes], sealed: Refresh) -> None:
    """Put the end of a refresh, its content root included, into the ledger."""
    body = canonical(
        {
            "caller": sealed.caller,
            "content_root": sealed.content_root,
            "finished_at": sealed.finished_at,
            "organisation_id": sealed.organisation_id,
            "started_at": sealed.started_at,
            "state": sealed.state.value,
            "tool_version": sealed.tool_version,
        }
    )
    provenance = _own(sealed.caller, sealed.botocore, sealed.finished_at)
    entry = Entry(type=SEAL, key=str(sealed.id), body=body, provenance=provenance)
    Appender(connection, random).append(Place(refresh_id=sealed.id), [entry])


def append_tombstone(
    connection: Driver,
    random: Callable[[int], bytes],
    body_sha256: str,
    *,
    basis: str,
    erased_by: str,
    erased_at: str,
) -> int:
    """Say in the ledger that a body is erased, why and by whom, then erase it; return the tombstone's number."""
    body = canonical({"basis": basis, "erased_by": erased_by})
    entry = Entry(type=TOMBSTONE, key=body_sha256, body=body, provenance=_own(erased_by, "", erased_at))
    sequence = Appender(connection, random).append(Place(refresh_id=None), [entry])
    connection.execute("UPDATE body SET bytes = NULL WHERE sha256 = ?", (bytes.fromhex(body_sha256),))
    return sequence


def _own(caller: str, botocore: str, observed_at: str) -> Provenance:
    """Return the provenance of a statement that is ours and not AWS's."""
    return Provenance(
        operation="",
        parameters="{}",
        request_id="",
        caller=caller,
        observed_at=observed_at,
        botocore=botocore,
    )
