"""Attestations made, counter-signed on another laptop, carried there and back as a file, and verified."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from console.base.clock import stamp
from console.base.errors import ConsoleError
from console.domain.deed import Deed, DeedKind
from console.vault.signed_record import (
    ATTESTATION,
    COUNTERSIGNATURE,
    DELETION,
    record_id,
    sign_record,
    verify_record,
)
from console.vault.signing import BadSignatureError, SigningKey

FORMAT = "bedrock-console/attestation/1"
COUNTER_FORMAT = "bedrock-console/countersignature/1"
FILE_FORMAT = "bedrock-console/attestation-file/1"
_ACCOUNT = re.compile(r"\d{12}")
_REPORT = re.compile(r"report-[a-zA-Z0-9]{16}")
_MOST_BYTES = 1_000_000
_WORDS = ("statement", "person", "signed_at", "valid_from", "valid_until", "review_on", "artifact_report")

Body = dict[str, Any]


class BadAttestationError(ConsoleError):
    """What was to be attested is not whole."""

    code = "SVC-020"
    remedy = "Correct what is named and attest again; nothing was kept."


class BadAttestationFileError(ConsoleError):
    """A file is no attestation, or not what was signed."""

    code = "SVC-021"
    remedy = "Ask the person who signed for a fresh file, written with `bedrock-console attest export`."


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a person is about to vouch for."""

    statement: str
    claims: tuple[str, ...]
    person: str
    valid_from: str
    """Dates as YYYY-MM-DD."""
    valid_until: str
    review_on: str = ""
    accounts: tuple[str, ...] = ()
    document: Path | None = None
    artifact_report: str = ""


def attest(draft: Draft, known_claims: Sequence[str], signer: SigningKey, now: datetime) -> Body:
    """Return the signed attestation; its document is hashed, and not kept."""
    _check_words(draft, known_claims)
    _check_dates(draft, now)
    record = {
        "format": FORMAT,
        "statement": draft.statement.strip(),
        "claims": sorted(set(draft.claims)),
        "accounts": sorted(set(draft.accounts)),
        "document": _document(draft.document),
        "artifact_report": draft.artifact_report,
        "person": draft.person.strip(),
        "valid_from": draft.valid_from,
        "valid_until": draft.valid_until,
        "review_on": draft.review_on,
        "signed_at": stamp(now),
        "key": signer.public.openssh,
    }
    return {
        "id": record_id("AT", record),
        "attestation": record,
        "signature": sign_record(record, signer, ATTESTATION),
        "fingerprint": signer.public.fingerprint,
    }


def countersign(attestation: Mapping[str, Any], person: str, signer: SigningKey, now: datetime) -> Body:
    """Return a second person's signature under an attestation that verifies; the key must be another one."""
    problem = problem_of_attestation(attestation)
    if problem:
        raise BadAttestationFileError(f"the attestation cannot be counter-signed: {problem}")
    if not person.strip():
        raise BadAttestationError("a counter-signature needs the name of the person")
    if signer.public.openssh == attestation["attestation"]["key"]:
        raise BadAttestationError(
            "the attestation was signed with this same key",
            remedy="Counter-sign on the laptop of a second person, whose console has another key.",
        )
    record = {
        "format": COUNTER_FORMAT,
        "attestation": attestation["id"],
        "person": person.strip(),
        "signed_at": stamp(now),
        "key": signer.public.openssh,
    }
    return {
        "countersignature": record,
        "signature": sign_record(record, signer, COUNTERSIGNATURE),
        "fingerprint": signer.public.fingerprint,
    }


def verify_deed(deed: Deed) -> str:
    """Return why a signed deed does not count; empty if it does."""
    if deed.kind is DeedKind.ATTESTATION:
        return problem_of_attestation(deed.body)
    if deed.kind is DeedKind.DELETION:
        return _problem(deed.body, "record", DELETION)
    return _problem(deed.body, "countersignature", COUNTERSIGNATURE)


def problem_of_attestation(body: Mapping[str, Any]) -> str:
    """Return why an attestation is not what was signed; empty if it is."""
    return _problem(body, "attestation", ATTESTATION) or (
        "" if body["id"] == record_id("AT", body["attestation"]) else "its id is another attestation's"
    )


def write_file(attestation: Mapping[str, Any], countersignatures: Sequence[Mapping[str, Any]]) -> bytes:
    """Return an attestation with its counter-signatures as a file for another laptop."""
    said = {"format": FILE_FORMAT, "attestation": attestation, "countersignatures": list(countersignatures)}
    return (json.dumps(said, indent=1, sort_keys=True, ensure_ascii=True) + "\n").encode("ascii")


