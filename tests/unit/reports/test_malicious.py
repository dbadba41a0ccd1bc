"""Packs by somebody who means harm: each is wrong in one way, and is refused by the check that names its file."""

import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from console.base.canonical import canonical
from console.domain.deed import DeedKind
from console.domain.refresh import Step
from console.reports import layout, opened
from console.reports.bag import DATA, MANIFEST
from console.reports.errors import UnopenablePackError
from console.reports.exhibits import ShownEntry, line, read_line
from console.reports.redaction_rules import Profile
from console.reports.verify import verify_pack
from console.reports.zipform import write_zip
from console.services.opening import open_pack
from unit.reports.estate import MANAGEMENT, SIGNER, judge, make_store, refresh, steps
from unit.reports.tampering import EVIDENCE, PAYLOAD, Made, failed, signers_file

RAW = struct.Struct("<4s5H3I2H")
ANSI, BIDI = "\x1b[2J\x1b[31m", "\u202e\u2066"


def raw_zip(files: list[tuple[bytes, bytes]], mode: int = 0o100644) -> bytes:
    """Write a zip whose names and modes nothing is asked of, otherwise in the form of a pack."""
    body, directory = io.BytesIO(), io.BytesIO()
    for name, held in files:
        at, crc = body.tell(), zlib.crc32(held)
        body.write(
            RAW.pack(b"PK\x03\x04", 20, 0, 0, 0, 33, crc, len(held), len(held), len(name), 0) + name + held
        )
        central = struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", (3 << 8) | 20, 20, 0, 0, 0, 33, crc, len(held), len(held), len(name),
            0, 0, 0, 0, mode << 16, at,
        )  # fmt: skip
        directory.write(central + name)
    end = struct.pack(
        "<4s4H2IH", b"PK\x05\x06", 0, 0, len(files), len(files), directory.tell(), body.tell(), 0
    )
    return body.getvalue() + directory.getvalue() + end


def files_of(made: Made) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), held) for name, held in sorted(made.files.items())]


def inserted(made: Made, name: bytes) -> bytes:
    return raw_zip(sorted([*files_of(made), (name, b"x")]))


