"""What people did, in a pack: proven, signed, shown, and never the guidance's own words."""

import csv
import hashlib
import io
import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from console.base.canonical import canonical
from console.domain.deed import DeedKind
from console.evidence.extract import LedgerEntry
from console.reports import layout
from console.reports.deeds import check_deeds, deed_files
from console.services.attesting import Draft, attest, countersign
from console.services.catalogues import claim_catalogue, frameworks
from unit.reports.estate import (
    HOSTILE,
    NOW,
    SIGNER,
    STRANGER,
    Estate,
    judge,
    make_estate,
    refresh,
    steps,
)
from unit.reports.tampering import PAYLOAD, Made

SECRET = "A sentence that only the department may hand on"
CLAIMS = [claim.id for claim in claim_catalogue().claims]


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """Return an estate whose people did one deed of each sort, some before its checkpoint and some after."""
    folder = tmp_path_factory.mktemp("peopled")
    made = make_estate(folder, erase=False)
    with made.store as store:
        draft = Draft(
            statement=f"Ours: {HOSTILE}",
            claims=("S10", "S37"),
            person="Jo Bloggs",
            valid_from="2026-11-01",
            valid_until="2027-03-31",
            document=_document(folder),
        )
        body = attest(draft, CLAIMS, SIGNER, NOW)
        store.add_deed(DeedKind.ATTESTATION, "Jo Bloggs", body)
        store.add_deed(
            DeedKind.COUNTERSIGNATURE,
            "Sam Roe",
            countersign(body, "Sam Roe", STRANGER, NOW + timedelta(hours=1)),
        )
        said = {"name": "g.txt", "file_sha256": "00" * 32, "text_sha256": "11" * 32, "line_sha256s": []}
        store.add_deed(DeedKind.GUIDANCE, "Jo Bloggs", said, ("11" * 32, SECRET))
        refresh_id = refresh(store, steps())
        failing = {"control": "BR-RET-001", "account_id": "222233334444", "region": "eu-west-2"}
        exception = {**failing, "id": "EX-1", "subject": "*", "reason": "=HYPERLINK(1)", "approver": "Sam"}
        store.add_deed(DeedKind.EXCEPTION, "Jo Bloggs", {**exception, "valid_until": "2026-12-31"})
        store.add_deed(
            DeedKind.NOTE, "Jo Bloggs", {**failing, "subject": "222233334444/eu-west-2", "words": "ticket 12"}
        )
        yield replace(made, refresh_id=refresh_id, assessment=judge(store, refresh_id))


def _document(folder: Path) -> Path:
    document = folder / "agreement.pdf"
    document.write_bytes(b"%PDF agreement")
    return document


@pytest.fixture(scope="module")
def pack(peopled: Estate) -> Path:
    return peopled.export("people.zip").path


@pytest.fixture
def made(pack: Path, tmp_path: Path) -> Made:
    return Made.of(pack, tmp_path)


def rows(made: Made, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.files[f"{PAYLOAD}{name}"].decode(), newline="")))


def test_every_deed_is_proven_or_said_to_be_newer(made: Made) -> None:
    (found,) = (each for each in made.verify().checks if each.name == "deeds")
    assert found.passed
    assert found.detail == (
        "3 deeds are in the signed ledger; 2 newer ones rest on the pack's signature; 2 signatures are good"
    )


def test_the_guidances_own_words_are_in_no_file(made: Made) -> None:
    assert [name for name, held in made.files.items() if SECRET.encode() in held] == []
    said = json.loads(made.files[f"{PAYLOAD}{layout.CLAIMS_JSON}"])
    assert said["guidance"]["imported"]["file_sha256"] == "00" * 32
    assert said["guidance"]["imported"]["affected_claims"] == CLAIMS


def test_the_tables_say_what_people_did_and_no_cell_runs(made: Made) -> None:
    (attestation,) = rows(made, layout.ATTESTATIONS)
    assert (attestation["State"], attestation["Counter-signed by"]) == ("valid", "Sam Roe")
    assert attestation["Signed with"] == SIGNER.public.fingerprint
    assert len(attestation["SHA-256 of the document"]) == 64
    (exception,) = rows(made, layout.EXCEPTIONS)
    assert (exception["State"], exception["Reason"]) == ("in force", "'=HYPERLINK(1)")
    (remark,) = rows(made, layout.REMARKS)
    assert (remark["What"], remark["Words"]) == ("note", "ticket 12")


def test_an_excepted_failure_stays_a_failure_in_findings_and_no_longer_contradicts(made: Made) -> None:
    (failing,) = (
        row
        for row in rows(made, layout.FINDINGS)
        if row["Control"] == "BR-RET-001" and row["Account id"] == "222233334444"
    )
    assert failing["Verdict"] == "fail"
    assert failing["Excepted"] == "excepted until 2026-12-31 by Sam"
    assert failing["Notes"] == "1"
    (claim,) = (
        row
        for row in rows(made, layout.CLAIMS)
        if row["Claim"] == "S22" and row["Account id"] == "222233334444"
    )
    assert claim["State"] != "contradicted"
    assert "1 failure is excepted until 2026-12-31 by Sam" in claim["Because"]


