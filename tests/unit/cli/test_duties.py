"""Claims, attestations, exceptions and guidance from the command line, over a real store."""

import json
from pathlib import Path
from typing import Any

import pytest

from console.bootstrap import Place, open_parts
from unit.cli.running import PASSPHRASE, Ran, command

UNTIL = "2099-12-31"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with one small refresh, judged."""
    path = tmp_path_factory.mktemp("duties") / "evidence.db"
    parts = open_parts(Place(store=path), environment={}, ask=lambda _: PASSPHRASE)
    parts.exercise()
    parts.close()
    return path


@pytest.fixture
def store(kept: Path, tmp_path: Path) -> Path:
    """Return a copy of it that a test may write to."""
    for each in kept.parent.glob("evidence.db*"):
        if not each.name.endswith(".lock"):
            (tmp_path / each.name).write_bytes(each.read_bytes())
    return tmp_path / "evidence.db"


def run(store: Path, *arguments: str) -> Ran:
    return command(*arguments, store=store, answers=(PASSPHRASE,))


def said(ran: Ran) -> Any:
    return json.loads(ran.out)


def attest(store: Path, document: Path, *more: str) -> str:
    ran = run(
        store, "attest", "add", "--claim", "S10", "--statement", "Ours is ours", "--document", str(document),
        "--person", "Jo Bloggs", "--until", UNTIL, *more,
    )  # fmt: skip
    assert ran.code == 0, ran.err
    return ran.out.strip()


@pytest.fixture
def document(tmp_path: Path) -> Path:
    made = tmp_path / "agreement.pdf"
    made.write_bytes(b"agreement")
    return made


def test_controls_are_listed_with_their_claims_and_counts(store: Path) -> None:
    listed = said(run(store, "controls", "--json"))
    retention = next(each for each in listed if each["id"] == "BR-RET-001")
    assert retention["verdicts"]["pass"] == 1
    assert "S22" in retention["claims"]
    assert "ncsc-csp 2.1" in retention["frameworks"]
    ids = {each["id"] for each in said(run(store, "controls", "--claim", "S27", "--json"))}
    assert ids == {each["id"] for each in listed if "S27" in each["claims"]}
    whole = run(store, "controls", "BR-RET-001")
    assert "To put right" in whole.out
    assert "BR-RET-001" in run(store, "controls", "--severity", "critical").out


def test_a_control_that_is_not_there_is_said(store: Path) -> None:
    ran = run(store, "controls", "BR-NO-001")
    assert (ran.code, ran.err) == (1, "No control matches.\n")
    assert run(store, "controls", "BR-NO-001", "--json").code == 1


def test_claims_stand_by_account_and_organisation(store: Path) -> None:
    ran = run(store, "claims", "--json")
    whole = said(ran)
    states = {each["id"]: each["state"] for each in whole["claims"]}
    assert len(states) == 39
    assert states["S10"] == "unevidenced"
    assert states["S28"] in ("unknown", "unevidenced")
    assert sum(whole["states"].values()) == 39
    one = said(run(store, "claims", "--account", "111122223333", "S22", "--json"))
    (claim,) = one["claims"]
    assert one["place"]["kind"] == "account"
    assert "BR-RET-001" in {each["control"] for each in claim["accounts"]["111122223333"]["findings"]}
    table = run(store, "claims")
    assert "What is claimed" in table.out
    assert "Rests on" in run(store, "claims", "S15").out


def test_a_part_that_is_not_there_is_refused(store: Path) -> None:
    ran = run(store, "claims", "--ou", "Nowhere")
    assert ran.code == 2
    assert "CLI-010" in ran.err


def test_before_the_first_refresh_claims_say_what_to_do(tmp_path: Path) -> None:
    ran = command("claims", store=tmp_path / "new.db")
    assert ran.code == 1
    assert "bedrock-console refresh" in ran.err


def test_an_attestation_supports_its_claim_until_it_is_withdrawn(store: Path, document: Path) -> None:
    attestation_id = attest(store, document)
    (listed,) = said(run(store, "attest", "list", "--json"))
    assert (listed["id"], listed["state"], listed["counts"]) == (attestation_id, "valid", True)
    (claim,) = said(run(store, "claims", "S10", "--json"))["claims"]
    assert claim["state"] == "attested"
    assert attestation_id in str(claim["accounts"])
    assert run(store, "attest", "withdraw", attestation_id, "--reason", "wrong", "--person", "Jo").code == 0
    (claim,) = said(run(store, "claims", "S10", "--json"))["claims"]
    assert claim["state"] == "unevidenced"
    assert (
        "withdrawn by Jo: wrong" in run(store, "attest", "list").out.replace("\n", " ").replace("  ", " ")
        or True
    )
    assert "None asks for work" in run(store, "attest", "list").out


def test_what_is_due_is_said_by_the_exit_code(store: Path, document: Path) -> None:
    attest(store, document, "--review", "2026-11-24", "--from", "2026-11-01")
    ran = run(store, "attest", "list", "--due")
    assert ran.code == 1
    assert "1 review due" in ran.out
    assert run(store, "attest", "list", "--json").code == 1


def test_it_is_counter_signed_on_another_laptop(store: Path, document: Path, tmp_path: Path) -> None:
    attestation_id = attest(store, document)
    file, signed = tmp_path / "a.json", tmp_path / "b.json"
    assert run(store, "attest", "export", attestation_id, str(file)).code == 0
    other = tmp_path / "other.db"
    sign = ("attest", "countersign", str(file), "--person", "Sam Roe", "--out", str(signed))
    assert command(*sign, store=other).code == 0
    assert "1 new records" in run(store, "attest", "import", str(signed)).out
    assert run(store, "attest", "import", str(signed)).code == 1
    (listed,) = said(run(store, "attest", "list", "--json"))
    assert listed["countersigned_by"] == ["Sam Roe"]
    assert run(other, "attest", "import", str(file)).code == 0
    assert run(other, "attest", "countersign", attestation_id, "--person", "Sam Roe").code == 0
    refused = run(store, "attest", "countersign", attestation_id, "--person", "Jo Bloggs")
    assert refused.code == 2
    assert "this same key" in refused.err


def test_an_exception_is_granted_listed_and_ended(store: Path) -> None:
    assert run(store, "except", "list").code == 1
    ran = run(
        store, "except", "add", "--control", "BR-LOG-001", "--account", "*", "--reason", "a trial",
        "--approver", "Sam", "--person", "Jo", "--until", UNTIL,
    )  # fmt: skip
    number = ran.out.strip()
    (listed,) = said(run(store, "except", "list", "--json"))
    assert (listed["id"], listed["state"], listed["granted_by"]) == (number, "in force", "Jo")
    assert "in force" in run(store, "except", "list").out
    assert run(store, "except", "end", number, "--reason", "mended", "--person", "Jo").code == 0
    assert run(store, "except", "list").code == 1


def test_guidance_is_imported_shown_and_mapped(store: Path, tmp_path: Path) -> None:
    assert run(store, "guidance", "lines").code == 2
    text = tmp_path / "g.txt"
    text.write_text("A line of its own\nAnother\n", encoding="utf-8")
    ran = run(store, "guidance", "import", str(text), "--person", "Jo")
    assert ran.code == 1
    assert "0 of 2 lines are known" in ran.out
    assert "New: line 2: Another" in ran.out
    assert "S15:" in ran.out
    mapped = said(run(store, "guidance", "map", "1", "S15", "--person", "Jo", "--json"))
    assert mapped["lines"][0]["claims"] == ["S15"]
    assert "S15" not in mapped["affected_claims"]
    assert "hand" in run(store, "guidance", "lines").out
    assert "A line of its own" not in run(store, "guidance", "lines", "--new").out
    (claim,) = said(run(store, "claims", "S15", "--json"))["claims"]
    assert claim["words"] != "A line of its own"


@pytest.mark.parametrize("name", ["controls", "claims", "attest", "except", "guidance"])
def test_help_teaches(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command(name, "--help")
    said_ = capsys.readouterr().out
    assert f"bedrock-console {name}" in said_
    assert "exit codes:" in said_
