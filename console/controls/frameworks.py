"""Frameworks as data: what each entry of a standard is served by, and the plain word where nothing serves it; pure."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One principle, outcome, article or control of a framework."""

    id: str
    title: str
    """The framework's where its licence lets it be repeated; otherwise our own short words."""
    claims: tuple[str, ...]
    """The claims that serve it; none means that nothing of this console does."""
    verified: bool
    """False where the number or title has not been held against its source yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """One framework in one version, and by what right its words stand here."""

    id: str
    name: str
    version: str
    publisher: str
    licence: str
    attribution: str
    """The line that the licence asks for; empty if it asks for none."""
    source: str
    """Where the framework itself can be read."""
    retrieved: str
    """A date."""
    scope: str
    """How much of the framework is listed here, in a sentence."""
    entries: tuple[Entry, ...]


def read_framework(text: str) -> Framework:
    """Return the framework that a document of TOML holds."""
    said: dict[str, Any] = tomllib.loads(text)
    return Framework(
        id=said["id"],
        name=said["name"],
        version=said["version"],
        publisher=said["publisher"],
        licence=said["licence"],
        attribution=said.get("attribution", ""),
        source=said["source"],
        retrieved=said["retrieved"],
        scope=said["scope"],
        entries=tuple(
            Entry(
                id=str(each["id"]),
                title=each["title"],
                claims=tuple(each.get("claims", ())),
                verified=each.get("verified", True),
            )
            for each in said["entry"]
        ),
    )


def entries_of_claims(frameworks: Sequence[Framework]) -> Mapping[str, tuple[tuple[Framework, Entry], ...]]:
    """Return the entries that each claim serves, by the claim's id."""
    found: dict[str, list[tuple[Framework, Entry]]] = {}
    for framework in frameworks:
        for entry in framework.entries:
            for claim_id in entry.claims:
                found.setdefault(claim_id, []).append((framework, entry))
    return {claim_id: tuple(each) for claim_id, each in found.items()}
