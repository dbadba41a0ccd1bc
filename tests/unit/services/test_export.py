import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from console.domain.refresh import RefreshState, Step
from console.domain.selection import Selection
from console.reports.errors import ForeignEvidenceError, PackTooLargeError
from console.reports.verify import Check, Verification, verify_pack
from console.services import export
from console.services.export import (
    PackExistsError,
    UnsoundPackError,
    UnwritablePackError,
)
from console.services.packing import NotExportableError
from unit.reports.estate import MANAGEMENT, SIGNER, STRANGER, Estate, judge, make_estate, refresh, steps


@pytest.fixture
def estate(tmp_path: Path) -> Iterator[Estate]:
    made = make_estate(tmp_path)
    with made.store:
        yield made


def left_behind(estate: Estate) -> set[str]:
    return {path.name for path in estate.folder.iterdir() if not path.name.startswith("evidence.db")}


def test_a_pack_is_written_with_its_signers_beside_it_and_verifies(estate: Estate) -> None:
    made = estate.export("deep/er/pack.zip")
    assert made.path == estate.folder / "deep/er/pack.zip"
    assert made.allowed_signers == estate.folder / "deep/er/pack.allowed_signers"
    assert made.fingerprint == SIGNER.public.fingerprint
    assert made.bytes == made.path.stat().st_size
    verification = verify_pack(made.path, allowed_signers=made.allowed_signers)
    assert verification.verified
    assert verification.checks[0].detail.startswith(f"{made.files} files")
    assert {path.name for path in made.path.parent.iterdir()} == {"pack.zip", "pack.allowed_signers"}


def test_nothing_is_overwritten(estate: Estate) -> None:
    first = estate.export()
    before = first.path.read_bytes()
    with pytest.raises(PackExistsError):
        estate.export()
    first.path.unlink()
    assert estate.export().path.read_bytes() == before
    first.path.unlink()
    with pytest.raises(PackExistsError):
        estate.export(signer=STRANGER)
    assert first.allowed_signers.read_text().endswith(SIGNER.public.openssh + "\n")


def test_a_folder_in_the_place_of_the_signers_is_refused(estate: Estate) -> None:
    (estate.folder / "pack.allowed_signers").mkdir()
    with pytest.raises(PackExistsError):
        estate.export()


