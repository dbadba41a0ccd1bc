"""What others say of a pack: ssh-keygen, sha256sum, bagit, and the README's own program under a bare Python."""

import csv
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import bagit
import pytest

from console.reports import layout
from unit.reports.estate import ERASED_USER, Estate, make_estate
from unit.reports.tampering import PAYLOAD, Made, signers_file


@pytest.fixture
def unpacked(exported: Path, tmp_path: Path) -> Path:
    with zipfile.ZipFile(exported) as archive:
        archive.extractall(tmp_path / "pack")
    return tmp_path / "pack"


def command(readme: str, begins: str) -> str:
    """Return a command as the README gives it."""
    (found,) = {
        line.strip()
        for line in readme.splitlines()
        if line.strip().startswith(begins) and "bag\\" not in line
    }
    return found


def run(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", text], cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )


def rows(made: Made, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.files[f"{PAYLOAD}{name}"].decode(), newline="")))


def test_ssh_keygen_says_good_as_the_readme_says(unpacked: Path) -> None:
    readme = (unpacked / layout.README).read_text()
    signers_file(unpacked).rename(unpacked / "allowed_signers")
    said = run(command(readme, "ssh-keygen -Y verify"), unpacked)
    assert said.returncode == 0, said.stderr
    assert f'Good "{layout.NAMESPACE}" signature for {layout.PRINCIPAL}' in said.stdout
    (unpacked / "bag/tagmanifest-sha256.txt").write_text("changed")
    assert run(command(readme, "ssh-keygen -Y verify"), unpacked).returncode != 0


@pytest.mark.parametrize("manifest", ["manifest", "tagmanifest"])
def test_sha256sum_finds_every_file(unpacked: Path, manifest: str) -> None:
    text = command((unpacked / layout.README).read_text(), f"sha256sum -c {manifest}-")
    said = run(text, unpacked / "bag")
    assert said.returncode == 0, said.stdout
    assert said.stdout.count(": OK") == len(
        (unpacked / f"bag/{manifest}-sha256.txt").read_text().splitlines()
    )


def test_the_count_and_the_comparison_of_the_readme_hold(unpacked: Path) -> None:
    readme, bag = (unpacked / layout.README).read_text(), unpacked / "bag"
    counted = [run(command(readme, begins), bag).stdout.strip() for begins in ("find data", "sed -n")]
    assert counted[0] == counted[1] != ""
    assert run(command(readme, "cmp "), bag).returncode == 0


def test_bagit_finds_the_bag_valid_and_notices_an_added_file(unpacked: Path) -> None:
    assert bagit.Bag(str(unpacked / "bag")).validate()
    (unpacked / "bag/data/extra.txt").write_text("x")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(unpacked / "bag")).validate()


def test_the_program_in_the_readme_gives_the_signed_root_and_notices_a_change(unpacked: Path) -> None:
    data = unpacked / "bag/data"
    text = re.search(r"#--- ledger.py ---\n(.*)#--- end ---", (data / layout.README).read_text(), re.DOTALL)
    assert text

    def judged() -> subprocess.CompletedProcess[str]:
        arguments = [sys.executable, "-I", "-c", text[1]]
        return subprocess.run(arguments, cwd=data, capture_output=True, text=True, check=False, timeout=60)

    said = judged()
    assert said.stdout.splitlines() == [
        "11 ledger entries give the signed root; 1 bodies erased; 1 tombstones are newer",
        "0 entries are redacted; 0 entries of this reading are not in this pack",
    ]
    for change in ((b'"mode":"none"', b'"mode":"open"'), (b'"salt":"0', b'"salt":"f')):
        file = data / "evidence/111122223333/eu-west-2/bedrock.data_retention.jsonl"
        good = file.read_bytes()
        file.write_bytes(good.replace(*change, 1))
        assert judged().returncode == 1
        file.write_bytes(good)


def test_equal_evidence_gives_equal_bytes(tmp_path: Path) -> None:
    packs = []
    for name in ("one", "two"):
        made = make_estate(tmp_path / name)
        with made.store:
            packs.append([made.export(each).path.read_bytes() for each in ("a.zip", "b.zip")])
    assert packs[0][0] == packs[0][1] == packs[1][0] == packs[1][1]


def test_other_arguments_give_other_bytes(estate: Estate, exported: Path) -> None:
    assert estate.export("other.zip", purpose="Another").path.read_bytes() != exported.read_bytes()


def test_the_bag_says_whose_it_is_and_leaves_out_what_nobody_said(
    estate: Estate, made: Made, tmp_path: Path
) -> None:
    info = made.files["bag/bag-info.txt"].decode()
    assert info.startswith("Source-Organization: Department of <b>Examples</b>\nBagging-Date: 2026-11-23\n")
    bare = estate.export("bare.zip", organisation_name=" ", purpose="one\nPayload-Oxum: 1.1")
    info = Made.of(bare.path, tmp_path).files["bag/bag-info.txt"].decode()
    assert "Source-Organization" not in info
    assert "External-Description: one\\u000aPayload-Oxum: 1.1\n" in info


def test_every_finding_gap_and_account_is_a_row_with_its_evidence(estate: Estate, made: Made) -> None:
    findings = rows(made, layout.FINDINGS)
    assert len(findings) == len(estate.assessment.findings)
    gaps = rows(made, layout.GAPS)
    assert {(each["What"], each["Reason"]) for each in gaps} == {
        ("Guardrails (every version)", "denied"),
        ("IAM users", "erased"),
    }
    for each in (*findings, *gaps):
        places = each["Evidence"].split()
        numbers = (each.get("Observations") or each["Observation"]).split()
        assert len(places) == len(numbers) > 0
        for place, number in zip(places, numbers, strict=True):
            file, _, line = place.partition(":")
            said = made.files[f"{PAYLOAD}{file}"].splitlines()[int(line) - 1]
            assert f'"sequence":{number},'.encode() in said
    assert [each["Account id"] for each in rows(made, layout.ACCOUNTS)] == ["222233334444", "111122223333"]


def test_what_was_erased_is_listed_with_its_basis_and_is_nowhere_else(made: Made) -> None:
    (row,) = rows(made, layout.ERASURES)
    assert row["Thing"] == ERASED_USER
    assert "UK GDPR article 17" in row["Basis and by whom"]
    assert not [name for name, held in made.files.items() if b'"UserName"' in held]


def test_a_formula_in_an_accounts_name_is_text_in_every_table(made: Made) -> None:
    for name in (layout.FINDINGS, layout.ACCOUNTS):
        cells = [cell for row in rows(made, name) for cell in row.values()]
        assert "'=cmd|' /C calc'!A0" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "-"))]
