"""CloudTrail's digests in a pack, and every command that the README gives for Linux, run as it stands there."""

import gzip
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from console.demo.digest_key import public_value
from console.demo.digests import digests_of
from console.domain.refresh import Step
from console.domain.scope import Scope
from console.reports import layout
from console.reports.digests import digest_files
from console.reports.redaction_rules import Profile
from console.reports.verify import Check, verify_pack
from console.services import cosigning
from console.vault.cms import load_identity
from fakes import FakeSnapshot, fact
from unit.reports.certificates import make_authority
from unit.reports.estate import Estate, judge, make_store, refresh, steps
from unit.reports.tampering import PAYLOAD, Made, signers_file

PRINT = "0a1b2c3d" * 4
PLACE = Scope("222233334444", "eu-west-2")
TRAIL = {
    "TrailARN": "arn:aws:cloudtrail:eu-west-2:222233334444:trail/baseline",
    "Name": "baseline",
    "HomeRegion": "eu-west-2",
    "S3BucketName": "trails",
}
KEY = {"Fingerprint": PRINT, "Value": public_value()}


def facts(last: int = 24) -> list[tuple[str, dict[str, Any]]]:
    found = digests_of(1, json.dumps(TRAIL), PRINT, date(2026, 11, 22)).items()
    return [
        (
            key,
            {
                "TrailARN": TRAIL["TrailARN"],
                "Bucket": "trails",
                "Key": key,
                "Content": gzip.decompress(packed).decode(),
                "Signature": signature,
                "SignatureAlgorithm": "SHA256withRSA",
            },
        )
        for key, (packed, signature) in list(found)[:last]
    ]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("trail")
    store = make_store(folder)
    planned = {
        **steps(),
        Step("s3.cloudtrail_digest", PLACE): facts(),
        Step("cloudtrail.public_key", PLACE): [(PRINT, KEY)],
    }
    refresh_id = refresh(store, planned)
    with store:
        yield Estate(store, folder, refresh_id, judge(store, refresh_id)).export("digests.zip").path


def of_cloudtrail(made: Made) -> Check:
    return next(each for each in made.verify().checks if each.name == "CloudTrail")


def test_a_pack_shows_that_aws_signed_each_digest_over_the_one_before(pack: Path, tmp_path: Path) -> None:
    found = verify_pack(pack, allowed_signers=signers_file(tmp_path))
    assert found.verified
    said = next(each for each in found.checks if each.name == "CloudTrail")
    assert said.passed
    assert said.detail.startswith("24 digests over")
    assert "in 1 chain" in said.detail


def test_a_digest_that_was_changed_at_aws_is_said_and_the_pack_that_shows_it_stays_verified(
    pack: Path, tmp_path: Path
) -> None:
    made = Made.of(pack, tmp_path)
    (name,) = [each for each in made.files if each.endswith("T045900Z.json")]
    changed = made.files[name].replace(b'"logFiles": [', b'"logFiles": [{}, ', 1)
    other = Made({**made.files, name: changed}, tmp_path)
    digest = next(iter(re.findall(rb"[0-9a-f]{64}", made.files[f"{name}.signed"])))
    signed = made.files[f"{name}.signed"].replace(digest, _sha256(changed))
    kept = Made({**other.files, f"{name}.signed": signed}, tmp_path).sealed_again()
    said = of_cloudtrail(kept)
    assert said.passed is None
    assert "not what CloudTrail signed" in said.detail
    assert "is not over" in said.detail
    assert kept.verify().verified


def _sha256(content: bytes) -> bytes:
    import hashlib  # noqa: PLC0415 - one use

    return hashlib.sha256(content).hexdigest().encode()


@pytest.mark.parametrize(
    ("ending", "change", "says"),
    [
        (".json", b"[]", "no digest"),
        (".json.signed", b"x", "not what its signature is over"),
        ("key.pem", b"x", "no public key"),
        (".json.sig", None, "is missing"),
    ],
)
def test_files_that_are_none_of_a_trail_s_are_named(
    pack: Path, tmp_path: Path, ending: str, change: bytes | None, says: str
) -> None:
    made = Made.of(pack, tmp_path)
    name = next(
        each
        for each in sorted(made.files)
        if each.startswith(f"{PAYLOAD}{layout.DIGESTS}") and each.endswith(ending)
    )
    broken = made.without(name) if change is None else made.change(name, lambda _: change)
    said = of_cloudtrail(broken.sealed_again())
    assert said.passed is False
    assert says in said.detail


def test_without_its_key_a_digest_is_not_proven(pack: Path, tmp_path: Path) -> None:
    made = Made.of(pack, tmp_path)
    said = of_cloudtrail(made.without(f"{PAYLOAD}{layout.DIGESTS}{PRINT}/key.pem").sealed_again())
    assert said.passed is None
    assert "public keys of 24" in said.detail


