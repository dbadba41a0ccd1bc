"""The report in other forms, each judged by a reader that is not ours."""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bagit
import openpyxl
import pikepdf
import pytest
from bagit_utils import Bag

from console.reports import layout
from console.reports.pdf import pdf_document
from console.reports.redaction_rules import Profile
from console.reports.tables import pack_tables
from console.reports.wish import Wanted
from console.services import packing
from console.services.typesetting import TypesettingError, pdf, typesetter
from judges import complaint_about_bill, oscal_plan, oscal_results
from unit.reports.estate import CONTROLS, FORMULA, HOSTILE, SIGNER, Estate
from unit.reports.people_estate import make_peopled
from unit.reports.tampering import PAYLOAD, Made

TYPST = "#panic() $x$ *bold* `raw` \\ <label> @ref [[ // /* = Heading"


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    made = make_peopled(tmp_path_factory.mktemp("peopled"))
    with made.store:
        yield made


@pytest.fixture(scope="module", params=list(Profile))
def pack(request: Any, peopled: Estate) -> Path:
    return peopled.export(f"forms-{request.param}.zip", profile=request.param).path


@pytest.fixture
def files(pack: Path, tmp_path: Path) -> Made:
    return Made.of(pack, tmp_path)


# PDF


@pytest.fixture(scope="module")
def document(estate: Estate) -> bytes:
    wanted = Wanted(organisation_name=f"{TYPST} {HOSTILE} 漢字", tool="bedrock-console 0")
    found = packing.gather(estate.store, estate.refresh_id, estate.assessment, CONTROLS, wanted, SIGNER)
    return pdf_document(found.content)


@pytest.fixture(scope="module")
def typeset(document: bytes) -> bytes:
    return typesetter(os.environ)(document)


def test_the_pdf_is_tagged_archivable_and_says_its_language_and_title(typeset: bytes) -> None:
    with pikepdf.open(io.BytesIO(typeset)) as read:
        metadata = dict(read.open_metadata())
        assert metadata["{http://www.aiim.org/pdfa/ns/id/}part"] == "2"
        assert metadata["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "A"
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert bool(read.Root.MarkInfo.Marked)
        assert str(read.Root.Lang) == "en-GB"
        assert bool(read.Root.ViewerPreferences.DisplayDocTitle)
        assert read.docinfo["/Title"] == "Amazon Bedrock assurance report"
        roles = _roles(read.Root.StructTreeRoot)
        assert {"/Document", "/H1", "/H2", "/H3", "/P", "/Table", "/TH", "/TD"} <= roles
        assert "/Names" not in read.Root or "/JavaScript" not in read.Root.Names
        fonts = [font for page in read.pages for font in page.Resources.Font.values()]
        assert fonts
        assert all("/FontFile" in str(each.DescendantFonts[0].FontDescriptor.keys()) for each in fonts)
        assert read.check_pdf_syntax() == []


def _roles(root: Any) -> set[str]:
    found, waiting = set(), [root]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Array):
            waiting.extend(each)
        elif isinstance(each, pikepdf.Dictionary):
            if "/S" in each:
                found.add(str(each.S))
            if "/K" in each:
                waiting.append(each.K)
    return found