def read_file(path: Path) -> tuple[Body, list[Body]]:
    """Read what `write_file` wrote, with every signature verified; anything else is refused."""
    try:
        content = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else b""
        said = json.loads(content)
        attestation, countersignatures = said["attestation"], said["countersignatures"]
        is_whole = said["format"] == FILE_FORMAT and _is_whole(attestation)
        problems = ["" if is_whole else "it is not whole", problem_of_attestation(attestation)]
        for each in countersignatures:
            problems.append(_problem(each, "countersignature", COUNTERSIGNATURE))
            if each["countersignature"]["attestation"] != attestation["id"]:
                problems.append("a counter-signature is under another attestation")
            str(each["countersignature"]["person"] + each["countersignature"]["signed_at"])
    except OSError as error:
        raise BadAttestationFileError(
            f"{path} cannot be read: {error.strerror}", remedy="Check the path and the right to read it."
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadAttestationFileError(f"{path} is not a file of an attestation") from None
    wrong = next((problem for problem in problems if problem), "")
    if wrong:
        raise BadAttestationFileError(f"{path} is not what was signed: {wrong}")
    return attestation, countersignatures


def _problem(body: Mapping[str, Any], member: str, namespace: str) -> str:
    try:
        key = verify_record(body[member], body["signature"], namespace)
    except BadSignatureError as error:
        return str(error)
    return "" if body["fingerprint"] == key.fingerprint else "it names another key than the one that signed"


def _is_whole(attestation: Mapping[str, Any]) -> bool:
    """Tell whether all that is asked of an attestation is there in the types it is written in."""
    record = attestation["attestation"]
    texts = [*(record[name] for name in _WORDS), record["document"]["name"], record["document"]["sha256"]]
    texts += [*record["claims"], *record["accounts"], attestation["id"]]
    dates = [date.fromisoformat(record[name]) for name in ("valid_from", "valid_until")]
    return (
        all(isinstance(each, str) for each in texts) and record["format"] == FORMAT and dates == sorted(dates)
    )


def _check_words(draft: Draft, known_claims: Sequence[str]) -> None:
    if not draft.statement.strip() or not draft.person.strip():
        raise BadAttestationError("an attestation needs a statement and the name of the person")
    unknown = sorted(set(draft.claims) - set(known_claims))
    if unknown or not draft.claims:
        raise BadAttestationError(
            f"there is no claim {unknown[0]}" if unknown else "no claim was named",
            remedy="Name claims by their ids; `bedrock-console claims` lists them.",
        )
    odd = [each for each in draft.accounts if not _ACCOUNT.fullmatch(each)]
    if odd:
        raise BadAttestationError(f"{odd[0]} is no account id", remedy="An account's id has twelve digits.")
    if (draft.document is None) is (not draft.artifact_report):
        raise BadAttestationError(
            "an attestation rests on one document",
            remedy="Name either the file that was checked or the id of a report in AWS Artifact.",
        )
    if draft.artifact_report and not _REPORT.fullmatch(draft.artifact_report):
        raise BadAttestationError(
            f"{draft.artifact_report} is no id of a report in AWS Artifact",
            remedy="It looks like report-0123456789abcdef; `aws artifact list-reports` shows it.",
        )


def _check_dates(draft: Draft, now: datetime) -> None:
    dates = {"valid from": draft.valid_from, "valid until": draft.valid_until, "review on": draft.review_on}
    for name, text in dates.items():
        if name != "review on" or text:
            checked_date(name, text)
    if draft.valid_until < draft.valid_from or draft.valid_until < now.date().isoformat():
        raise BadAttestationError(
            f"{draft.valid_until} is before its beginning or past",
            remedy="Give a last day that is still to come and not before the first.",
        )
    if draft.review_on and not draft.valid_from <= draft.review_on <= draft.valid_until:
        raise BadAttestationError("the review is not within the time for which it is valid")


def checked_date(name: str, text: str) -> str:
    """Return a date as it was given; refuse what is none."""
    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise BadAttestationError(f"{name}: {text!r} is no date", remedy="Write dates as 2027-03-31.")


def _document(path: Path | None) -> dict[str, str]:
    if path is None:
        return {"name": "", "sha256": ""}
    try:
        with path.open("rb") as stream:
            return {"name": path.name, "sha256": hashlib.file_digest(stream, "sha256").hexdigest()}
    except OSError as error:
        raise BadAttestationError(
            f"{path} cannot be read: {error.strerror}", remedy="Check the path and the right to read it."
        ) from None