def test_a_redacted_pack_holds_none_and_what_is_no_digest_is_left_out() -> None:
    known = [fact("s3.cloudtrail_digest", key, payload) for key, payload in facts(2)]
    odd = [{"Content": "{}", "Signature": "00"}, {"Content": 7, "Signature": "00"}, {"Signature": "zz"}, {}]
    known += [fact("s3.cloudtrail_digest", f"odd-{number}", each) for number, each in enumerate(odd)]
    keys = [KEY, {**KEY, "Value": "?"}, {**KEY, "Fingerprint": "f" * 32, "Value": "AAAA"}, {}]
    known += [fact("cloudtrail.public_key", str(number), each) for number, each in enumerate(keys[:1])]
    snapshot = FakeSnapshot(known=known)
    assert len(digest_files(snapshot, Profile.INTERNAL)) == 2 * 3 + 1
    assert digest_files(snapshot, Profile.AUDITOR) == {}
    bad = FakeSnapshot(known=[*known[:-1], *(fact("cloudtrail.public_key", "k", each) for each in keys[1:])])
    assert not any(name.endswith(".pem") for name in digest_files(bad, Profile.INTERNAL))


def readme_commands(readme: str, begin: str, end: str) -> list[str]:
    """Return every command between two headings: the lines that are indented by two spaces."""
    part = readme[readme.index(f"\n{begin}") : readme.index(f"\n{end}")]
    return [line.strip() for line in part.splitlines() if re.match(r"  \S", line)]


def test_every_command_for_linux_in_the_readme_works_as_it_stands_there(pack: Path, tmp_path: Path) -> None:
    """Unpack a pack with every sort of signature, and run what the README says, in its order and in one terminal."""
    signed = tmp_path / "pack.zip"
    signed.write_bytes(pack.read_bytes())
    authority = make_authority(tmp_path / "authority")
    certificate = cosigning.sign_with_certificate(
        signed, load_identity(authority.officer("officer"), b"secret")
    )
    query, answer = tmp_path / "pack.tsq", tmp_path / "pack.tsr"
    cosigning.write_query(signed, query)
    authority.stamp(query, answer)
    stamp, _ = cosigning.attach_answer(signed, answer)
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(signed) as archive:
        archive.extractall(folder)
    for name in ("ca.pem", "tsa.pem"):
        (folder / name).write_bytes(authority.ca.read_bytes())
    signers_file(folder).rename(folder / "allowed_signers")
    readme = (folder / layout.README).read_text()
    names = {"signatures/NAME.p7s": certificate, "signatures/NAME.tsr": stamp}
    stock = readme_commands(readme, "Verify on Linux and macOS", "Verify on Windows")
    assert len(stock) == 11
    script = "set -e\n" + "\n".join(_named(each, names) for each in stock)
    done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Verified OK") == 24
    assert done.stdout.count("FAILED") == done.stdout.count("differs") == 0
    counts = [line for line in done.stdout.splitlines() if line.isdigit()]
    assert len(counts) == 2
    assert counts[0] == counts[1]

    own = [
        each
        for each in readme_commands(readme, "Verify with this", "Verify on Linux")
        if "--previous" not in each
    ]
    program = tmp_path / "bin" / "bedrock-console"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m console "$@"\n')
    program.chmod(0o755)
    (folder / "PACK.zip").write_bytes(signed.read_bytes())
    (command,) = own
    ran = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={
            "PATH": f"{program.parent}:/usr/bin:/bin",
            "PYTHONPATH": str(Path(__file__).parents[3]),
            "HOME": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def _named(command: str, names: dict[str, str]) -> str:
    for name, real in names.items():
        command = command.replace(name, real)
    return command


def test_the_commands_for_windows_name_what_there_is(pack: Path, tmp_path: Path) -> None:
    """They are not run here; what can be seen without Windows is that their quotes close and their files exist."""
    made = Made.of(pack, tmp_path)
    readme = made.files[layout.README].decode()
    end = "The ledger, with Python 3 alone"
    commands = readme_commands(readme, "Verify on Windows", end)
    assert [each.split()[0] for each in commands] == [
        "certutil",
        "ssh-keygen",
        "powershell",
        "cd",
        "powershell",
        "powershell",
    ]
    for command in commands:
        assert command.replace('\\"', "").count('"') % 2 == 0
        assert command.count("(") == command.count(")")
        assert command.count("{") == command.count("}")
        for name in re.findall(r"(?:bag|signatures)\\[\w.\\-]+", command):
            there = name.replace("\\", "/")
            assert there in made.files or "NAME" in there, name
        assert "%" not in command, "a Command Prompt would put a variable there"
    assert commands[0].split() == ["certutil", "-hashfile", "bag\\tagmanifest-sha256.txt", "SHA256"]
