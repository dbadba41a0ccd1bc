"""A certificate as a page, as a PDF and in a pack."""

import io
from typing import Any

import pikepdf
import pytest

from console.base.canonical import canonical
from console.deletion.case import What
from console.deletion.certificate import certificate
from console.evidence.extract import LedgerEntry
from console.reports.certificate import certificate_files, certificate_html
from console.reports.certificate_pdf import certificate_pdf
from console.reports.exhibits import shown
from unit.deletion.test_case import ABSENT, later, stood
from unit.deletion.test_rules import EVERYTHING

HOSTILE = "<script>alert(1)</script> #evil[x] \u202e 王"


@pytest.fixture
def said() -> dict[str, Any]:
    results = [{**each, "words": "verified absent by bedrock:GetCustomModel at t"} for each in ABSENT]
    verified = later(What.VERIFICATION, 5, results=results)
    made = certificate(stood(*EVERYTHING, verified), "2026-11-24T13:00:00.000Z", "ab" * 32)
    made["people"]["approver"]["name"] = HOSTILE
    made["residuals"].append(
        {
            "subject": "job",
            "what": HOSTILE,
            "reason": "No operation",
            "expires": "not known",
            "accepted_by": "",
        }
    )
    return made


def test_the_page_says_all_of_it_and_no_text_is_more_than_text(said: dict[str, Any]) -> None:
    page = certificate_html(said)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "verified absent by bedrock:GetCustomModel" in page
    assert "destroyed" in page
    assert "ssh-keygen -Y verify" in page
    empty = certificate_html({**said, "steps": [], "verifications": [], "residuals": []})
    assert "Nothing was there to delete" in empty
    assert "Nothing is known to stay" in empty


def test_the_pdf_is_archivable_accessible_and_the_same_each_time(said: dict[str, Any]) -> None:
    made = certificate_pdf(said)
    assert made == certificate_pdf(said)
    assert made != certificate_pdf({**said, "issued_at": "2026-11-25T13:00:00.000Z"})
    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.Root.Lang == "en-GB"
        assert document.Root.MarkInfo.Marked
        with document.open_metadata() as words:
            assert words["pdfaid:part"] == "2"
            assert words["pdfuaid:part"] == "1"


def test_a_pack_carries_certificates_and_nothing_else_of_the_records(said: dict[str, Any]) -> None:
    body = {"record": {"what": "certificate", "said": {"certificate": said, "signature": "SIG\n"}}}
    other = {"record": {"what": "approval", "said": {}}}
    entries = [
        LedgerEntry(statement={"key": "deletion"}, body=canonical(body)),
        LedgerEntry(statement={"key": "deletion"}, body=canonical(other)),
        LedgerEntry(statement={"key": "deletion"}, body=None),
        LedgerEntry(statement={"key": "note"}, body=b"{}"),
    ]
    files = certificate_files([shown(each) for each in entries])
    name = f"deletion/{said['request']['id']}.certificate"
    assert set(files) == {f"{name}.json", f"{name}.json.sig", f"{name}.html"}
    assert files[f"{name}.json"] == canonical(said)
    assert files[f"{name}.json.sig"] == b"SIG\n"
