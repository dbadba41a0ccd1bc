from typing import Any

from console.controls.duties import duties_of
from console.domain.counting import Asking, Engine, Question, body_of
from console.domain.deed import Deed, DeedKind
from console.domain.finding import Identity

WHERE = {"control": "BR-A", "account_id": "1", "region": "r", "subject": "s"}
RECORD = {
    "statement": "so", "claims": ["S01"], "accounts": [], "document": {"name": "d", "sha256": "00"},
    "artifact_report": "", "person": "Jo", "signed_at": "t", "valid_from": "2026-01-01",
    "valid_until": "2026-12-31", "review_on": "",
}  # fmt: skip
ATTESTATION = {"id": "AT-1", "attestation": RECORD, "signature": "s", "fingerprint": "SHA256:a"}


def deed(kind: DeedKind, body: dict[str, Any], sequence: int = 1, by: str = "Jo") -> Deed:
    return Deed(kind=kind, by=by, at=f"t{sequence}", body=body, sequence=sequence)


def made(*deeds: Deed, problem: str = "") -> Any:
    return duties_of(deeds, lambda _deed: problem)


def counter(fingerprint: str, to: str = "AT-1") -> dict[str, Any]:
    said = {"attestation": to, "person": "Sam", "signed_at": "t"}
    return {"countersignature": said, "signature": "s", "fingerprint": fingerprint}


def test_an_attestation_gathers_what_was_done_to_it() -> None:
    found = made(
        deed(DeedKind.ATTESTATION, ATTESTATION),
        deed(DeedKind.COUNTERSIGNATURE, counter("SHA256:b"), 2),
        deed(DeedKind.WITHDRAWAL, {"attestation": "AT-1", "reason": "wrong"}, 3),
        deed(DeedKind.WITHDRAWAL, {"attestation": "AT-1", "reason": "again"}, 4),
        deed(DeedKind.ATTESTATION, ATTESTATION, 5),
    )
    (attestation,) = found.attestations
    assert attestation.evidence == (1, 2, 3)
    assert attestation.withdrawal.reason == "wrong"
    assert [(each.person, each.problem) for each in attestation.countersignatures] == [("Sam", "")]


def test_a_counter_signature_with_the_same_key_does_not_count() -> None:
    found = made(
        deed(DeedKind.ATTESTATION, ATTESTATION), deed(DeedKind.COUNTERSIGNATURE, counter("SHA256:a"), 2)
    )
    assert "key of the attestation itself" in found.attestations[0].countersignatures[0].problem


def test_what_does_not_verify_is_kept_with_its_problem() -> None:
    found = made(
        deed(DeedKind.ATTESTATION, ATTESTATION),
        deed(DeedKind.COUNTERSIGNATURE, counter("SHA256:a"), 2),
        problem="forged",
    )
    assert found.attestations[0].problem == "forged"
    assert found.attestations[0].countersignatures[0].problem == "forged"


def test_what_answers_nothing_has_no_effect() -> None:
    found = made(
        deed(DeedKind.COUNTERSIGNATURE, counter("SHA256:b", "AT-9")),
        deed(DeedKind.WITHDRAWAL, {"attestation": "AT-9", "reason": "r"}, 2),
        deed(DeedKind.EXCEPTION_END, {"exception": "EX-9", "reason": "r"}, 3),
    )
    assert (found.attestations, found.exceptions) == ((), ())


def test_exceptions_end_once() -> None:
    said = {"id": "EX-1", **WHERE, "reason": "r", "approver": "Sam", "valid_until": "2026-12-31"}
    found = made(
        deed(DeedKind.EXCEPTION, said),
        deed(DeedKind.EXCEPTION, said, 2),
        deed(DeedKind.EXCEPTION_END, {"exception": "EX-1", "reason": "mended"}, 3),
        deed(DeedKind.EXCEPTION_END, {"exception": "EX-1", "reason": "again"}, 4),
    )
    (exception,) = found.exceptions
    assert exception.evidence == (1, 3)
    assert exception.ending.reason == "mended"


def test_notes_add_up_and_the_newest_assignment_counts() -> None:
    found = made(
        deed(DeedKind.NOTE, {**WHERE, "words": "one"}),
        deed(DeedKind.NOTE, {**WHERE, "words": "two"}, 2),
        deed(DeedKind.ASSIGNMENT, {**WHERE, "to": "Sam"}, 3),
        deed(DeedKind.ASSIGNMENT, {**WHERE, "to": ""}, 4),
    )
    identity = Identity("BR-A", "1", "r", "s")
    assert [note.words for note in found.notes[identity]] == ["one", "two"]
    assert found.assignments[identity].to == ""


def test_the_newest_edition_and_mapping_are_in_force() -> None:
    edition = {"name": "g", "file_sha256": "a", "text_sha256": "b", "line_sha256s": []}
    found = made(
        deed(DeedKind.GUIDANCE, edition),
        deed(DeedKind.GUIDANCE, {**edition, "name": "h"}, 2),
        deed(DeedKind.GUIDANCE_MAPPING, {"line_sha256": "x", "claims": ["S01"]}, 3),
        deed(DeedKind.GUIDANCE_MAPPING, {"line_sha256": "x", "claims": []}, 4),
    )
    assert [each.name for each in found.editions] == ["g", "h"]
    assert found.mapped == {"x": ()}


def test_a_pack_that_was_made_is_no_duty() -> None:
    assert made(deed(DeedKind.PACK, {"pack": "ab"})) == made()


def test_what_aws_counted_is_kept_with_what_was_asked() -> None:
    asking = Asking(
        question=Question.COVERAGE,
        engine=Engine.INSIGHTS,
        account_id="1",
        region="r",
        first_day="2026-11-01",
        last_day="2026-11-02",
    )
    body = {
        **body_of(asking),
        "rows": [["counted", "2026-11-01", None, "", 4]],
        "problem": "",
        "bytes_scanned": None,
    }
    (count,) = made(deed(DeedKind.COUNT, body, 3)).counts
    assert (count.asking, count.is_whole, count.sequence) == (asking, True, 3)
    assert count.rows == [(("counted", "2026-11-01", None, ""), 4)]