def test_the_pdf_is_the_same_twice_wherever_and_whenever_it_is_set(document: bytes, typeset: bytes) -> None:
    elsewhere = {**os.environ, "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    assert typesetter(elsewhere)(document) == typeset


def test_what_somebody_named_is_set_as_text_and_never_run(document: bytes) -> None:
    said = json.loads(document)
    words = dict(said["facts"])["Organisation"]
    assert words.startswith(TYPST)
    assert "\\u202e" in words
    assert "\\u6f22" in words


def test_a_document_that_is_none_is_refused_with_its_reason() -> None:
    with pytest.raises(TypesettingError):
        typesetter(os.environ)(b"{}")
    with pytest.raises(KeyError):
        pdf(b"{}")
    with pytest.raises(TypesettingError):
        typesetter({"PATH": ""} | {"PYTHONPATH": "/nowhere", "PYTHONHOME": "/nowhere"})(b"{}")


def test_a_pack_can_hold_the_pdf_and_says_so(estate: Estate, tmp_path: Path) -> None:
    made = Made.of(estate.export("pdf.zip", typeset=lambda _document: b"%PDF-made").path, tmp_path)
    assert made.files[f"{PAYLOAD}{layout.PDF}"] == b"%PDF-made"
    assert layout.PDF in made.files[layout.README].decode()
    without = Made.of(estate.export("without-pdf.zip").path, tmp_path)
    assert layout.PDF not in without.files[layout.README].decode()


# Workbook


def test_the_workbook_reads_back_as_the_tables_and_nothing_in_it_runs(estate: Estate, tmp_path: Path) -> None:
    held = Made.of(estate.export("book.zip").path, tmp_path).files[f"{PAYLOAD}{layout.WORKBOOK}"]
    book = openpyxl.load_workbook(io.BytesIO(held))
    wanted = Wanted(organisation_name="Department of <b>Examples</b>", purpose="Annual approval", tool="x")
    found = packing.gather(estate.store, estate.refresh_id, estate.assessment, CONTROLS, wanted, SIGNER)
    tables = pack_tables(found.content)
    assert book.sheetnames == [table.title for table in tables]
    for table in tables:
        rows = list(book[table.title].iter_rows(values_only=True))
        assert rows[0] == table.heads
        assert len(rows) == len(table.rows) + 1
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert FORMULA in {cell.value for cell in cells}
    assert "\u202e" not in str([cell.value for cell in cells])
    assert book.properties.created.isoformat() == "2026-11-23T09:14:00"


def test_the_workbook_is_stored_with_dates_of_its_own(estate: Estate, tmp_path: Path) -> None:
    held = Made.of(estate.export("stored.zip").path, tmp_path).files[f"{PAYLOAD}{layout.WORKBOOK}"]
    with zipfile.ZipFile(io.BytesIO(held)) as archive:
        assert {each.compress_type for each in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {each.date_time[0] for each in archive.infolist()} == {1980}


# Machines' forms


def test_the_bill_of_models_is_strictly_cyclonedx_and_lists_what_is_in_use(files: Made) -> None:
    text = files.files[f"{PAYLOAD}{layout.MODELS}"].decode()
    assert complaint_about_bill(text) is None
    said = json.loads(text)
    own, model = sorted(said["components"], key=lambda each: each["version"].startswith("anthropic"))
    assert own["version"] in ("payments-model", "a model of the department's own")
    assert model["version"] == "anthropic.claude-3-haiku-20240307-v1:0"
    assert model["type"] == "machine-learning-model"
    uses = [each["value"] for each in model["properties"] if each["name"].endswith(":use")]
    assert uses == ["called"]


def test_trestle_reads_the_assessment_results_and_the_plan_of_action(files: Made) -> None:
    results = oscal_results(json.loads(files.files[f"{PAYLOAD}{layout.OSCAL}"])["assessment-results"])
    plan = oscal_plan(json.loads(files.files[f"{PAYLOAD}{layout.POAM}"])["plan-of-action-and-milestones"])
    observed = {each.uuid for each in plan.observations}
    assert observed == {each.uuid for each in results.results[0].observations}
    assert {
        each.status.__root__ if hasattr(each.status, "__root__") else str(each.status) for each in plan.risks
    }
    for item in plan.poam_items:
        assert {each.observation_uuid for each in item.related_observations} <= observed


def test_two_judges_of_bags_find_it_valid(pack: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(pack) as archive:
        archive.extractall(tmp_path / "out")
    assert bagit.Bag(str(tmp_path / "out/bag")).validate()
    report = Bag(tmp_path / "out/bag").validate()
    assert report.valid, report.issues
    (tmp_path / "out/bag/data/extra.txt").write_text("x")
    assert not Bag(tmp_path / "out/bag").validate().valid


# What is wanted only when it is wanted


def test_no_heavy_library_is_imported_before_a_pack_is_made() -> None:
    program = (
        "import sys; import console.cli.main, console.bootstrap, console.reports.verify;"
        "print([name for name in ('typst', 'xlsxwriter', 'openpyxl', 'trestle', 'numpy') if name in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert said.stdout.strip() == "[]"
