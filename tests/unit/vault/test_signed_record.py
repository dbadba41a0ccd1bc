import pytest

from console.base.canonical import canonical
from console.vault.signed_record import KEY, sign_record, verify_record
from console.vault.signing import BadSignatureError, SigningKey
from console.vault.sshsig import sign_message

MINE, THEIRS = SigningKey.generate(), SigningKey.generate()
RECORD = {KEY: MINE.public.openssh, "statement": "It is so"}


def test_a_record_is_signed_by_the_key_that_it_names() -> None:
    assert verify_record(RECORD, sign_record(RECORD, MINE, "n"), "n").openssh == MINE.public.openssh
    with pytest.raises(ValueError, match="names the key"):
        sign_record(RECORD, THEIRS, "n")


def test_a_record_that_names_another_key_than_its_signers_is_not_believed() -> None:
    with pytest.raises(BadSignatureError, match="another key"):
        verify_record(RECORD, sign_message(canonical(RECORD), THEIRS, "n"), "n")


def test_a_changed_record_is_not_believed() -> None:
    armoured = sign_record(RECORD, MINE, "n")
    with pytest.raises(BadSignatureError):
        verify_record({**RECORD, "statement": "It is not so"}, armoured, "n")
