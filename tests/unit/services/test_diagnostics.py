"""Diagnostics hold no evidence and no name, whatever was planted where they look."""

from pathlib import Path

import pytest

import stores
from console.base.configuration import configure
from console.base.log import note
from console.evidence.about import about
from console.services import diagnostics

ACCOUNTS = ("123456789012", "210987654321")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(diagnostics, "logs", lambda: tmp_path / "logs")
    monkeypatch.setattr(diagnostics.Path, "home", lambda: tmp_path)
    return tmp_path


def report(home: Path, own: str = "") -> str:
    (home / "own.toml").write_text(own, encoding="utf-8")
    found = configure(home / "own.toml", home / "none.toml", {})
    stores.create(home / "evidence.db").close()
    return diagnostics.report(found, about(home / "evidence.db", stores.KEY), {}, run_self_test=False)


@pytest.mark.usefixtures("log")
def test_it_says_versions_settings_schema_counts_and_the_ends_of_logs(home: Path) -> None:
    note("refresh complete", refresh=3)
    said = report(home, '[aws]\nthreads = 4\nprofile = "secret-profile"\n[policy]\napi_key_days = 0\n')
    assert "bedrock-console 0." in said
    assert "botocore " in said
    assert "schema 0" in said
    assert "observation: 0" in said
    assert "refresh complete refresh=3" in said
    assert "aws.threads = 4  [your settings]" in said
    assert "not understood: policy.api_key_days" in said
    assert "aws.profile = (set)" in said
    assert "secret-profile" not in said


def test_names_are_replaced_wherever_they_stand(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnostics.getpass, "getuser", lambda: "adalovelace")
    (home / "logs").mkdir()
    (home / "logs" / "window.log").write_text(
        f"{ACCOUNTS[0]} {ACCOUNTS[1]} {ACCOUNTS[0]} arn:aws:iam::{ACCOUNTS[0]}:role/Secret AKIAIOSFODNN7EXAMPLE "
        f"ada@example.gov.uk o-abcdefghij12 adalovelace {home}/x wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEYwJalrX\n",
        encoding="utf-8",
    )
    said = report(home)
    assert (
        "<account 1> <account 2> <account 1> <arn> <key id> <address> <organisation> <user> ~/x <long word>"
        in said
    )


def test_without_logs_and_settings_it_still_says_so(home: Path) -> None:
    stores.create(home / "evidence.db").close()
    told = about(home / "evidence.db", stores.KEY)
    said = diagnostics.report(None, told, {}, run_self_test=False)
    assert "no log was written" in said
    assert "== Self-test\nnot run" in said


def test_a_self_test_that_cannot_run_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stores.create(home / "evidence.db").close()
    told = about(home / "evidence.db", stores.KEY)
    monkeypatch.setattr(diagnostics, "program", lambda: (str(home / "none"),))
    assert "could not be run: FileNotFoundError" in diagnostics.report(None, told, {}, run_self_test=True)


def test_a_bundle_s_versions_come_from_its_bill_of_materials(home: Path) -> None:
    bill = home / "sbom.cdx.json"
    assert diagnostics._bundled(bill) == {}
    bill.write_text(
        '{"components": [{"name": "PySide6_Essentials", "version": "6.1"}, {"name": "libz.so.1"}]}'
    )
    assert diagnostics._bundled(bill) == {"pyside6_essentials": "6.1", "libz.so.1": ""}
