"""What officers do beside reading AWS: attest, except, note, assign, import guidance; each goes into the ledger."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from console.base.clock import Clock, stamp
from console.base.errors import ConsoleError
from console.controls.attestation import Attestation
from console.controls.base import Control
from console.controls.duties import TRIAGED, Duties, duties_of
from console.controls.exceptions import ANY, GrantedException
from console.controls.guidance import Matching, edition_of
from console.domain.deed import Deed, DeedKind
from console.domain.finding import Identity
from console.evidence.store import Store
from console.services import attesting
from console.services.attesting import Draft
from console.services.catalogues import claim_catalogue
from console.services.guidance import NoGuidanceError, line_to_map, matched, read_guidance
from console.vault.signed_record import record_id
from console.vault.signing import SigningKey


class NoSuchDeedError(ConsoleError):
    """Nothing in the store has the id."""

    code = "SVC-024"
    remedy = "List them: `bedrock-console attest list` or `bedrock-console except list`."


class BadExceptionError(ConsoleError):
    """An exception is not whole."""

    code = "SVC-025"
    remedy = "Correct what is named and grant it again; nothing was kept."


class BadRemarkError(ConsoleError):
    """A note or an assignment says nothing, or nobody says it."""

    code = "SVC-026"
    remedy = "Give your name and the words."


class Deeds(Protocol):
    """Where deeds and the guidance's text are read."""

    def deeds(self) -> Sequence[Deed]:
        """Return every deed, oldest first."""
        ...

    def guidance_text(self, text_sha256: str) -> str | None:
        """Return the text of an edition; None if it is not there."""
        ...


def gather(store: Deeds, verify: Callable[[Deed], str] = attesting.verify_deed) -> Duties:
    """Return all that people did, their signatures verified, with the guidance in force line by line."""
    duties = duties_of(store.deeds(), verify)
    if not duties.editions:
        return duties
    newest = duties.editions[-1]
    text = store.guidance_text(newest.text_sha256)
    if text is None:
        return duties
    return replace(duties, guidance=matched(edition_of(newest.name, text), claim_catalogue(), duties))


