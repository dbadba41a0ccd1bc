"""The list of what was redacted: what each pseudonym is, where it stands in the evidence, and what binds its value."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.reports.consistency import written
from console.reports.exhibits import Place
from console.reports.redact import Redactor
from console.reports.redacted import Spot
from console.reports.redaction_rules import MEANINGS, REASONS, Category

SCHEMA = "bedrock-console/redactions/1"


def redactions_json(redactor: Redactor, places: Mapping[int, Place], spots: Sequence[Spot]) -> bytes:
    """Return the document; empty where the profile shows everything."""
    if redactor.is_idle:
        return b""
    said = {
        "schema": SCHEMA,
        "profile": redactor.profile.value,
        "meaning": MEANINGS[redactor.profile],
        "commitment": "SHA-256 of the salt in hexadecimal, a line feed, and the value in UTF-8",
        "values": [
            {
                "pseudonym": each.pseudonym,
                "category": each.category.value,
                "reason": REASONS[each.category],
                "sha256": each.sha256,
            }
            for each in redactor.commitments()
        ],
        "places": [
            {
                "file": places[spot.sequence].file,
                "line": places[spot.sequence].line,
                "pointer": spot.pointer,
                "shown": spot.shown,
            }
            for spot in spots
        ],
    }
    return written(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """One value of the list as it was read back."""

    pseudonym: str
    category: Category
    sha256: str


def read_redactions(text: bytes) -> tuple[str, tuple[Redacted, ...]]:
    """Return the profile and the values of a list; raise `ValueError` if it is none."""
    try:
        said = json.loads(text)
        found = tuple(
            Redacted(
                pseudonym=str(each["pseudonym"]),
                category=Category(each["category"]),
                sha256=str(each["sha256"]),
            )
            for each in said["values"]
        )
        profile = str(said["profile"])
    except (KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError("the list of redactions is malformed") from None
    if said.get("schema") != SCHEMA or written(said) != text:
        raise ValueError("the list of redactions is not in the form that was written")
    return profile, found