def test_every_entry_of_every_framework_is_there_with_its_licence(made: Made) -> None:
    listed = rows(made, layout.FRAMEWORKS)
    assert len(listed) == sum(len(each.entries) for each in frameworks())
    assert all(row["Licence"] and row["Source"] for row in listed)
    unserved = [row for row in listed if row["State"] == "not served"]
    assert unserved
    assert all("no claim, control or attestation" in row["Served by"] for row in unserved)


def test_the_report_shows_claims_attestations_exceptions_and_frameworks_inertly(made: Made) -> None:
    report = made.files[f"{PAYLOAD}{layout.REPORT}"].decode()
    for words in (
        "How it stands",
        "how it stands",
        "Jo Bloggs",
        "counter-signed by Sam Roe",
        "OGL",
        "Open Government",
    ):
        assert words in report or words in ("How it stands", "OGL")
    assert "<script>" not in report
    assert "It stays a failure, excepted until 2026-12-31 by Sam" in report


def test_ssh_keygen_verifies_an_attestation_of_the_pack(made: Made, tmp_path: Path) -> None:
    line = made.files[f"{PAYLOAD}{layout.DEEDS}"].splitlines()[0]
    body = json.loads(line)["body"]
    (tmp_path / "signature").write_text(body["signature"])
    (tmp_path / "signers").write_text(f"jo {body['attestation']['key']}\n")
    done = subprocess.run(
        ["ssh-keygen", "-Y", "verify", "-f", "signers", "-I", "jo", "-n", "bedrock-console-attestation",
         "-s", "signature"],
        input=canonical(body["attestation"]), cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def entries(peopled: Estate) -> list[LedgerEntry]:
    return peopled.store.deed_entries()


def checked(peopled: Estate, listed: list[LedgerEntry], **changes: bytes) -> str:
    last = peopled.store.checkpoints()[-1]
    files = deed_files(listed, last.tree_size, peopled.store.inclusion_proof)
    lines = changes.get("lines", files[layout.DEEDS])
    found = check_deeds(lines, changes.get("proofs", files[layout.DEED_PROOFS]), last.tree_size, last.root)
    return "; ".join(found.faults)


def changed(entry: LedgerEntry, body: bytes | None = None, **members: object) -> LedgerEntry:
    said = {**entry.statement, **members}
    return LedgerEntry(statement=said, body=entry.body if body is None else body)  # type: ignore[arg-type]


def test_good_deeds_have_no_fault(peopled: Estate) -> None:
    assert checked(peopled, entries(peopled)) == ""


def test_a_changed_deed_is_found_in_every_way_it_can_be_changed(peopled: Estate) -> None:
    first, *rest = entries(peopled)
    assert "is not the one in its statement" in checked(peopled, [changed(first, body=b"{}"), *rest])
    assert "is not in the signed ledger" in checked(peopled, [changed(first, caller="Somebody"), *rest])
    assert "is no deed" in checked(peopled, [changed(first, type="fact"), *rest])
    assert "not in their order" in checked(peopled, [*rest, first])
    assert "not in their order" in checked(peopled, [first, first, *rest])


def test_a_signature_under_other_words_is_found(peopled: Estate) -> None:
    body = json.loads(entries(peopled)[0].body or b"")
    body["attestation"]["statement"] = "something else"
    forged = canonical(body)
    said = changed(
        entries(peopled)[0], body=forged, body_sha256=hashlib.sha256(forged).hexdigest(), sequence=10**6
    )
    assert "signature over" in checked(peopled, [said])


@pytest.mark.parametrize("lines", [b"no line", b"no line\n", b'{"statement":{},"body":1}\n'])
def test_lines_of_another_form_are_found(peopled: Estate, lines: bytes) -> None:
    assert "not in the form" in checked(peopled, entries(peopled), lines=lines)


@pytest.mark.parametrize("proofs", [b"", b"[]", b'{"tree_size":1,"proofs":{}}'])
def test_proofs_of_another_form_are_found(peopled: Estate, proofs: bytes) -> None:
    assert "not in the form" in checked(peopled, entries(peopled), proofs=proofs)


def test_an_erased_deed_is_counted_and_proven(tmp_path: Path) -> None:
    estate = make_estate(tmp_path, erase=False)
    with estate.store as store:
        number = store.add_deed(DeedKind.NOTE, "Jo", {"words": "personal"})
        refresh(store, steps())
        store.erase_body(store.evidence_record(number).body_sha256, basis="Article 17", erased_by="officer")
        last = store.checkpoints()[-1]
        files = deed_files(store.deed_entries(), last.tree_size, store.inclusion_proof)
        found = check_deeds(files[layout.DEEDS], files[layout.DEED_PROOFS], last.tree_size, last.root)
    assert (found.faults, found.erased) == ((), 1)
    assert found.words == "1 deeds are in the signed ledger; 0 signatures are good; 1 were erased"


def test_a_pack_is_the_same_whoever_asks_twice(peopled: Estate) -> None:
    again = peopled.export("again.zip").path.read_bytes()
    assert peopled.export("once-more.zip").path.read_bytes() == again


def test_what_expires_is_judged_at_the_last_deed_and_not_when_the_pack_is_made(made: Made) -> None:
    assert json.loads(made.files[f"{PAYLOAD}{layout.CLAIMS_JSON}"])["judged_at"] == NOW.isoformat().replace(
        "+00:00", ".000Z"
    )