class Office:
    """Does one deed at a time; the store is open for writing only meanwhile."""

    def __init__(
        self,
        *,
        reading: Callable[[], Deeds],
        writing: Callable[[], AbstractContextManager[Store]],
        signer: Callable[[], SigningKey],
        controls: Sequence[Control],
        clock: Clock,
    ) -> None:
        self._reading = reading
        self._writing = writing
        self._signer = signer
        self._controls = controls
        self._clock = clock

    def duties(self) -> Duties:
        """Return all that people did so far."""
        return gather(self._reading())

    def attest(self, draft: Draft) -> str:
        """Sign and keep an attestation; return its id."""
        known = [claim.id for claim in claim_catalogue().claims]
        body = attesting.attest(draft, known, self._signer(), self._clock())
        self._do(DeedKind.ATTESTATION, draft.person, body)
        return str(body["id"])

    def export_attestation(self, attestation_id: str, to: Path) -> None:
        """Write an attestation with its counter-signatures for another laptop; nothing is overwritten."""
        attestation, countersignatures = self._attestation(attestation_id)
        _write_new(to, attesting.write_file(attestation, countersignatures))

    def countersign_file(self, file: Path, person: str, to: Path) -> str:
        """Counter-sign the attestation in a file with this console's key, into another file; return its id.

        Nothing is kept here: the first laptop imports the file.
        """
        attestation, countersignatures = attesting.read_file(file)
        made = attesting.countersign(attestation, person, self._signer(), self._clock())
        _write_new(to, attesting.write_file(attestation, [*countersignatures, made]))
        return str(attestation["id"])

    def countersign(self, attestation_id: str, person: str) -> None:
        """Counter-sign an attestation that came from another laptop with this console's key."""
        attestation, _ = self._attestation(attestation_id)
        made = attesting.countersign(attestation, person, self._signer(), self._clock())
        self._do(DeedKind.COUNTERSIGNATURE, person, made)

    def import_attestation(self, file: Path) -> tuple[str, int]:
        """Keep an attestation from a file, and each new counter-signature; return its id and how much was new."""
        attestation, countersignatures = attesting.read_file(file)
        held = [deed.body for deed in self._reading().deeds()]
        new = 0
        if not any(body.get("id") == attestation["id"] and "attestation" in body for body in held):
            self._do(DeedKind.ATTESTATION, attestation["attestation"]["person"], attestation)
            new += 1
        for each in countersignatures:
            if each not in held:
                self._do(DeedKind.COUNTERSIGNATURE, each["countersignature"]["person"], each)
                new += 1
        return str(attestation["id"]), new

    def withdraw(self, attestation_id: str, person: str, reason: str) -> None:
        """Withdraw an attestation; it stays in the ledger and counts no more."""
        attestation = self._named_attestation(attestation_id)
        if attestation.withdrawal is not None:
            raise NoSuchDeedError(f"{attestation_id} is withdrawn already")
        _need("a withdrawal", person, reason)
        self._do(DeedKind.WITHDRAWAL, person, {"attestation": attestation_id, "reason": reason.strip()})

    def grant(self, granted: GrantedException, person: str) -> str:
        """Keep an exception; return its id. Its scope, reason, approver and end are what `granted` says."""
        self._check(granted, person)
        said = {
            "control": granted.control_id,
            "account_id": granted.account_id,
            "region": granted.region,
            "subject": granted.subject,
            "reason": granted.reason.strip(),
            "approver": granted.approver.strip(),
            "valid_until": granted.valid_until,
            "granted_at": stamp(self._clock()),
        }
        number = record_id("EX", said)
        self._do(DeedKind.EXCEPTION, person, {"id": number, **said})
        return number

    def end_exception(self, exception_id: str, person: str, reason: str) -> None:
        """End an exception before its time: the failures count again."""
        held = next((each for each in self.duties().exceptions if each.id == exception_id), None)
        if held is None or held.ending is not None:
            raise NoSuchDeedError(f"no exception {exception_id} is in force")
        _need("an end", person, reason)
        self._do(DeedKind.EXCEPTION_END, person, {"exception": exception_id, "reason": reason.strip()})

    def note(self, identity: Identity, person: str, words: str) -> None:
        """Put a remark to a finding."""
        _need("a note", person, words)
        self._do(DeedKind.NOTE, person, {**_identity(identity), "words": words.strip()})

    def assign(self, identities: Sequence[Identity], person: str, to: str) -> None:
        """Say who looks after findings; nobody, if `to` is empty."""
        _need("an assignment", person, "nobody")
        for identity in identities:
            self._do(DeedKind.ASSIGNMENT, person, {**_identity(identity), "to": to.strip()})

    def triage(self, request_id: str, account_id: str, person: str, outcome: str, words: str = "") -> None:
        """Keep what an officer made of what guardrails caught in one request; the newest counts."""
        _need("a triage", person, request_id)
        if outcome not in TRIAGED:
            raise BadRemarkError(
                f"{outcome!r} is no outcome of a triage", remedy=f"Choose one of: {', '.join(TRIAGED)}."
            )
        said = {
            "request_id": request_id,
            "account_id": account_id,
            "outcome": outcome,
            "words": words.strip(),
        }
        self._do(DeedKind.TRIAGE, person, said)

    def import_guidance(self, file: Path, person: str) -> Matching:
        """Keep an edition of the guidance, in the store and nowhere else; return what it matches."""
        read = read_guidance(file)
        _need("an import", person, read.name)
        edition = edition_of(read.name, read.text)
        said = {
            "name": read.name,
            "file_sha256": read.file_sha256,
            "text_sha256": edition.text_sha256,
            "line_sha256s": [line.sha256 for line in edition.lines],
        }
        self._do(DeedKind.GUIDANCE, person, said, (edition.text_sha256, read.text))
        return matched(edition, claim_catalogue(), self.duties())

    def map_line(self, named: str, claims: Sequence[str], person: str) -> Matching:
        """Say which claims a line of the guidance stands for, none of them too; return what then matches."""
        line = line_to_map(self.duties().guidance, named, claim_catalogue(), claims)
        _need("a mapping", person, "claims")
        self._do(
            DeedKind.GUIDANCE_MAPPING, person, {"line_sha256": line.sha256, "claims": sorted(set(claims))}
        )
        guidance = self.duties().guidance
        if guidance is None:
            raise NoGuidanceError("no guidance was imported")
        return guidance

    def _do(
        self, kind: DeedKind, person: str, body: Mapping[str, Any], text: tuple[str, str] = ("", "")
    ) -> None:
        with self._writing() as store:
            store.add_deed(kind, person.strip(), body, text)

    def _check(self, granted: GrantedException, person: str) -> None:
        _need("an exception", person, granted.reason)
        _need("an exception", granted.approver, granted.reason)
        if granted.control_id not in {control.id for control in self._controls}:
            raise BadExceptionError(
                f"there is no control {granted.control_id}", remedy="`bedrock-console controls` lists them."
            )
        until = attesting.checked_date("valid until", granted.valid_until)
        if until < self._clock().date().isoformat():
            raise BadExceptionError(f"{until} is past", remedy="Give a last day that is still to come.")
        if (
            not granted.subject
            or not granted.region
            or not (
                granted.account_id == ANY or (granted.account_id.isdigit() and len(granted.account_id) == 12)  # noqa: PLR2004 - digits of an account's id
            )
        ):
            raise BadExceptionError(
                "the scope of an exception is not whole",
                remedy=f"Name an account's twelve digits, a Region and a subject, or {ANY} for any of each.",
            )

    def _named_attestation(self, attestation_id: str) -> Attestation:
        held = next((each for each in self.duties().attestations if each.id == attestation_id), None)
        if held is None:
            raise NoSuchDeedError(f"there is no attestation {attestation_id}")
        return held

    def _attestation(self, attestation_id: str) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
        """Return the bodies of an attestation and of its counter-signatures."""
        self._named_attestation(attestation_id)
        deeds = self._reading().deeds()
        own = next(
            each.body
            for each in deeds
            if each.kind is DeedKind.ATTESTATION and each.body["id"] == attestation_id
        )
        under = [
            each.body
            for each in deeds
            if each.kind is DeedKind.COUNTERSIGNATURE
            and each.body["countersignature"]["attestation"] == attestation_id
        ]
        return own, under


def _identity(identity: Identity) -> dict[str, str]:
    return {
        "control": identity.control_id,
        "account_id": identity.account_id,
        "region": identity.region,
        "subject": identity.subject,
    }


def _need(what: str, person: str, words: str) -> None:
    if not person.strip() or not words.strip():
        raise BadRemarkError(f"{what} needs a name and its words")


def _write_new(path: Path, content: bytes) -> None:
    try:
        with path.open("xb") as stream:
            stream.write(content)
    except OSError as error:
        raise attesting.BadAttestationFileError(
            f"{path} could not be written: {error.strerror}",
            remedy="Choose a folder that you may write, and a name that is not taken.",
        ) from None
