import json
from pathlib import Path

import pytest

from console.cli.main import PROGRAM
from unit.cli.running import PASSPHRASE, command


def test_help_teaches_with_examples_and_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command("--help")
    assert ended.value.code == 0
    said = capsys.readouterr().out
    for word in (
        "examples:",
        "exit codes:",
        "refresh",
        "assess",
        "pack",
        "store",
        "demo",
        "self-test",
        "ask",
        "permissions",
        "sign-in",
    ):
        assert word in said


@pytest.mark.parametrize(
    "name", ["refresh", "assess", "pack", "store", "demo", "self-test", "ask", "permissions", "sign-in"]
)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command(name, "--help")
    assert ended.value.code == 0
    assert f"{PROGRAM} {name}" in capsys.readouterr().out


def test_a_wrong_call_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command("make-tea")
    assert ended.value.code == 2
    assert "invalid choice" in capsys.readouterr().err


def test_a_refusal_says_what_happened_its_code_and_what_to_do(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("[policy]\nunheard_of = 1\n", encoding="utf-8")
    ran = command("--settings", str(settings), "assess", store=tmp_path / "evidence.db")
    assert ran.code == 2
    assert ran.out == ""
    assert "policy.unheard_of" in ran.err
    assert "BAS-001: Correct or remove it" in ran.err


def test_two_different_passphrases_make_no_store(tmp_path: Path) -> None:
    ran = command("assess", store=tmp_path / "evidence.db", answers=["one passphrase", "another passphrase"])
    assert ran.code == 2
    assert "BOO-001" in ran.err
    assert not (tmp_path / "evidence.db").exists()


def test_a_store_is_made_at_the_first_run_and_opens_with_its_passphrase_alone(tmp_path: Path) -> None:
    store = tmp_path / "evidence.db"
    first = command("store", "check", store=store)
    assert first.code == 0, first.err
    assert store.is_file()
    assert command("store", "check", store=store).code == 0
    wrong = command("store", "check", store=store, answers=["something else entirely"])
    assert wrong.code == 2
    assert "VLT-" in wrong.err


def test_without_a_refresh_there_is_nothing_to_judge_or_pack(tmp_path: Path) -> None:
    store = tmp_path / "evidence.db"
    for arguments in (["assess"], ["assess", "--json"]):
        ran = command(*arguments, store=store)
        assert ran.code == 1
        assert "bedrock-console refresh" in ran.err


def test_the_store_is_looked_after_from_the_command_line(tmp_path: Path) -> None:
    store = tmp_path / "evidence.db"
    checked = json.loads(command("store", "check", "--full", "--json", store=store).out)
    assert checked["sound"] is True
    assert command("store", "backup", str(tmp_path / "copy.db"), store=store).code == 0
    assert (tmp_path / "copy.db").stat().st_size > 0
    again = command("store", "backup", str(tmp_path / "copy.db"), store=store)
    assert again.code == 2
    assert again.err
    before = store.read_bytes()
    assert command("store", "rekey", store=store).code == 0
    assert store.read_bytes() != before
    assert command("store", "compact", store=store).code == 0
    assert command("store", "check", "--full", store=store).code == 0


def test_a_store_s_passphrase_is_changed_and_never_taken_away(tmp_path: Path) -> None:
    store, new = tmp_path / "evidence.db", "four words of another kind"
    command("store", "check", store=store)
    refused = command("store", "passphrase", "--remove", store=store)
    assert (refused.code, "BOO-003" in refused.err) == (2, True)
    refused = command("store", "passphrase", store=store, answers=[PASSPHRASE, new, f"{new}?"])
    assert (refused.code, "BOO-001" in refused.err) == (2, True)
    assert "new passphrase" in command("store", "passphrase", store=store, answers=[PASSPHRASE, new, new]).out
    assert command("store", "check", store=store).code == 2
    assert command("store", "check", store=store, answers=[new]).code == 0
