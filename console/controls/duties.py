"""All that people put into the ledger, put together: later deeds answer earlier ones, none is changed; pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from console.controls.attestation import Attestation, Countersignature, Ending
from console.controls.exceptions import GrantedException
from console.controls.guidance import Matching
from console.domain.counting import Count, asking_of
from console.domain.deed import Deed, DeedKind
from console.domain.finding import Identity

Verify = Callable[[Deed], str]
"""Returns why a signed deed does not count; empty if it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark about a finding."""

    words: str
    by: str
    at: str
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who looks after a finding."""

    to: str
    """Empty if nobody does any more."""
    by: str
    at: str
    sequence: int


TRIAGED = ("reviewed", "escalated", "false alarm")
"""What an officer can make of a guardrail's hit; words are for ever, because they stand in signed ledgers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """What an officer made of what guardrails caught in one request."""

    outcome: str
    """One of `TRIAGED`."""
    words: str
    by: str
    at: str
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """An edition of the guidance that somebody imported; its text is kept apart."""

    name: str
    file_sha256: str
    text_sha256: str
    by: str
    at: str
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """What people attested, excepted, noted, assigned and imported."""

    attestations: tuple[Attestation, ...] = ()
    """Oldest first, those that no longer count among them."""
    exceptions: tuple[GrantedException, ...] = ()
    notes: Mapping[Identity, tuple[Note, ...]] = field(default_factory=dict)
    assignments: Mapping[Identity, Assignment] = field(default_factory=dict)
    """The newest of each finding."""
    triage: Mapping[str, tuple[Triage, ...]] = field(default_factory=dict)
    """By request id, oldest first; the last counts."""
    counts: tuple[Count, ...] = ()
    """What AWS was asked to count, oldest first."""
    editions: tuple[Imported, ...] = ()
    """Oldest first; the newest is in force."""
    mapped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Claims of a guidance line by its hash, as mapped by hand; the newest mapping of each line."""
    guidance: Matching | None = None
    """The edition in force with its lines; None before the first import."""


NO_DUTIES = Duties()


def duties_of(deeds: Iterable[Deed], verify: Verify) -> Duties:
    """Put deeds together, oldest first; one that answers nothing that is there has no effect.

    Deeds about requests to delete are put together by `console.deletion.case`.
    Kinds that are no duty, such as the register of packs, are passed over.
    """
    gathered = _Gathered()
    for deed in deeds:
        if deed.kind in _TAKERS:
            _TAKERS[deed.kind](gathered, deed, verify)
    return Duties(
        attestations=tuple(gathered.attestations.values()),
        exceptions=tuple(gathered.exceptions.values()),
        notes={identity: tuple(notes) for identity, notes in gathered.notes.items()},
        assignments=gathered.assignments,
        triage={request: tuple(made) for request, made in gathered.triage.items()},
        counts=tuple(gathered.counts),
        editions=tuple(gathered.editions),
        mapped=gathered.mapped,
    )


def identity_in(body: Mapping[str, Any]) -> Identity:
    """Return the finding that a note or an assignment is about."""
    return Identity(body["control"], body["account_id"], body["region"], body["subject"])


@dataclass(slots=True)
class _Gathered:
    attestations: dict[str, Attestation] = field(default_factory=dict)
    exceptions: dict[str, GrantedException] = field(default_factory=dict)
    notes: dict[Identity, list[Note]] = field(default_factory=dict)
    assignments: dict[Identity, Assignment] = field(default_factory=dict)
    triage: dict[str, list[Triage]] = field(default_factory=dict)
    counts: list[Count] = field(default_factory=list)
    editions: list[Imported] = field(default_factory=list)
    mapped: dict[str, tuple[str, ...]] = field(default_factory=dict)


def _attestation(gathered: _Gathered, deed: Deed, verify: Verify) -> None:
    said = deed.body["attestation"]
    gathered.attestations.setdefault(
        deed.body["id"],
        Attestation(
            id=deed.body["id"],
            statement=said["statement"],
            claims=tuple(said["claims"]),
            accounts=tuple(said["accounts"]),
            document=said["document"]["name"],
            document_sha256=said["document"]["sha256"],
            artifact_report=said["artifact_report"],
            person=said["person"],
            signed_at=said["signed_at"],
            fingerprint=deed.body["fingerprint"],
            valid_from=said["valid_from"],
            valid_until=said["valid_until"],
            review_on=said["review_on"],
            problem=verify(deed),
            sequence=deed.sequence,
        ),
    )


