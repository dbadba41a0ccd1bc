"""Settings from the command line, over real files."""

import json
from pathlib import Path

import pytest

from console.base import paths
from unit.cli.running import Ran, command


@pytest.fixture
def managed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "managed.toml"
    monkeypatch.setattr("console.bootstrap.managed_settings", lambda: file)
    assert paths.managed_settings() != file
    return file


def settings(folder: Path, *arguments: str) -> Ran:
    return command("--settings", str(folder / "own.toml"), "settings", *arguments)


def test_a_value_is_set_listed_explained_and_taken_out_again(tmp_path: Path, managed: Path) -> None:
    assert "Every setting is the default" in settings(tmp_path).out
    said = settings(tmp_path, "set", "policy.approved_regions", "eu-west-2, eu-west-1")
    assert (said.code, "eu-west-2, eu-west-1 (your settings)" in said.out) == (0, True)
    assert "policy.approved_regions" in settings(tmp_path).out
    assert "Where calls of models may run" in settings(tmp_path, "explain", "policy.approved_regions").out
    assert "now eu-west-2 (default)" in settings(tmp_path, "unset", "policy.approved_regions").out
    assert "AWS_PROFILE" in settings(tmp_path, "explain", "aws.profile").out


def test_what_the_organisation_sets_is_said_so_and_cannot_be_changed(tmp_path: Path, managed: Path) -> None:
    managed.write_text("[window]\nlock_after_minutes = 5\n", encoding="utf-8")
    assert "5  (set by your organisation)" in settings(tmp_path).out
    said = settings(tmp_path, "set", "window.lock_after_minutes", "0")
    assert said.code == 2
    assert "SVC-040: Ask your IT department" in said.err
    assert not (tmp_path / "own.toml").exists()


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [("aws.threads", "many", "a whole number from 1 to 64"), ("aws.threds", "2", "CLI-006")],
)
def test_a_wrong_value_or_name_changes_nothing(
    tmp_path: Path, managed: Path, key: str, value: str, said: str
) -> None:
    (tmp_path / "own.toml").write_text("# mine\n", encoding="utf-8")
    ran = settings(tmp_path, "set", key, value)
    assert ran.code == 2
    assert said in ran.err
    assert (tmp_path / "own.toml").read_text(encoding="utf-8") == "# mine\n"


def test_a_mistake_in_a_file_is_told_and_what_holds_instead(tmp_path: Path, managed: Path) -> None:
    (tmp_path / "own.toml").write_text("[aws]\nthreads = 0\n", encoding="utf-8")
    ran = settings(tmp_path)
    assert ran.code == 1
    assert "from 1 to 64" in ran.err
    assert "Correct or remove it" in ran.err
    listed = json.loads(settings(tmp_path, "list", "--json").out)
    assert listed["settings"]["aws.threads"] == {"value": 16, "from": "default"}
    assert listed["mistakes"][0]["key"] == "aws.threads"


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, managed: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = command("--settings", str(tmp_path / "file" / "own.toml"), "settings", "set", "aws.threads", "2")
    assert ran.code == 2
    assert "SVC-041" in ran.err
