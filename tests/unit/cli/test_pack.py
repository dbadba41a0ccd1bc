"""Packs from the command line, over a real store: made, listed, previewed, verified, signed, disclosed from, opened."""

import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from console.bootstrap import Place, open_parts
from console.cli.base import Front
from console.cli.main import run as run_main
from console.reports import layout
from unit.cli.running import PASSPHRASE, Ran, command, take_pictures
from unit.reports.certificates import make_authority


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with one small refresh, judged."""
    path = tmp_path_factory.mktemp("packs") / "evidence.db"
    parts = open_parts(Place(store=path), environment={}, ask=lambda _: PASSPHRASE)
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
    return command("pack", *arguments, store=store, answers=answers)


def export(store: Path, to: Path, *more: str) -> dict[str, Any]:
    ran = run(store, "export", "--out", str(to), "--no-pdf", "--by", "Jo Bloggs", "--json", *more)
    assert ran.code == 0, ran.err
    made: dict[str, Any] = json.loads(ran.out)
    return made


def test_the_same_reading_gives_the_same_pack_again_and_the_register_has_both(
    store: Path, tmp_path: Path
) -> None:
    one, two = (export(store, tmp_path / name) for name in ("one.zip", "two.zip"))
    assert one["id"] == two["id"]
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    listed = json.loads(run(store, "list", "--json").out)
    assert [(each["file"], each["made_by"], each["pack"]) for each in listed] == [
        ("one.zip", "Jo Bloggs", one["id"]), ("two.zip", "Jo Bloggs", one["id"]),
    ]  # fmt: skip
    assert "one.zip  the whole organisation; by Jo Bloggs" in run(store, "list").out


def test_a_pack_in_words_says_its_id_and_what_was_redacted(store: Path, tmp_path: Path) -> None:
    ran = run(store, "export", "--out", str(tmp_path / "out"), "--no-pdf", "--profile", "public")
    assert ran.code == 0, ran.err
    assert "values redacted" in ran.out
    assert "give auditors" in ran.out


def test_no_pack_is_made_that_the_register_cannot_have(store: Path, tmp_path: Path) -> None:
    parts = open_parts(Place(store=store), environment={}, ask=lambda _: PASSPHRASE)
    with parts._writing():
        ran = run(store, "export", "--out", str(tmp_path / "a.zip"), "--no-pdf")
    parts.close()
    assert (ran.code, "is writing to" in ran.err) == (2, True)
    assert not (tmp_path / "a.zip").exists()


def test_no_pack_was_made_yet(store: Path) -> None:
    ran = run(store, "list")
    assert (ran.code, "No pack was made" in ran.err) == (1, True)


def test_a_preview_writes_nothing(store: Path) -> None:
    said = json.loads(run(store, "preview", "--profile", "public", "--control", "BR-RET", "--json").out)
    assert said["holds"]["Questions"].endswith("controls")
    assert said["redacts"]["account"] == 1
    words = run(store, "preview").out
    assert "Scope: the whole organisation" in words
    assert "Nothing would be redacted." in words
    assert "because it is an AWS account" in run(store, "preview", "--profile", "public").out
    assert run(store, "list").code == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--unit", "nowhere"), "RPT-004"),
        (("--control", "BR-NONE"), "RPT-004"),
        (("--claim", "S99"), "RPT-004"),
        (("--account", "999999999999"), "RPT-004"),
        (("--until", "2001-01-01"), "SVC-010"),
        (("--from", "yesterday"), "SVC-020"),
    ],
)
def test_a_scope_that_is_not_there_is_refused_with_a_remedy(
    store: Path, tmp_path: Path, arguments: tuple[str, ...], code: str
) -> None:
    ran = run(store, "export", "--out", str(tmp_path / "x.zip"), "--no-pdf", *arguments)
    assert ran.code == 2
    assert f"{code}: " in ran.err
    assert not (tmp_path / "x.zip").exists()


def test_verifying_ends_with_0_1_and_2(store: Path, tmp_path: Path) -> None:
    made = export(store, tmp_path / "a.zip")
    signers = made["allowed_signers"]
    good = run(
        store, "verify", str(tmp_path / "a.zip"), "--signers", signers, "--previous", str(tmp_path / "a.zip")
    )
    assert (good.code, f"verified, id {made['id']}" in good.out) == (0, True)
    assert "previous pack: the ledger is as it was" in good.out
    unknown = run(store, "verify", str(tmp_path / "a.zip"))
    assert (unknown.code, "intact, but who signed it is not known" in unknown.out) == (1, True)
    content = bytearray((tmp_path / "a.zip").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "b.zip").write_bytes(content)
    broken = run(store, "verify", str(tmp_path / "b.zip"), "--signers", signers, "--json")
    assert (broken.code, json.loads(broken.out)["verified"]) == (1, False)
    assert run(store, "verify", str(tmp_path / "none.zip")).code == 2
    assert run(store, "verify", str(tmp_path / "a.zip"), "--signers", str(tmp_path / "none")).code == 2
    (tmp_path / "note").write_text("no checkpoint")
    assert run(store, "verify", str(tmp_path / "a.zip"), "--previous", str(tmp_path / "note")).code == 2


def test_a_pack_is_signed_again_and_time_stamped(store: Path, tmp_path: Path) -> None:
    made = export(store, tmp_path / "a.zip")
    authority = make_authority(tmp_path / "authority")
    officer = authority.officer("officer")
    ran = run(store, "sign", str(tmp_path / "a.zip"), "--certificate", str(officer), answers=("secret",))
    assert (ran.code, "by CN=officer" in ran.out) == (0, True)
    assert run(store, "sign", str(tmp_path / "a.zip")).code == 0
    query, answer = tmp_path / "q.tsq", tmp_path / "a.tsr"
    assert (
        "send this to your time-stamp authority"
        in run(store, "timestamp", str(tmp_path / "a.zip"), "--query", str(query)).out
    )
    authority.stamp(query, answer)
    assert "UTC by CN=tsa" in run(store, "timestamp", str(tmp_path / "a.zip"), "--answer", str(answer)).out
    said = json.loads(
        run(store, "verify", str(tmp_path / "a.zip"), "--authorities", str(authority.ca), "--json").out
    )
    assert (said["verified"], said["id"]) == (True, made["id"])
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = [name for name in archive.namelist() if name.startswith(layout.SIGNATURES)]
    assert sorted(name.rpartition(".")[2] for name in names) == ["p7s", "sshsig", "sshsig", "tsr"]


def test_a_value_and_an_entry_are_disclosed_to_sha256sum(store: Path, tmp_path: Path) -> None:
    export(store, tmp_path / "a.zip", "--profile", "public")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        listed = json.loads(archive.read(f"bag/data/{layout.REDACTIONS}"))
    account = next(each for each in listed["values"] if each["category"] == "account")
    ran = run(
        store, "disclose", str(tmp_path / "a.zip"), "--value", account["pseudonym"], "--entry", "1", "--out",
        str(tmp_path / "out"),
    )  # fmt: skip
    assert ran.code == 0, ran.err
    said = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path / "out", capture_output=True, text=True, check=True
    )
    assert said.stdout.count(": OK") == 3
    assert account["sha256"] in (tmp_path / "out/SHA256SUMS").read_text()
    assert run(store, "disclose", str(tmp_path / "a.zip"), "--out", str(tmp_path / "more")).code == 1
    assert (
        run(
            store, "disclose", str(tmp_path / "a.zip"), "--value", "{x:y}", "--out", str(tmp_path / "more")
        ).code
        == 2
    )


def test_a_pack_opens_without_a_store_and_one_that_was_changed_does_not(store: Path, tmp_path: Path) -> None:
    made = export(store, tmp_path / "a.zip")
    shown: list[Any] = []
    front = Front(open_window=lambda desk: shown.append(desk) or 0, take_pictures=take_pictures, pages=tuple)
    nowhere = tmp_path / "nowhere" / "evidence.db"
    arguments = [
        "--store",
        str(nowhere),
        "pack",
        "open",
        str(tmp_path / "a.zip"),
        "--signers",
        made["allowed_signers"],
    ]
    assert run_main(arguments, front, environment={}) == 0
    assert not nowhere.exists()
    assert "Verified: " in shown[0].banner
    content = bytearray((tmp_path / "a.zip").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "b.zip").write_bytes(content)
    assert run_main(["pack", "open", str(tmp_path / "b.zip")], front, environment={}) == 2
    assert len(shown) == 1


def test_the_demonstration_opens_without_a_store(tmp_path: Path) -> None:
    ran = command("pack", "open", "--demo", store=tmp_path / "none.db")
    assert ran.code == 0
    assert ran.out.startswith("This is a demonstration")
    assert not (tmp_path / "none.db").exists()
