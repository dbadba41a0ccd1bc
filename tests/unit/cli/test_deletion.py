"""Requests to delete from the command line, over a real store and signed in to the stand-in."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console.base.settings import Settings
from console.bootstrap import Place, open_parts
from console.services.standin import Estate
from journeys.estates import an_estate
from unit.cli.running import PASSPHRASE, Ran, command

MODEL = "arn:aws:bedrock:eu-west-2:111122223333:custom-model/amazon.nova-lite-v1:0/abcdefghijkl"


@pytest.fixture(scope="module")
def estate() -> Iterator[Estate]:
    with (
        an_estate(2) as estate,
        pytest.MonkeyPatch.context() as patch,
    ):
        for name, value in estate.environment.items():
            patch.setenv(name, value)
        yield estate


@pytest.fixture(scope="module")
def kept(estate: Estate, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("deletion") / "evidence.db"
    parts = open_parts(Place(store=path), environment=estate.environment, ask=lambda _: PASSPHRASE)
    parts.exercise()
    parts.close()
    return path


@pytest.fixture
def store(kept: Path, tmp_path: Path) -> Path:
    for each in kept.parent.glob("evidence.db*"):
        if not each.name.endswith(".lock"):
            (tmp_path / each.name).write_bytes(each.read_bytes())
    return tmp_path / "evidence.db"


def run(store: Path, *arguments: str, answers: tuple[str, ...] = (PASSPHRASE,)) -> Ran:
    return command("deletion", *arguments, store=store, answers=answers)


def asked(store: Path, *more: str, ground: str = "17-1-b") -> str:
    due = () if ground.startswith("17") else ("--due", "2099-01-31")
    ran = run(
        store, "request", "--kind", "custom-model", "--name", MODEL, "--ground", ground,
        "--why", "Consent was withdrawn", "--received", "2026-11-20", "--person", "Jo", *due, *more,
    )  # fmt: skip
    assert ran.code == 0, ran.err
    return ran.out.strip()


def shown(store: Path, request_id: str) -> Any:
    return json.loads(run(store, "show", request_id, "--json").out)


def test_a_request_is_raised_listed_and_shown(store: Path) -> None:
    request_id = asked(store)
    listed = run(store, "list")
    assert listed.code == 1
    assert "Make the plan" in listed.out
    (said,) = json.loads(run(store, "list", "--json").out)
    assert (said["id"], said["state"], said["next_actor"]) == (request_id, "requested", "requester")
    assert said["due_on"] == "2026-12-21"
    whole = run(store, "show", request_id)
    assert whole.code == 0
    assert "Raised the request" in whole.out


def test_whose_data_it_is_is_asked_for_and_kept_as_a_pseudonym(store: Path) -> None:
    ran = run(
        store, "request", "--kind", "custom-model", "--name", MODEL, "--ground", "17-1-a", "--why", "Old",
        "--subject", "--person", "Jo", answers=(PASSPHRASE, "Alex Example"),
    )  # fmt: skip
    said = shown(store, ran.out.strip())
    assert said["subject"].startswith("S-")
    assert "Alex" not in json.dumps(said)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "DR-0000000000000000"), "DEL-002"),
        (("import", "nothing.json"), "DEL-004"),
        (("sign", "DR-0000000000000000", "--person", "Sam"), "DEL-002"),
    ],
)
def test_what_is_not_there_is_refused_with_what_to_do(
    store: Path, arguments: tuple[str, ...], says: str
) -> None:
    ran = run(store, *arguments)
    assert ran.code == 2
    assert says in ran.err


def test_a_bad_target_is_refused_and_nothing_is_kept(store: Path) -> None:
    ran = run(
        store, "request", "--kind", "knowledge-base", "--name", "guidance", "--ground", "17-1-a",
        "--why", "Old", "--person", "Jo",
    )  # fmt: skip
    assert ran.code == 2
    assert "ten characters" in ran.err
    assert json.loads(run(store, "list", "--json").out) == []


def test_holds_clocks_extensions_and_withdrawals_are_kept(store: Path) -> None:
    request_id = asked(store)
    for arguments, state in (
        (("hold", request_id, "--reason", "An inquiry"), "on hold"),
        (("release", request_id, "--reason", "It is over"), "requested"),
        (("extend", request_id, "--reason", "Many accounts"), "requested"),
    ):
        assert run(store, *arguments, "--person", "Jo").code == 0
        assert shown(store, request_id)["state"] == state
    assert shown(store, request_id)["due_on"] == "2027-02-22"
    again = run(store, "extend", request_id, "--reason", "More", "--person", "Jo")
    assert (again.code, "DEL-003" in again.err) == (2, True)
    stopped = run(store, "clock", request_id, "--stop", "2026-11-24", "--reason", "Which?", "--person", "Jo")
    assert "clock stopped" in stopped.out
    assert run(store, "clock", request_id, "--start", "2026-11-26", "--person", "Jo").code == 0
    assert run(store, "release", request_id, "--reason", "x", "--person", "Jo").code == 2
    assert run(store, "withdraw", request_id, "--reason", "Asked twice", "--person", "Jo").code == 0
    assert shown(store, request_id)["state"] == "withdrawn"
    assert run(store, "list").code == 0


def test_only_what_has_a_statutory_clock_can_be_stopped(store: Path) -> None:
    request_id = asked(store, ground="retention")
    ran = run(store, "clock", request_id, "--start", "2026-11-26", "--person", "Jo")
    assert "no statutory clock" in ran.err


def test_a_plan_of_what_cannot_be_read_is_blocked_and_says_so(store: Path) -> None:
    request_id = asked(store)
    planned = run(store, "plan", request_id, "--person", "Jo")
    assert planned.code == 1
    assert "not seen" in planned.out
    assert run(store, "plan", request_id, "--person", "Jo", "--json").code == 1
    assert "DEL-002" in run(store, "accept", request_id, "BL-none", "--reason", "r", "--person", "Jo").err
    runbook = run(store, "runbook", request_id, "--out", str(store.parent / "runbook"))
    assert "DEL-003" in runbook.err
    executed = run(store, "execute", request_id, "--person", "Kim", "--confirm", "yes")
    assert "DEL-019" in executed.err
    for deed in ("verify", "certify", "erase"):
        more = ("--out", str(store.parent)) if deed == "certify" else ()
        assert "DEL-003" in run(store, deed, request_id, "--person", "Kim", *more).err


def test_a_request_travels_as_a_file_and_is_new_once(store: Path, tmp_path: Path) -> None:
    request_id = asked(store)
    file = tmp_path / "request.json"
    assert run(store, "export", request_id, str(file), "--person", "Jo").code == 0
    assert run(store, "export", request_id, str(file), "--person", "Jo").code == 2
    imported = run(store, "import", str(file))
    assert (imported.code, imported.out) == (1, f"{request_id}: 0 new records\n")
    file.write_text(file.read_text().replace("Consent", "Dissent"))
    assert "DEL-004" in run(store, "import", str(file)).err


def test_the_line_for_others_is_one_of_allowed_signers(store: Path) -> None:
    line = run(store, "signer").out
    assert 'namespaces="bedrock-console-deletion,bedrock-console-deletion-certificate"' in line
    assert "role/AssuranceOfficer" in line


def test_the_shipped_settings_leave_execution_off() -> None:
    assert Settings().deletion.execution is False
