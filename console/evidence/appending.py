"""Appending observations: rows with their bodies and leaves, and blocks, numbered on end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from console.base.canonical import sha256_hex
from console.domain.evidence import Provenance
from console.evidence import blocks
from console.evidence.blocks import Again
from console.evidence.engine import Driver
from console.evidence.records import SALT_BYTES, Row, leaf_of, pack_body, statement

_NO_STEP = ("", "", "")
_LAST = (
    "SELECT max((SELECT coalesce(max(sequence), 0) FROM observation), "
    "(SELECT coalesce(max(first + count - 1), 0) FROM block))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One observation to be appended."""

    type: str
    key: str
    reason: str = ""
    basis: str = ""
    body: bytes
    sha256: bytes
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the entries of one call belong."""

    refresh_id: int | None
    place_id: int | None = None
    step: tuple[str, str, str] = _NO_STEP
    """Kind, account and Region."""


class Appender:
    """Appends observations on a driver's connection whose transaction holds the write lock."""

    def __init__(self, connection: Driver, random: Callable[[int], bytes]) -> None:
        self._connection = connection
        self._random = random
        self._contexts: dict[tuple[str, str, str], int] = {}
        self._next = int(connection.execute(_LAST).fetchone()[0]) + 1

    def append(self, place: Place, entries: Sequence[Entry]) -> int:
        """Add `entries` with the next numbers; return the first of them."""
        first = self._next
        observations: list[tuple[object, ...]] = []
        leaves: list[tuple[int, bytes, bytes]] = []
        for sequence, entry in enumerate(entries, first):
            said = entry.provenance
            observations.append(
                (
                    sequence,
                    entry.type,
                    place.refresh_id,
                    place.place_id,
                    entry.key,
                    entry.reason,
                    entry.basis,
                    self.context(said),
                    said.parameters,
                    said.request_id,
                    said.observed_at,
                    self._body(entry),
                )
            )
            salt = self._random(SALT_BYTES)
            leaves.append((sequence, salt, leaf_of(statement(_row(sequence, place, entry), salt))))
        self._connection.executemany(
            "INSERT INTO observation (sequence, type, refresh_id, place_id, key, reason, basis, context_id, "
            "parameters, request_id, observed_at, body_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            observations,
        )
        self._connection.executemany("INSERT INTO leaf (sequence, salt, hash) VALUES (?, ?, ?)", leaves)
        self._next += len(entries)
        return first

    def append_block(self, refresh_id: int, steps: Sequence[Again]) -> int:
        """Add a block with the next numbers; return the first of them."""
        block = blocks.write(self._connection, self._random, self._next, refresh_id, steps)
        self._next += block.count
        return block.first

    def _body(self, entry: Entry) -> int:
        """Return the id of a body, storing it if it is not held; one that was erased is held again."""
        held = self._connection.execute(
            "SELECT id, bytes IS NOT NULL FROM body WHERE sha256 = ?", (entry.sha256,)
        ).fetchone()
        if held and held[1]:
            return int(held[0])
        deflated, packed = pack_body(entry.body)
        if held:
            self._connection.execute(
                "UPDATE body SET bytes = ?, deflated = ? WHERE id = ?", (packed, deflated, held[0])
            )
            return int(held[0])
        added = self._connection.execute(
            "INSERT INTO body (sha256, size, deflated, bytes) VALUES (?, ?, ?, ?)",
            (entry.sha256, len(entry.body), deflated, packed),
        )
        return int(added.lastrowid)

    def context(self, said: Provenance) -> int:
        """Return the number of the parts of a provenance that repeat."""
        named = (said.operation, said.caller, said.botocore)
        if named not in self._contexts:
            self._connection.execute(
                "INSERT OR IGNORE INTO context (operation, caller, botocore) VALUES (?, ?, ?)", named
            )
            found = self._connection.execute(
                "SELECT id FROM context WHERE operation = ? AND caller = ? AND botocore = ?", named
            )
            self._contexts[named] = int(found.fetchone()[0])
        return self._contexts[named]


def _row(sequence: int, place: Place, entry: Entry) -> Row:
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
        basis=entry.basis,
        operation=said.operation,
        parameters=said.parameters,
        request_id=said.request_id,
        caller=said.caller,
        observed_at=said.observed_at,
        botocore=said.botocore,
        sha256=entry.sha256,
        deflated=0,
        body=None,
    )


def entry_of(
    type_: str, key: str, body: bytes, provenance: Provenance, reason: str = "", basis: str = ""
) -> Entry:
    """Return an observation that is to be appended."""
    sha256 = bytes.fromhex(sha256_hex(body))
    return Entry(
        type=type_, key=key, reason=reason, basis=basis, body=body, sha256=sha256, provenance=provenance
    )
