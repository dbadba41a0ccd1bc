"""Signatures beside a bag: what stock tools say of them, what we say, and that none changes the pack."""

import subprocess
import zipfile
from pathlib import Path

import pytest

from console.reports import layout
from console.reports.errors import BadSignerFileError, UnreadablePackError
from console.reports.signatures import Trusted, read_trusted, signatures
from console.reports.verify import Verification, verify_pack
from console.services import cosigning
from console.services.cosigning import BadTimeStampError, BrokenPackError
from console.vault.cms import BadAuthoritiesError, load_identity
from console.vault.sshsig import AllowedSigner
from unit.reports.certificates import Authority, make_authority
from unit.reports.estate import SIGNER, STRANGER
from unit.reports.tampering import Made, failed, signers_file

MESSAGE = "bag/tagmanifest-sha256.txt"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def officer(authority: Authority) -> Path:
    return authority.officer("officer")


@pytest.fixture
def pack(exported: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "pack.zip"
    copy.write_bytes(exported.read_bytes())
    return copy


def unpacked(pack: Path, folder: Path) -> Path:
    with zipfile.ZipFile(pack) as archive:
        archive.extractall(folder)
    return folder


def run(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", text], cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )


def readme_command(folder: Path, begins: str) -> str:
    lines = (folder / layout.README).read_text().splitlines()
    return next(line.strip() for line in lines if line.strip().startswith(begins))


def signer(verification: Verification) -> str:
    return next(each.detail for each in verification.checks if each.name == "signer")


@pytest.mark.parametrize("key", ["ec", "rsa"])
def test_openssl_verifies_a_signature_with_a_certificate_as_the_readme_says(
    authority: Authority, pack: Path, tmp_path: Path, key: str
) -> None:
    before = verify_pack(pack)
    identity = load_identity(authority.officer(f"officer-{key}", key=key), b"secret")
    name = cosigning.sign_with_certificate(pack, identity)
    folder = unpacked(pack, tmp_path / "out")
    (folder / "ca.pem").write_bytes(authority.ca.read_bytes())
    command = readme_command(folder, "openssl cms").replace("signatures/NAME.p7s", name)
    assert run(folder, command).returncode == 0, run(folder, command).stderr
    after = verify_pack(pack, authorities=authority.ca)
    assert after.verified
    assert after.pack_id == before.pack_id != ""
    assert f"CN=officer-{key} (vouched for by CN=Authority)" in signer(after)
    (folder / MESSAGE).write_bytes(b"other")
    assert run(folder, command).returncode != 0


def test_openssl_verifies_a_time_stamp_that_was_fetched_by_hand(
    authority: Authority, pack: Path, tmp_path: Path
) -> None:
    query, answer = tmp_path / "pack.tsq", tmp_path / "pack.tsr"
    cosigning.write_query(pack, query)
    assert "Hash Algorithm: sha256" in authority.run("ts", "-query", "-in", str(query), "-text")
    authority.stamp(query, answer)
    name, stamp = cosigning.attach_answer(pack, answer)
    assert stamp.authority == "CN=tsa"
    folder = unpacked(pack, tmp_path / "out")
    (folder / "tsa.pem").write_bytes(authority.ca.read_bytes())
    command = readme_command(folder, "openssl ts").replace("signatures/NAME.tsr", name)
    assert run(folder, command).returncode == 0, run(folder, command).stderr
    known = verify_pack(pack, allowed_signers=signers_file(tmp_path), authorities=authority.ca)
    (said,) = [each for each in known.checks if each.name == "time-stamp"]
    assert (known.verified, said.passed) == (True, True)
    assert "known as CN=tsa" in said.detail
    unknown = verify_pack(pack, allowed_signers=signers_file(tmp_path))
    (said,) = [each for each in unknown.checks if each.name == "time-stamp"]
    assert (unknown.verified, said.passed) == (True, None)
    assert "not given" in said.detail
    (folder / MESSAGE).write_bytes(b"other")
    assert run(folder, command).returncode != 0


def test_a_query_is_written_over_nothing_and_only_an_answer_to_it_is_attached(
    authority: Authority, pack: Path, tmp_path: Path
) -> None:
    query, answer = tmp_path / "other.tsq", tmp_path / "other.tsr"
    other = tmp_path / "other"
    other.write_bytes(b"something else")
    authority.run("ts", "-query", "-data", str(other), "-sha256", "-cert", "-out", str(query))
    authority.stamp(query, answer)
    with pytest.raises(BadTimeStampError, match="something else"):
        cosigning.attach_answer(pack, answer)
    with pytest.raises(BadTimeStampError):
        cosigning.attach_answer(pack, tmp_path / "none")
    with pytest.raises(UnreadablePackError):
        cosigning.write_query(pack, query)


def test_counter_signatures_of_every_sort_leave_the_pack_as_it_is(
    authority: Authority, officer: Path, pack: Path, tmp_path: Path
) -> None:
    before = verify_pack(pack)
    size = pack.stat().st_size
    name = cosigning.countersign(pack, STRANGER)
    cosigning.sign_with_certificate(pack, load_identity(officer, b"secret"))
    cosigning.countersign(pack, STRANGER)
    after = verify_pack(pack, allowed_signers=signers_file(tmp_path))
    assert after.verified
    assert after.pack_id == before.pack_id
    assert pack.stat().st_size > size
    assert "3 good for the tag manifest" in str(after)
    assert "signed by an unknown key, key " + STRANGER.public.fingerprint in signer(after)
    both = tmp_path / "both"
    both.write_text(AllowedSigner("sam@example", STRANGER.public, (layout.NAMESPACE,)).line())
    assert "signed by sam@example" in signer(verify_pack(pack, allowed_signers=both))
    folder = unpacked(pack, tmp_path / "out")
    said = run(
        folder, f"ssh-keygen -Y verify -f {both} -I sam@example -n {layout.NAMESPACE} -s {name} < {MESSAGE}"
    )
    assert 'Good "bedrock-console-pack" signature for sam@example' in said.stdout
    bags = verify_pack(pack, authorities=authority.ca)
    assert not [each for each in bags.checks if each.passed is False]


def test_whoever_is_in_the_pack_alone_is_an_unknown_key(pack: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text(AllowedSigner("a", STRANGER.public, (layout.NAMESPACE,)).line())
    found = verify_pack(pack, allowed_signers=other)
    assert list(failed(found)) == ["signer"]
    assert f"signed by an unknown key, key {SIGNER.public.fingerprint}" in signer(found)
    assert found.is_intact
    assert not found.verified


def test_an_authority_that_did_not_issue_it_and_a_certificate_out_of_its_time_vouch_for_nobody(
    officer: Path, pack: Path, tmp_path: Path, authority: Authority
) -> None:
    cosigning.sign_with_certificate(pack, load_identity(officer, b"secret"))
    other = make_authority(tmp_path / "other", "Other")
    assert "not among the signers" in failed(verify_pack(pack, authorities=other.ca))["signer"]
    assert verify_pack(pack, authorities=authority.ca).verified


@pytest.mark.parametrize("ending", ["p7s", "tsr", "sshsig"])
def test_a_signature_of_something_else_is_named_with_its_file(
    pack: Path, tmp_path: Path, ending: str
) -> None:
    name = layout.signature_name(b"x", ending)
    made = Made.of(pack, tmp_path).with_file(name, b"x")
    found = failed(made.verify())
    assert name in found["signature"]


@pytest.mark.parametrize(
    "name", ["signatures/tagmanifest-sha256.txt.p7s", "signatures/x.sshsig", "signatures/README"]
)
def test_a_file_of_another_name_beside_the_signatures_is_found(pack: Path, tmp_path: Path, name: str) -> None:
    made = Made.of(pack, tmp_path).with_file(name, b"x")
    assert failed(made.verify())["files"] == f"{name} is not listed"


def test_a_pack_that_is_not_intact_is_not_signed(made: Made) -> None:
    broken = made.with_file("bag/data/extra.txt").write()
    content = broken.read_bytes()
    with pytest.raises(BrokenPackError, match="extra"):
        cosigning.countersign(broken, STRANGER)
    assert broken.read_bytes() == content


def test_a_pack_that_is_none_is_not_signed_and_no_query_is_written(tmp_path: Path) -> None:
    none = tmp_path / "none.zip"
    with pytest.raises(UnreadablePackError):
        cosigning.write_query(none, tmp_path / "q")
    none.write_bytes(b"PK")
    with pytest.raises(UnreadablePackError):
        cosigning.write_query(none, tmp_path / "q")


def test_files_of_whom_one_knows_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSignerFileError):
        read_trusted(tmp_path / "none", None)
    with pytest.raises(BadAuthoritiesError):
        read_trusted(None, tmp_path / "none")
    assert read_trusted(None, None).is_nobody


def test_no_signatures_say_nothing() -> None:
    assert signatures([], b"", Trusted()) == []