def test_a_file_that_appears_meanwhile_is_kept(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(path: Path, *, allowed_signers: Path) -> Verification:
        (estate.folder / "pack.zip").write_text("somebody else's")
        return verify_pack(path, allowed_signers=allowed_signers)

    monkeypatch.setattr(export, "verify_pack", slow)
    with pytest.raises(PackExistsError):
        estate.export()
    assert (estate.folder / "pack.zip").read_text() == "somebody else's"
    assert left_behind(estate) == {"pack.zip", "pack.allowed_signers"}


def test_a_pack_that_does_not_verify_is_removed(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    def bad(_path: Path, *, allowed_signers: Path) -> Verification:
        assert allowed_signers.is_file()
        return Verification((Check("good", True, "fine"), Check("hashes", False, "a disk lied")))

    monkeypatch.setattr(export, "verify_pack", bad)
    with pytest.raises(UnsoundPackError, match="hashes: a disk lied"):
        estate.export()
    assert left_behind(estate) == {"pack.allowed_signers"}


def test_a_place_that_cannot_be_written_is_said_and_left_clean(estate: Estate) -> None:
    (estate.folder / "file").write_text("")
    with pytest.raises(UnwritablePackError, match="could not be written"):
        estate.export("file/pack.zip")


def test_a_name_that_cannot_be_taken_over_is_given_back(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    estate.export("signers.zip").path.unlink()
    (estate.folder / "signers.allowed_signers").rename(estate.folder / "pack.allowed_signers")

    def refuse(_self: Path, _target: Path) -> Path:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UnwritablePackError, match="Input/output error"):
        estate.export()
    assert left_behind(estate) == {"pack.allowed_signers"}


def test_a_disk_without_links_takes_a_pack_and_overwrites_nothing(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    made = estate.export()
    assert verify_pack(made.path, allowed_signers=made.allowed_signers).verified

    def slow(path: Path, *, allowed_signers: Path) -> Verification:
        (estate.folder / "other.zip").write_text("somebody else's")
        return verify_pack(path, allowed_signers=allowed_signers)

    monkeypatch.setattr(export, "verify_pack", slow)
    with pytest.raises(PackExistsError):
        estate.export("other.zip")
    assert (estate.folder / "other.zip").read_text() == "somebody else's"


def test_a_pack_is_in_the_register_before_it_has_its_name(estate: Estate) -> None:
    """Or one that is killed in between would leave a pack that nobody knows of."""
    seen: list[str] = []

    def register(entry: Mapping[str, Any]) -> None:
        seen.append(entry["pack"])
        assert left_behind(estate) & {"pack.zip"} == set()

    made = estate.export(register=register)
    assert seen == [made.id]
    assert made.path.exists()


def test_a_pack_that_cannot_be_registered_is_not_there(estate: Estate) -> None:
    def refuse(_entry: Mapping[str, Any]) -> None:
        raise UnwritablePackError("the register is closed")

    with pytest.raises(UnwritablePackError, match="register"):
        estate.export(register=refuse)
    assert left_behind(estate) == {"pack.allowed_signers"}


def test_half_of_what_a_killed_export_wrote_is_taken_away(estate: Estate) -> None:
    estate.export().path.unlink()
    for name in ("pack.zip", "pack.allowed_signers"):
        (estate.folder / f".{name}.{'0' * 16}.part").write_bytes(b"half")
    estate.export()
    assert left_behind(estate) == {"pack.zip", "pack.allowed_signers"}


def test_a_folder_is_synced_only_where_folders_can_be(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = estate.export("posix.zip")
    monkeypatch.setattr(export, "os", Windows())
    assert estate.export("windows.zip").path.read_bytes() == made.path.read_bytes()


class Windows:
    """The part of `os` that is used where folders cannot be opened."""

    name = "nt"
    fsync = staticmethod(os.fsync)


def test_a_refresh_that_is_not_sealed_is_refused(estate: Estate) -> None:
    estate.refresh_id = estate.store.begin_refresh(caller="", botocore="", tool_version="")
    with pytest.raises(NotExportableError, match="not sealed"):
        estate.export()
    estate.refresh_id = 99
    with pytest.raises(NotExportableError, match="not sealed"):
        estate.export()


def test_an_assessment_of_another_refresh_is_refused(estate: Estate) -> None:
    estate.refresh_id = 1
    with pytest.raises(NotExportableError, match="another refresh than 1"):
        estate.export()


def test_a_finding_that_rests_on_other_evidence_is_refused(estate: Estate) -> None:
    first, *others = estate.assessment.findings
    findings = (replace(first, evidence=(1,)), *others)
    estate.assessment = replace(estate.assessment, findings=findings)
    with pytest.raises(ForeignEvidenceError, match=first.control_id):
        estate.export()


@pytest.mark.parametrize("limit", ["MAX_BYTES", "MAX_FILES"])
def test_a_pack_beyond_what_every_tool_reads_is_refused(
    estate: Estate, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(export, limit, 10)
    with pytest.raises(PackTooLargeError):
        estate.export()


def test_a_refresh_in_which_nothing_was_read_is_a_pack_too(estate: Estate) -> None:
    refresh_id = refresh(estate.store, {})
    empty = Estate(estate.store, estate.folder, refresh_id, judge(estate.store, refresh_id))
    made = empty.export("empty.zip")
    assert verify_pack(made.path, allowed_signers=made.allowed_signers).verified


def test_an_earlier_refresh_is_exported_with_its_own_checkpoint(estate: Estate) -> None:
    refresh(estate.store, {Step("account.region", MANAGEMENT): []})
    made = estate.export("earlier.zip")
    checks = verify_pack(made.path, allowed_signers=made.allowed_signers).checks
    (said,) = [each.detail for each in checks if each.name == "checkpoint"]
    assert "had 13 entries when it was signed, and extends 1 earlier" in said


def test_a_refresh_that_saw_nothing_new_is_packed_and_verified_like_any_other(estate: Estate) -> None:
    planned = steps()
    number = refresh(estate.store, planned)
    again = replace(estate, refresh_id=number, assessment=judge(estate.store, number))
    made = again.export("again.zip")
    assert verify_pack(made.path, allowed_signers=made.allowed_signers).verified
    part = estate.store.begin_refresh(
        caller="arn:aws:iam::111122223333:role/a",
        botocore="1.44.5",
        tool_version="0.1.0",
        selection=Selection(kinds=("iam.user",)),
    )
    estate.store.record_all(part, (), (), carried=planned)
    estate.store.seal(part, RefreshState.COMPLETE)
    carried = replace(estate, refresh_id=part, assessment=judge(estate.store, part))
    made = carried.export("part.zip")
    assert verify_pack(made.path, allowed_signers=made.allowed_signers).verified
    with zipfile.ZipFile(made.path) as archive:
        lines = b"".join(
            archive.read(name) for name in archive.namelist() if name.endswith("bedrock.guardrail.jsonl")
        )
    assert lines.count(f'"basis":"carried over from refresh {number}"'.encode()) == 2
