"""The claims of the guidance as data: each sentence in our words, and what kind of evidence can bear it; pure."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from console.controls.base import Control


class Basis(StrEnum):
    """What a claim can rest on."""

    LIVE = "live evidence"
    """What AWS answers decides."""
    HYBRID = "evidence and attestation"
    """What AWS answers, and a document that a person checked: both are needed."""
    ATTESTATION = "attestation"
    """No answer of AWS can show it: a person must vouch for a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence of the guidance."""

    id: str
    """`S01` to `S39`, for ever: a changed sentence is matched to it or gets a new one."""
    heading: str
    words: str
    """Ours; the guidance's own are only in the store of a department that imported them."""
    basis: Basis
    line_sha256: str
    """Of the sentence in the edition that this console knows; see `guidance` for how it is normalised."""
    reality: str
    """Why the sentence does not hold without conditions any more; empty if it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All claims, and the edition that they were taken from."""

    claims: tuple[Claim, ...]
    edition_name: str
    file_sha256: str
    """Of the edition's bytes."""
    text_sha256: str
    """Of its normalised lines."""
    other_lines: tuple[str, ...]
    """Hashes of its lines that state no claim: titles and links between them."""

    @property
    def known(self) -> Mapping[str, str]:
        """The hash of each claim's line, by id."""
        return {claim.id: claim.line_sha256 for claim in self.claims}

    def claim(self, claim_id: str) -> Claim | None:
        """Return a claim; None if there is none with the id."""
        return next((claim for claim in self.claims if claim.id == claim_id), None)


def read_claims(text: str) -> Catalogue:
    """Return the claims that a document of TOML holds."""
    said: dict[str, Any] = tomllib.loads(text)
    edition = said["edition"]
    return Catalogue(
        claims=tuple(
            Claim(
                id=each["id"],
                heading=each["heading"],
                words=each["words"],
                basis=Basis(each["basis"]),
                line_sha256=each["line_sha256"],
                reality=each.get("reality", ""),
            )
            for each in said["claim"]
        ),
        edition_name=edition["name"],
        file_sha256=edition["file_sha256"],
        text_sha256=edition["text_sha256"],
        other_lines=tuple(edition["other_lines"]),
    )


def serving(controls: Sequence[Control]) -> dict[str, tuple[Control, ...]]:
    """Return the controls that serve each claim, by the claim's id."""
    found: dict[str, list[Control]] = {}
    for control in controls:
        for claim_id in control.claims:
            found.setdefault(claim_id, []).append(control)
    return {claim_id: tuple(each) for claim_id, each in found.items()}
