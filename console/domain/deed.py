"""A deed: what a person, and not AWS, put into the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class DeedKind(StrEnum):
    """What a person did; a kind is for ever, because it stands in signed ledgers."""

    ATTESTATION = "attestation"
    COUNTERSIGNATURE = "countersignature"
    WITHDRAWAL = "withdrawal"
    EXCEPTION = "exception"
    EXCEPTION_END = "exception-end"
    NOTE = "note"
    ASSIGNMENT = "assignment"
    GUIDANCE = "guidance"
    """An edition of the guidance was imported; the text is kept apart and never leaves the store."""
    GUIDANCE_MAPPING = "guidance-mapping"
    TRIAGE = "triage"
    """Somebody looked at what guardrails caught in one request."""
    PACK = "pack"
    """A pack was made; the register of packs. It is in no pack: the same evidence is to give the same bytes."""
    DELETION = "deletion"
    """A signed record about a request to delete; which one, its body says."""
    COUNT = "count"
    """Somebody had AWS count over a log, and this is the answer, or why there is none."""


@dataclass(frozen=True, slots=True)
class Through:
    """The AWS call through which a deed was done."""

    operation: str = ""
    parameters: str = "{}"
    """In canonical JSON."""
    request_id: str = ""
    botocore: str = ""


BY_HAND = Through()
"""No call was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One deed as the ledger has it; nothing in it is ever changed, a later deed may answer it."""

    kind: DeedKind
    by: str
    """Who did it, as they named themselves."""
    at: str
    """RFC 3339, UTC."""
    body: Mapping[str, Any]
    """In JSON types."""
    sequence: int = 0
    """Its number in the ledger; 0 before it is stored."""
