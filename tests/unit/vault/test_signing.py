import base64
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.vault.signing import BadSignatureError, SigningKey, VerifyKey

SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
SIGNED_NOTHING = (
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
    "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
)
"""The first test vector of RFC 8032, section 7.1."""


def test_a_signature_is_that_of_the_rfc() -> None:
    key = SigningKey(SEED)
    assert key.public.raw.hex() == PUBLIC
    assert key.sign(b"").hex() == SIGNED_NOTHING
    key.public.verify(b"", bytes.fromhex(SIGNED_NOTHING))


@given(st.binary(max_size=200), st.integers(0, 511))
def test_a_changed_bit_of_message_or_signature_is_refused(message: bytes, bit: int) -> None:
    key = SigningKey(SEED)
    signature = bytearray(key.sign(message))
    key.public.verify(message, bytes(signature))
    with pytest.raises(BadSignatureError):
        key.public.verify(message + b"x", bytes(signature))
    signature[bit // 8] ^= 1 << bit % 8
    with pytest.raises(BadSignatureError, match="does not match"):
        key.public.verify(message, bytes(signature))


def test_another_key_does_not_verify() -> None:
    with pytest.raises(BadSignatureError):
        SigningKey.generate().public.verify(b"m", SigningKey(SEED).sign(b"m"))


def test_a_new_key_is_new() -> None:
    assert SigningKey.generate() != SigningKey.generate()


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_seed_of_another_length_is_no_key(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        SigningKey(bytes(size))


def test_a_private_key_does_not_show_itself() -> None:
    key = SigningKey(SEED)
    assert repr(key) == str(key) == "SigningKey()"


def test_the_ssh_forms_are_those_of_ssh_keygen(tmp_path: Path) -> None:
    public = VerifyKey(bytes.fromhex(PUBLIC))
    assert public.blob == b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + public.raw
    assert public.openssh == "ssh-ed25519 " + base64.b64encode(public.blob).decode()
    file = tmp_path / "key.pub"
    file.write_text(public.openssh + "\n")
    said = subprocess.run(["ssh-keygen", "-l", "-f", str(file)], capture_output=True, text=True, check=True)
    assert said.stdout.split()[:2] == ["256", public.fingerprint]
