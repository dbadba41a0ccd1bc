from pathlib import Path

import pytest

from console.base import paths


def test_a_checkout_has_its_resources_and_migrations_beside_the_package() -> None:
    assert (paths.resources() / "settings.toml").is_file()
    assert (paths.migrations() / "env.py").is_file()


def test_an_installed_package_has_them_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "console" / "_resources").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "console")
    assert paths.resources() == tmp_path / "console" / "_resources"


def test_a_build_without_them_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "console")
    with pytest.raises(FileNotFoundError, match="carries no resources"):
        paths.resources()


def test_a_users_files_are_outside_the_program() -> None:
    assert "bedrock-console" in str(paths.user_data())
    assert paths.user_settings().name == "settings.toml"


def test_what_the_organisation_sets_stands_where_only_an_administrator_writes(monkeypatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_DIRS", "elsewhere")
    monkeypatch.setattr(paths.platform, "system", lambda: "Linux")
    assert paths.managed_settings().as_posix() == "/etc/bedrock-console/settings.toml"
    monkeypatch.setattr(paths.platform, "system", lambda: "Windows")
    assert paths.managed_settings().name == "settings.toml"
    assert paths.logs().parent == paths.user_data()