@pytest.mark.parametrize(
    "name",
    [
        b"../out.txt", b"/etc/passwd", b"bag/../../out", b"C:/Windows/x", b"bag\\data\\x", b"bag/data/CON",
        b"bag/data/nul.txt", b"bag/data/x.", b"BAG/data/report.html", "bag/data/re\u0301sume\u0301".encode(),
        "bag/data/r\u00e9sum\u00e9".encode(), b"bag/data/report.html/x", b"bag/data/x\x1b[2J", b"bag/data/\x00",
        b"bag/data/" + b"x" * 300, b"bag/data//x",
    ],
)  # fmt: skip
def test_a_name_that_leads_out_collides_or_deceives_is_refused(
    made: Made, name: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "m.zip"
    path.write_bytes(inserted(made, name))
    verification = verify_pack(path)
    assert [each.name for each in verification.checks] == ["zip"]
    assert "\x1b" not in verification.checks[0].detail
    with pytest.raises(UnopenablePackError):
        open_pack(path)


def test_the_writer_of_these_zips_writes_what_is_accepted_otherwise(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "m.zip"
    path.write_bytes(raw_zip(files_of(made)))
    assert verify_pack(path, allowed_signers=signers_file(tmp_path)).verified


@pytest.mark.parametrize(
    "mode", [0o120777, 0o104755, 0o040755, 0o100755], ids=["link", "setuid", "folder", "program"]
)
def test_a_link_a_folder_and_a_program_are_refused(made: Made, mode: int, tmp_path: Path) -> None:
    path = tmp_path / "m.zip"
    path.write_bytes(raw_zip(files_of(made), mode))
    assert list(failed(verify_pack(path))) == ["zip"]


@pytest.mark.parametrize(
    "fill",
    [
        lambda archive: archive.writestr("bag/data/bomb", b"0" * 10**8, zipfile.ZIP_DEFLATED),
        lambda archive: archive.writestr("bag/data/bomb", b"0" * 10**6, zipfile.ZIP_BZIP2),
        lambda archive: archive.writestr("bag/data/bomb", b"0" * 10**6, zipfile.ZIP_LZMA),
    ],
    ids=["deflate", "bzip2", "lzma"],
)
def test_a_bomb_is_refused_before_a_byte_of_it_is_unpacked(
    fill: Callable[[zipfile.ZipFile], None], tmp_path: Path
) -> None:
    path = tmp_path / "m.zip"
    with zipfile.ZipFile(path, "w") as archive:
        fill(archive)
    assert list(failed(verify_pack(path))) == ["zip"]


def test_two_directories_and_a_zip_within_the_end_are_refused(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "m.zip"
    good = b"".join(write_zip(made.files))
    for odd in (good + good, b"x" + good, good[:-2] + b"\x05\x00hello", good + raw_zip([(b"a", b"b")])):
        path.write_bytes(odd)
        assert list(failed(verify_pack(path))) == ["zip"]


# JSON, signed by somebody with a key


def _first(said: dict) -> str:
    return said["assessment-results"]["results"][0]["uuid"]


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


@pytest.mark.parametrize(
    "name", [layout.ASSESSMENT, layout.OSCAL, layout.POAM, layout.CONSISTENCY, layout.INCLUSION]
)
def test_json_that_is_nested_deeply_is_refused_with_its_file(made: Made, name: str) -> None:
    found = failed(made.with_file(f"{PAYLOAD}{name}", nested(100_000)).sealed_again().verify())
    assert any(name in detail for detail in found.values()), found


@pytest.mark.parametrize("name", [layout.ASSESSMENT, layout.OSCAL, layout.POAM])
def test_json_that_is_too_long_is_not_parsed(made: Made, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "MOST_JSON", len(made.files[f"{PAYLOAD}{name}"]) - 1)
    assert any(f"{name} is longer" in detail for detail in failed(made.verify()).values())


def test_a_file_that_is_too_long_is_not_read(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "MOST_BYTES", len(made.files["bag/tagmanifest-sha256.txt"]) - 1)
    assert "is longer than" in str(failed(made.verify()))


def test_a_body_that_is_nested_deeply_is_not_parsed_and_the_pack_not_opened(made: Made) -> None:
    name = f"{EVIDENCE}111122223333/global/organizations.account.jsonl"

    def deepen(held: bytes) -> bytes:
        first, *rest = held.splitlines()
        entry = read_line(first)
        odd = ShownEntry(statement=entry.statement, body=nested(50_000), leaf=entry.leaf)
        return line(odd) + b"".join(each + b"\n" for each in rest)

    odd = made.change(name, deepen).sealed_again()
    assert list(failed(odd.verify())) == ["redactions"]
    with pytest.raises(UnopenablePackError):
        open_pack(odd.write())


# Wrong in one way, signed again


@pytest.mark.parametrize(
    ("file", "change", "check"),
    [
        (layout.OSCAL, lambda said: said["assessment-results"]["metadata"].update({"oscal-version": "1.0"}), "OSCAL"),
        (layout.OSCAL, lambda said: said["assessment-results"].update(uuid=_first(said)), "OSCAL"),
        (layout.POAM, lambda said: said["plan-of-action-and-milestones"]["observations"].pop(), "OSCAL"),
        (layout.CONSISTENCY, lambda said: said["earlier"][0].update(root="00" * 32), "checkpoint"),
        (layout.CONSISTENCY, lambda said: said["earlier"][0].update(root="0<" * 32), "checkpoint"),
        (layout.CONSISTENCY, lambda said: said["earlier"][0].update(proof=[]), "checkpoint"),
        (layout.INCLUSION, lambda said: said.update(absent=[[2, 1, ["00" * 32]]]), "inclusion"),
        (layout.ASSESSMENT, lambda said: said.update(profile="auditor"), "redactions"),
    ],
)  # fmt: skip
def test_what_does_not_hold_together_is_found(
    made: Made, file: str, change: Callable[[dict], object], check: str
) -> None:
    assert list(failed(made.change_json(file, change).sealed_again().verify())) == [check]


def test_evidence_that_is_named_and_not_there_is_found(made: Made) -> None:
    name = f"{EVIDENCE}222233334444/eu-west-2/bedrock.data_retention.jsonl"
    assert "is not in the pack" in failed(made.without(name).sealed_again().verify())["OSCAL"]


# Hostile text in every field


def test_hostile_text_in_a_detail_is_inert_in_a_terminal(made: Made) -> None:
    def change(said: dict) -> None:
        said["findings"][0].update(control=f"{ANSI}{BIDI}", evidence=[99])

    detail = failed(made.change_json(layout.ASSESSMENT, change).sealed_again().verify())["assessment"]
    assert "\\u001b[2J" in detail
    assert not [each for each in detail if not each.isprintable()]


@pytest.mark.parametrize("profile", list(Profile))
def test_hostile_text_everywhere_is_packed_verified_and_opened_and_moves_nothing(
    tmp_path: Path, profile: Profile
) -> None:
    odd = f"=HYPERLINK(1) <script>{ANSI}{BIDI} #panic() $x$ ]] {{{{ 7*7 }}}} {{% x %}} '\"&\u0000\ud800"
    planned = dict(steps())
    planned[Step("organizations.account", MANAGEMENT)] = [
        ("111122223333", {"Id": odd, "Name": odd, "Email": odd, "Status": odd, odd: [odd, {odd: odd}]})
    ]
    with make_store(tmp_path) as store:
        clean = odd.replace("\ud800", "")
        planned = {step: _clean(seen) for step, seen in planned.items()}
        refresh_id = refresh(store, planned)
        store.add_deed(DeedKind.NOTE, clean, {
            "control": clean, "account_id": "111122223333", "region": clean, "subject": clean, "words": clean,
        })  # fmt: skip
        from unit.reports.estate import Estate  # noqa: PLC0415 - beside its use

        made = Estate(store, tmp_path, refresh_id, judge(store, refresh_id))
        pack = made.export("odd.zip", profile=profile, purpose=clean, organisation_name=clean)
    verification = verify_pack(pack.path, allowed_signers=signers_file(tmp_path))
    assert verification.verified, failed(verification)
    desk = open_pack(pack.path)
    assert not [each for each in desk.banner if not each.isprintable()]
    for name, held in Made.of(pack.path, tmp_path).files.items():
        if name.endswith((".html", ".csv", ".txt")):
            text = held.decode()
            assert not [each for each in text if each not in "\r\n" and not each.isprintable()], name


def _clean(seen: object) -> object:
    return json.loads(json.dumps(seen).replace("\\ud800", "")) if isinstance(seen, list) else seen


# Every byte


@pytest.mark.nightly
@pytest.mark.timeout(3600)
def test_no_byte_of_thousands_can_be_another(made: Made) -> None:
    path = made.write()
    content, signers, random = path.read_bytes(), signers_file(made.folder), Random(9)
    places = {random.randrange(len(content)) for _ in range(4_000)}
    for name in (layout.SIGNATURE, f"{layout.BAG}{MANIFEST}", f"{PAYLOAD}{layout.CHECKPOINT}"):
        start = content.index(made.files[name][:64])
        places |= set(range(start, start + min(len(made.files[name]), 400)))
    for place in sorted(places):
        path.write_bytes(
            content[:place] + bytes([content[place] ^ random.randrange(1, 256)]) + content[place + 1 :]
        )
        assert not verify_pack(path, allowed_signers=signers).verified, place


# Wherever and whenever it is made

_BUILD = """\
import os, sys, tempfile
from pathlib import Path
from console.services.typesetting import typesetter
from console.reports.redaction_rules import Profile
from unit.reports.people_estate import make_peopled
with tempfile.TemporaryDirectory() as folder:
    made = make_peopled(Path(folder))
    with made.store:
        for profile in Profile:
            typeset = typesetter(os.environ) if profile is Profile.AUDITOR else None
            pack = made.export(f"{profile}.zip", profile=profile, typeset=typeset)
            print(pack.id, __import__("hashlib").sha256(pack.path.read_bytes()).hexdigest())
"""


def test_two_builds_in_other_zones_locales_and_hash_seeds_are_the_same_bytes() -> None:
    import os  # noqa: PLC0415 - beside its use

    said = []
    for zone, locale, seed in (("Pacific/Auckland", "C", "1"), ("America/New_York", "C.UTF-8", "4242")):
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed}
        environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
        made = subprocess.run(
            [sys.executable, "-c", _BUILD],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        said.append(made.stdout)
    assert said[0] == said[1]
    assert len(set(said[0].split())) == 6


def test_a_pack_is_signed_by_the_key_that_keeps_the_ledger(made: Made) -> None:
    assert SIGNER.public.fingerprint in made.files[layout.README].decode()
    assert canonical({}) == b"{}"
    assert f"{layout.BAG}{DATA}" == PAYLOAD
