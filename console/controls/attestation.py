"""Attestations: what a person vouches for, until when, and whether that still stands; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Standing(StrEnum):
    """Whether an attestation counts today; each has one reason."""

    VALID = "valid"
    DUE = "review due"
    """It counts, and its review or its end is near or past."""
    EARLY = "not yet valid"
    AWAITING = "awaiting counter-signature"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    UNSOUND = "signature does not match"
    """What is stored is not what was signed: nothing is to be believed of it."""


COUNTS = (Standing.VALID, Standing.DUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Countersignature:
    """A second person's signature under an attestation."""

    person: str
    at: str
    fingerprint: str
    """Of the second key, as `ssh-keygen -l` prints it."""
    problem: str
    """Why it does not count; empty if it does."""
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Who ended something before its time, when and why."""

    by: str
    at: str
    reason: str
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """One attestation with all that was done to it since."""

    id: str
    statement: str
    claims: tuple[str, ...]
    accounts: tuple[str, ...]
    """The accounts it is about; none means the whole organisation."""
    document: str
    """The name of the file that was checked; empty if it was a report of AWS Artifact."""
    document_sha256: str
    artifact_report: str
    """AWS Artifact's id of the report; empty if it was a file."""
    person: str
    signed_at: str
    fingerprint: str
    valid_from: str
    """A date; the first day on which it counts."""
    valid_until: str
    """A date; the last day on which it counts."""
    review_on: str
    """A date, or empty for the usual reminder before its end."""
    problem: str
    """Why the signature does not count; empty if it does."""
    countersignatures: tuple[Countersignature, ...] = ()
    withdrawal: Ending | None = None
    sequence: int = 0

    @property
    def evidence(self) -> tuple[int, ...]:
        """The ledger's entries that it consists of."""
        after = (self.withdrawal.sequence,) if self.withdrawal else ()
        return (self.sequence, *(each.sequence for each in self.countersignatures), *after)

    @property
    def what(self) -> str:
        """What was checked, in words."""
        if self.artifact_report:
            return f"AWS Artifact {self.artifact_report}"
        return self.document or "no document"

    def is_about(self, account_id: str) -> bool:
        """Tell whether it is about an account."""
        return not self.accounts or account_id in self.accounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the department asks of attestations."""

    today: date
    reminder_days: int
    needs_countersignature: bool


def standing(attestation: Attestation, rules: Rules) -> Standing:
    """Return how an attestation stands; of several reasons against it, the one that no time cures comes first."""
    today = rules.today.isoformat()
    if attestation.problem:
        return Standing.UNSOUND
    if attestation.withdrawal is not None:
        return Standing.WITHDRAWN
    if today > attestation.valid_until:
        return Standing.EXPIRED
    if rules.needs_countersignature and not any(not each.problem for each in attestation.countersignatures):
        return Standing.AWAITING
    if today < attestation.valid_from:
        return Standing.EARLY
    return Standing.DUE if today >= due_on(attestation, rules) else Standing.VALID


def due_on(attestation: Attestation, rules: Rules) -> str:
    """Return the day on which an attestation asks for a review: its own, or some days before its end."""
    if attestation.review_on:
        return attestation.review_on
    return (date.fromisoformat(attestation.valid_until) - timedelta(days=rules.reminder_days)).isoformat()


def counting(attestations: Sequence[Attestation], rules: Rules) -> tuple[Attestation, ...]:
    """Return those that count today."""
    return tuple(each for each in attestations if standing(each, rules) in COUNTS)
