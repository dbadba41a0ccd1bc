"""What people did, as entries of the ledger between and beside refreshes; and the guidance's text, which stays here."""

import json
from collections.abc import Callable

from console.base.canonical import canonical
from console.domain.deed import BY_HAND, Deed, DeedKind, Through
from console.domain.evidence import Provenance
from console.evidence.appending import Appender, Place, entry_of
from console.evidence.engine import Driver
from console.evidence.extract import LedgerEntry
from console.evidence.records import COLUMNS, DEED, TABLES, Row, statement, unpack_body, verified_body

_ALL = f"SELECT {COLUMNS} FROM {TABLES} WHERE o.type = 'deed' ORDER BY o.sequence"  # noqa: S608 - constants
_WITH_SALTS = (
    f"SELECT {COLUMNS}, l.salt FROM {TABLES} "  # noqa: S608 - constants
    "JOIN leaf l ON l.sequence = o.sequence WHERE o.type = 'deed' ORDER BY o.sequence"
)


def append_deed(
    connection: Driver, random: Callable[[int], bytes], deed: Deed, through: Through = BY_HAND
) -> int:
    """Put a deed into the ledger; return its number. The next checkpoint covers it."""
    said = Provenance(
        operation=through.operation,
        parameters=through.parameters,
        request_id=through.request_id,
        caller=deed.by,
        observed_at=deed.at,
        botocore=through.botocore,
    )
    entry = entry_of(DEED, deed.kind.value, canonical(deed.body), said)
    return Appender(connection, random).append(Place(refresh_id=None), [entry])


def deeds(connection: Driver) -> list[Deed]:
    """Return every deed, oldest first; one whose body was erased says nothing any more and is left out."""
    rows = (Row(*found) for found in connection.execute(_ALL))
    return [
        Deed(
            kind=DeedKind(row.key),
            by=row.caller,
            at=row.observed_at,
            body=json.loads(unpack_body(row)),
            sequence=row.sequence,
        )
        for row in rows
        if row.body is not None
    ]


def deed_entries(connection: Driver) -> list[LedgerEntry]:
    """Return every deed as an auditor gets it, oldest first; bodies are hashed anew."""
    return [
        LedgerEntry(
            statement=statement(Row(*found[:-1]), found[-1]),
            body=None if Row(*found[:-1]).body is None else verified_body(Row(*found[:-1])),
        )
        for found in connection.execute(_WITH_SALTS)
    ]


def keep_text(connection: Driver, text_sha256: str, text: str) -> None:
    """Keep the text of an edition of the guidance, once."""
    connection.execute(
        "INSERT OR IGNORE INTO guidance_text (sha256, text) VALUES (?, ?)", (bytes.fromhex(text_sha256), text)
    )


def guidance_text(connection: Driver, text_sha256: str) -> str | None:
    """Return the text of an edition; None if it was never kept."""
    found = connection.execute(
        "SELECT text FROM guidance_text WHERE sha256 = ?", (bytes.fromhex(text_sha256),)
    ).fetchone()
    return str(found[0]) if found else None
