import dataclasses
from pathlib import Path

import pytest

from console.base.setting import catalogue
from console.base.settings import Settings, SettingsError, load_settings, settings_of


def write(folder: Path, text: str) -> Path:
    file = folder / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_catalogue_says_what_the_code_defaults_to() -> None:
    document: dict[str, dict[str, object]] = {}
    for setting in catalogue().values():
        if setting.section:
            document.setdefault(setting.section, {})[setting.name] = setting.default
    made = settings_of(document)
    assert made == Settings()
    for section in ("aws", "policy", "deletion", "window"):
        names = {each.name for each in dataclasses.fields(getattr(made, section))}
        assert {each.name for each in catalogue().values() if each.section == section} == names


def test_a_missing_file_leaves_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.toml") == Settings()


def test_a_later_file_wins_key_by_key(tmp_path: Path) -> None:
    mine = write(tmp_path, 'organisation_name = "Rivers"\n[aws]\nthreads = 2\n')
    settings = load_settings(tmp_path / "none.toml", mine)
    assert (settings.organisation_name, settings.aws.threads, settings.aws.attempts) == ("Rivers", 2, 5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[aws]\nthreds = 2\n", "unknown key aws.threds"),
        ('[aws]\nthreads = "two"\n', "aws.threads must be a whole number, not str"),
        ("[aws]\nthreads = 0\n", "aws.threads must be a whole number from 1 to 64, not 0"),
        ("[aws]\nthreads = true\n", "aws.threads must be a whole number, not bool"),
        ("[policy]\napproved_regions = [1]\n", "must be a list of text"),
        ("[rules]\nx = 1\n", "unknown or mistyped key 'rules'"),
        ("aws = 3\n", "unknown or mistyped key 'aws'"),
        ("[aws\n", "is not TOML"),
    ],
)
def test_a_mistake_is_named_and_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        load_settings(write(tmp_path, text))


def test_a_whole_number_is_a_number_of_seconds(tmp_path: Path) -> None:
    assert load_settings(write(tmp_path, "[aws]\nread_seconds = 5\n")).aws.read_seconds == 5.0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = " + "[" * 3_000, "is not TOML"),
        ("a." * 200_000 + "b = 1", "longer than settings are"),
        ("# " + "x" * 4_000, "longer than settings are"),
        ("# x\n" * 60_000, "longer than settings are"),
    ],
    ids=["nested", "dotted", "line", "file"],
)
def test_what_is_nested_or_long_without_end_is_refused_and_not_parsed_for_ever(
    tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=said):
        load_settings(file)


def test_a_file_that_may_not_be_read_is_said_to_be_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("")

    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SettingsError, match="Permission denied") as refused:
        load_settings(file)
    assert "right to read" in refused.value.remedy
