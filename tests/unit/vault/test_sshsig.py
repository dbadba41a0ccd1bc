"""OpenSSH itself is the judge; what it accepts we accept, and what we write it accepts."""

import base64
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.vault.signing import BadSignatureError, SigningKey
from console.vault.sshsig import AllowedSigner, BadSignersError, read_signers, sign_message, verify_message

KEY = SigningKey(bytes(range(32)))
OTHER = SigningKey(bytes(range(1, 33)))
MESSAGE = b"every account was read\n"
SPACE = "bedrock-console-pack"


def ssh_keygen(*arguments: str, message: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["ssh-keygen", "-Y", *arguments], input=message, capture_output=True, check=False, timeout=60
    )


def judged(
    folder: Path, message: bytes, armoured: str, *, signer: SigningKey = KEY, space: str = SPACE
) -> bool:
    signers, signature = folder / "allowed", folder / "signature"
    signers.write_text(AllowedSigner("bedrock-console", signer.public, (SPACE,)).line())
    signature.write_text(armoured)
    arguments = ("-f", str(signers), "-I", "bedrock-console", "-n", space, "-s", str(signature))
    return ssh_keygen("verify", *arguments, message=message).returncode == 0


def reason(armoured: str, message: bytes = MESSAGE) -> str:
    with pytest.raises(BadSignatureError) as caught:
        verify_message(message, armoured, SPACE)
    return str(caught.value)


def changed(old: bytes, new: bytes) -> str:
    """Return a signature with a part of its blob replaced, in good armour."""
    lines = sign_message(MESSAGE, KEY, SPACE).splitlines()
    blob = base64.b64decode("".join(lines[1:-1]))
    assert old in blob
    text = base64.b64encode(blob.replace(old, new, 1)).decode()
    return "\n".join([lines[0], *(text[at : at + 70] for at in range(0, len(text), 70)), lines[-1], ""])


def test_openssh_verifies_what_we_sign(tmp_path: Path) -> None:
    armoured = sign_message(MESSAGE, KEY, SPACE)
    assert judged(tmp_path, MESSAGE, armoured)
    assert not judged(tmp_path, MESSAGE + b"!", armoured)
    assert not judged(tmp_path, MESSAGE, armoured, signer=OTHER)
    assert not judged(tmp_path, MESSAGE, armoured, space="file")


def test_we_verify_what_openssh_signs(tmp_path: Path) -> None:
    key, message = tmp_path / "key", tmp_path / "message"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True, timeout=60)
    message.write_bytes(MESSAGE)
    signed = ssh_keygen("sign", "-f", str(key), "-n", SPACE, str(message))
    assert signed.returncode == 0, signed.stderr
    armoured = (tmp_path / "message.sig").read_text()
    found = verify_message(MESSAGE, armoured, SPACE)
    assert found.openssh == " ".join(key.with_suffix(".pub").read_text().split()[:2])


@given(st.binary(max_size=200))
def test_a_signature_tells_its_key_and_is_the_same_each_time(message: bytes) -> None:
    armoured = sign_message(message, KEY, SPACE)
    assert armoured == sign_message(message, KEY, SPACE)
    assert verify_message(message, armoured, SPACE) == KEY.public


def test_no_character_of_a_signature_can_be_another() -> None:
    armoured = sign_message(MESSAGE, KEY, SPACE)
    for place, character in enumerate(armoured):
        other = "B" if character == "A" else "A"
        assert reason(armoured[:place] + other + armoured[place + 1 :])


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"SSHSIG\x00\x00\x00\x01", b"SSHSIG\x00\x00\x00\x02", "version 1"),
        (b"bedrock-console-pack", b"bedrock-console-peck", "another namespace"),
        (b"sha512", b"sha256", "another hash"),
        (b"\x00\x00\x00\x00\x00\x00\x00\x06sha512", b"\x00\x00\x00\x01x\x00\x00\x00\x06sha512", "reserved"),
        (b"\x33\x00\x00\x00\x0bssh-ed25519", b"\x33\x00\x00\x00\x0bssh-ed25518", "its key"),
        (b"\x53\x00\x00\x00\x0bssh-ed25519", b"\x53\x00\x00\x00\x0bssh-ed25518", "not an Ed25519"),
        (b"\x00\x00\x00\x53", b"\x00\x00\x00\x54", "cut short"),
        (b"\x00\x00\x00\x53", b"\x00\x00\x00\x01\x00\x00\x00\x00\x53", "five fields"),
    ],
)  # fmt: skip
def test_a_signature_of_another_form_is_refused(old: bytes, new: bytes, why: str) -> None:
    assert why in reason(changed(old, new))


@pytest.mark.parametrize("text", ["", "not a signature", "-----BEGIN SSH SIGNATURE-----\n*\n", "é"])
def test_what_is_no_signature_is_refused(text: str) -> None:
    assert "SSH signature is not" in reason(text)


def test_armour_in_another_width_is_refused() -> None:
    first, *lines, last = sign_message(MESSAGE, KEY, SPACE).splitlines()
    assert "in the form" in reason("\n".join([first, "".join(lines), last, ""]))


def test_a_line_of_allowed_signers_is_read_as_it_was_written() -> None:
    line = AllowedSigner("bedrock-console", KEY.public, (SPACE,))
    assert read_signers("# who\n\n" + line.line()) == (line,)
    anything = AllowedSigner("a,b", KEY.public)
    assert read_signers(anything.line()) == (anything,)


@pytest.mark.parametrize(
    ("namespaces", "allowed"),
    [((), True), ((SPACE,), True), (("file", "bedrock-*"), True), (("file",), False)],
)
def test_a_signer_signs_only_what_the_line_says(namespaces: tuple[str, ...], allowed: bool) -> None:  # noqa: FBT001
    line = AllowedSigner("bedrock-console", KEY.public, namespaces)
    assert line.allows(KEY.public, SPACE) is allowed
    assert not line.allows(OTHER.public, SPACE)


def test_lines_with_other_types_of_key_are_passed_over() -> None:
    assert read_signers("a ssh-rsa AAAA\nb sk-ssh-ed25519@openssh.com AAAA\n") == ()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("someone ssh-ed25519", "no principal, type and key"),
        ('someone namespaces="file" ssh-ed25519', "it has no key"),
        (
            f'someone valid-before="20200101" {KEY.public.openssh}',
            "'valid-before=20200101' is not understood",
        ),
        (f"someone cert-authority {KEY.public.openssh}", "not understood"),
        ("someone ssh-ed25519 ****", "not base64"),
        ("someone ssh-ed25519 AAAA", "cut short"),
        ("someone ssh-ed25519 AAAAAA==", "not an Ed25519 key"),
        ('someone "ssh-ed25519', "quotation"),
    ],
)
def test_a_line_that_is_not_understood_is_refused_by_number(line: str, why: str) -> None:
    with pytest.raises(BadSignersError) as caught:
        read_signers(f"# first\n{line}\n")
    assert "line 2 of the allowed signers" in str(caught.value)
    assert why in str(caught.value)
