"""What a row says: the statement a leaf is made of, and the fact or gap it becomes."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from console.base.canonical import canonical, sha256_hex
from console.domain.evidence import Fact, Gap, GapReason, Provenance
from console.domain.scope import Scope
from console.evidence.errors import DamagedStoreError, ErasedError
from console.evidence.ledger import leaf_hash

FACT = "fact"
GAP = "gap"
SEAL = "seal"
TOMBSTONE = "tombstone"
DEED = "deed"
DEED_KIND = "console."
"""What the kind of a deed begins with, where it is shown among AWS's answers."""
SALT_BYTES = 16

Statement = Mapping[str, str | int]
"""Everything an observation says but its body, with the body's hash and the salt; JSON."""


class Row(NamedTuple):
    """One observation as `COLUMNS` reads it."""

    sequence: int
    type: str
    refresh_id: int | None
    kind: str
    account_id: str
    region: str
    key: str
    reason: str
    basis: str
    operation: str
    parameters: str
    request_id: str
    caller: str
    observed_at: str
    botocore: str
    sha256: bytes
    deflated: int
    body: bytes | None


COLUMNS = (
    "o.sequence, o.type, o.refresh_id, coalesce(w.kind, ''), coalesce(w.account_id, ''), coalesce(w.region, ''), "
    "o.key, o.reason, o.basis, c.operation, o.parameters, o.request_id, c.caller, o.observed_at, c.botocore, "
    "b.sha256, b.deflated, b.bytes"
)
TABLES = (
    "observation o JOIN context c ON c.id = o.context_id JOIN body b ON b.id = o.body_id "
    "LEFT JOIN place w ON w.id = o.place_id"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRecord:
    """One observation with all that proves it is in the ledger."""

    observation: Fact | Gap
    body: bytes
    """Canonical JSON: the payload of a fact, `{"detail", "reason"}` of a gap."""
    body_sha256: str
    salt: bytes
    leaf: bytes
    """`leaf_hash(canonical(statement))`."""
    statement: Statement


def pack_body(body: bytes) -> tuple[bool, bytes]:
    """Return whether deflating `body` saves room, and the bytes to keep."""
    deflated = zlib.compress(body, 6)
    return (True, deflated) if len(deflated) < len(body) else (False, body)


def unpack_body(row: Row) -> bytes:
    """Return the canonical JSON of a row; raise `ErasedError` where it was erased."""
    if row.body is None:
        raise ErasedError(f"the body of observation {row.sequence} was erased")
    try:
        return zlib.decompress(row.body) if row.deflated else row.body
    except zlib.error:
        raise DamagedStoreError(f"the body of observation {row.sequence} cannot be unpacked") from None


def verified_body(row: Row) -> bytes:
    """Return the canonical JSON of a row once its hash is that of the statement."""
    body = unpack_body(row)
    if sha256_hex(body) != row.sha256.hex():
        raise DamagedStoreError(f"the body of observation {row.sequence} is not the one that was recorded")
    return body


def statement(row: Row, salt: bytes) -> dict[str, str | int]:
    """Return what the leaf of `row` is made of; `basis` only where AWS was not asked anew."""
    return {
        **({"basis": row.basis} if row.basis else {}),
        "account_id": row.account_id,
        "body_sha256": row.sha256.hex(),
        "botocore": row.botocore,
        "caller": row.caller,
        "key": row.key,
        "kind": row.kind,
        "observed_at": row.observed_at,
        "operation": row.operation,
        "parameters": row.parameters,
        "reason": row.reason,
        "refresh": row.refresh_id or 0,
        "region": row.region,
        "request_id": row.request_id,
        "salt": salt.hex(),
        "sequence": row.sequence,
        "type": row.type,
    }


def leaf_of(said: Statement) -> bytes:
    """Return the leaf hash of a statement; an auditor does the same with any RFC 8785 tool."""
    return leaf_hash(statement_bytes(said))


def statement_bytes(said: Statement) -> bytes:
    """Return the bytes a leaf is made of: what `canonical` returns, ten times faster, for a flat statement."""
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return canonical(said)


def gap_body(reason: GapReason, detail: str) -> bytes:
    """Return the body of a gap; AWS's words may name a person, so they are kept where they can be erased."""
    return canonical({"detail": detail, "reason": reason.value})


def observation_of(row: Row) -> Fact | Gap:
    """Return the fact or gap of a row; an erased fact is a gap, because it can no longer be judged.

    A deed is shown as a fact of the console's own, so that what people did opens as what AWS said does.
    """
    provenance = Provenance(
        operation=row.operation,
        parameters=row.parameters,
        request_id=row.request_id,
        caller=row.caller,
        observed_at=row.observed_at,
        botocore=row.botocore,
    )
    scope = Scope(row.account_id, row.region)
    kind = f"{DEED_KIND}{row.key}" if row.type == DEED else row.kind
    if row.type in (FACT, DEED) and row.body is not None:
        payload: dict[str, Any] = json.loads(unpack_body(row))
        return Fact(
            kind=kind,
            key=_named(payload) if row.type == DEED else row.key,
            scope=scope,
            payload=payload,
            provenance=provenance,
            sequence=row.sequence,
            basis=row.basis,
        )
    if row.body is None:
        detail = "the body was erased; a tombstone in the ledger gives the basis"
    else:
        detail = json.loads(unpack_body(row))["detail"]
    return Gap(
        kind=kind,
        scope=scope,
        key=row.key,
        reason=GapReason(row.reason) if row.type == GAP else GapReason.ERASED,
        detail=detail,
        provenance=provenance,
        sequence=row.sequence,
        basis=row.basis,
    )


def _named(body: dict[str, Any]) -> str:
    """Return what a deed is called: its own id, or what it answers."""
    return str(
        body.get("id") or body.get("attestation") or body.get("exception") or body.get("subject") or ""
    )
