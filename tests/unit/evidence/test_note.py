import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stores
from console.evidence.note import BadCheckpointError, SignedTree, key_id, sign_note, verify_note
from console.vault.signing import SigningKey, VerifyKey

ORIGIN = "bedrock-console/00ff"
ROOT = bytes(range(32))
NOTE = sign_note(ORIGIN, 1234, ROOT, stores.SIGNER)
PUBLIC = stores.SIGNER.public


def test_a_note_has_the_form_of_a_checkpoint() -> None:
    text, signature = NOTE.split("\n\n")
    assert text.split("\n") == [ORIGIN, "1234", base64.b64encode(ROOT).decode()]
    mark, name, encoded = signature.rstrip("\n").split(" ")
    assert (mark, name) == ("—", ORIGIN)
    raw = base64.b64decode(encoded)
    assert raw[:4] == key_id(ORIGIN, PUBLIC)
    PUBLIC.verify((text + "\n").encode(), raw[4:])


def test_the_key_id_is_that_of_the_specifications_example() -> None:
    name, encoded = "PeterNeumann", "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    raw = base64.b64decode(encoded)
    assert raw[0] == 1
    assert key_id(name, VerifyKey(raw[1:])).hex() == "c74f20a3"


def test_the_specifications_example_verifies_up_to_its_text() -> None:
    note = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    raw = base64.b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[1:]
    text, _, line = note.rpartition("\n\n")
    VerifyKey(raw).verify((text + "\n").encode(), base64.b64decode(line.split(" ")[2])[4:])
    with pytest.raises(BadCheckpointError, match="not a signed checkpoint"):
        verify_note(note, VerifyKey(raw))


def test_a_note_says_what_was_signed() -> None:
    assert verify_note(NOTE, PUBLIC) == SignedTree(origin=ORIGIN, tree_size=1234, root=ROOT.hex())


def test_a_witness_may_add_its_own_line() -> None:
    other = sign_note(ORIGIN, 1234, ROOT, SigningKey(bytes(32))).split("\n\n")[1]
    witness = "— witness.example/w " + base64.b64encode(b"1234" + b"x" * 72).decode() + "\n"
    assert verify_note(NOTE + other + witness, PUBLIC).tree_size == 1234


def test_a_signature_under_another_ledgers_name_is_none_of_this_one() -> None:
    text, signature = NOTE.split("\n\n")
    renamed = signature.replace(ORIGIN, "bedrock-console/ff00")
    with pytest.raises(BadCheckpointError, match="not signed by the key"):
        verify_note(f"{text}\n\n{renamed}", PUBLIC)


def test_another_key_is_named() -> None:
    with pytest.raises(BadCheckpointError, match="not signed by the key") as refused:
        verify_note(NOTE, SigningKey(bytes(32)).public)
    assert "restore the newest backup" in refused.value.remedy


@given(st.integers(0, len(NOTE) - 1), st.characters(codec="utf-8"))
def test_a_note_with_another_character_says_nothing(at: int, put: str) -> None:
    altered = NOTE[:at] + put + NOTE[at + 1 :]
    try:
        said = verify_note(altered, PUBLIC)
    except BadCheckpointError:
        return
    assert said == verify_note(NOTE, PUBLIC)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n\n",
        NOTE.split("\n\n")[0],
        NOTE.split("\n\n")[0] + "\n\n",
        "\n\n" + NOTE.split("\n\n")[1],
        NOTE.replace("—", "-"),
        NOTE.replace("— ", "—"),
        NOTE.replace("1234", "01234"),
        NOTE.replace("1234", "-1"),
        NOTE.replace("1234", "many"),
        NOTE.replace("1234", "1235"),
        NOTE.replace("1234", "١٢٣٤"),
        NOTE.replace("\n1234\n", "\n1234\n1234\n"),
        NOTE.replace(base64.b64encode(ROOT).decode(), base64.b64encode(ROOT[1:]).decode()),
        NOTE.replace(base64.b64encode(ROOT).decode(), base64.b64encode(ROOT[::-1]).decode()),
        NOTE.replace(base64.b64encode(ROOT).decode(), "?"),
        NOTE.replace(ORIGIN, "bedrock-console/00fe"),
        NOTE.replace(ORIGIN, "bedrock-console/00fe", 1),
    ],
)
def test_what_is_not_the_signed_text_is_refused(note: str) -> None:
    with pytest.raises(BadCheckpointError):
        verify_note(note, PUBLIC)