def _countersignature(gathered: _Gathered, deed: Deed, verify: Verify) -> None:
    said = deed.body["countersignature"]
    attestation = gathered.attestations.get(said["attestation"])
    if attestation is None:
        return
    problem = verify(deed)
    if not problem and deed.body["fingerprint"] == attestation.fingerprint:
        problem = "it was made with the key of the attestation itself"
    made = Countersignature(
        person=said["person"],
        at=said["signed_at"],
        fingerprint=deed.body["fingerprint"],
        problem=problem,
        sequence=deed.sequence,
    )
    gathered.attestations[attestation.id] = replace(
        attestation, countersignatures=(*attestation.countersignatures, made)
    )


def _withdrawal(gathered: _Gathered, deed: Deed, _verify: Verify) -> None:
    attestation = gathered.attestations.get(deed.body["attestation"])
    if attestation is not None and attestation.withdrawal is None:
        gathered.attestations[attestation.id] = replace(attestation, withdrawal=_ending(deed))


def _exception(gathered: _Gathered, deed: Deed, _verify: Verify) -> None:
    said = deed.body
    gathered.exceptions.setdefault(
        said["id"],
        GrantedException(
            id=said["id"],
            control_id=said["control"],
            account_id=said["account_id"],
            region=said["region"],
            subject=said["subject"],
            reason=said["reason"],
            approver=said["approver"],
            granted_by=deed.by,
            granted_at=deed.at,
            valid_until=said["valid_until"],
            sequence=deed.sequence,
        ),
    )


def _exception_end(gathered: _Gathered, deed: Deed, _verify: Verify) -> None:
    exception = gathered.exceptions.get(deed.body["exception"])
    if exception is not None and exception.ending is None:
        gathered.exceptions[exception.id] = replace(exception, ending=_ending(deed))


def _note(gathered: _Gathered, deed: Deed, _verify: Verify) -> None:
    made = Note(words=deed.body["words"], by=deed.by, at=deed.at, sequence=deed.sequence)
    gathered.notes.setdefault(identity_in(deed.body), []).append(made)


def _assignment(gathered: _Gathered, deed: Deed, _verify: Verify) -> None:
    made = Assignment(to=deed.body["to"], by=deed.by, at=deed.at, sequence=deed.sequence)
    gathered.assignments[identity_in(deed.body)] = made


def _triage(gathered: _Gathered, deed: Deed, _verify: Verify) -> None:
    made = Triage(
        outcome=deed.body["outcome"],
        words=deed.body["words"],
        by=deed.by,
        at=deed.at,
        sequence=deed.sequence,
    )
    gathered.triage.setdefault(deed.body["request_id"], []).append(made)


def _count(gathered: _Gathered, deed: Deed, _verify: Verify) -> None:
    made = Count(
        asking=asking_of(deed.body),
        rows=[(tuple(texts), number) for *texts, number in deed.body["rows"]],
        problem=deed.body["problem"],
        bytes_scanned=deed.body["bytes_scanned"],
        by=deed.by,
        at=deed.at,
        sequence=deed.sequence,
    )
    gathered.counts.append(made)


def _guidance(gathered: _Gathered, deed: Deed, _verify: Verify) -> None:
    gathered.editions.append(
        Imported(
            name=deed.body["name"],
            file_sha256=deed.body["file_sha256"],
            text_sha256=deed.body["text_sha256"],
            by=deed.by,
            at=deed.at,
            sequence=deed.sequence,
        )
    )


def _mapping(gathered: _Gathered, deed: Deed, _verify: Verify) -> None:
    gathered.mapped[deed.body["line_sha256"]] = tuple(deed.body["claims"])


def _ending(deed: Deed) -> Ending:
    return Ending(by=deed.by, at=deed.at, reason=deed.body["reason"], sequence=deed.sequence)


_TAKERS: Mapping[DeedKind, Callable[[_Gathered, Deed, Verify], None]] = {
    DeedKind.ATTESTATION: _attestation,
    DeedKind.COUNTERSIGNATURE: _countersignature,
    DeedKind.WITHDRAWAL: _withdrawal,
    DeedKind.EXCEPTION: _exception,
    DeedKind.EXCEPTION_END: _exception_end,
    DeedKind.NOTE: _note,
    DeedKind.ASSIGNMENT: _assignment,
    DeedKind.GUIDANCE: _guidance,
    DeedKind.GUIDANCE_MAPPING: _mapping,
    DeedKind.TRIAGE: _triage,
    DeedKind.COUNT: _count,
}
