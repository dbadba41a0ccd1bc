import base64
import copy
import os
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.vault.wrapping import (
    DEFAULT_COST,
    Cost,
    WeakPassphraseError,
    Wrapping,
    WrongPassphraseError,
)

LIGHT = Cost(n=2, r=1, p=1)
PHRASE = "four unrelated words"
SECRET = b"the secret itself"


def wrapped(secret: bytes = SECRET, phrase: str = PHRASE) -> dict[str, Any]:
    return Wrapping.new(lambda: phrase, os.urandom, LIGHT).wrap({"place": "passphrase"}, secret)


def unwrapped(document: dict[str, Any], phrase: str = PHRASE) -> bytes:
    return Wrapping.opened(document, lambda: phrase, os.urandom).unwrap(document)


@given(st.binary(max_size=100), st.text(st.characters(codec="utf-8"), min_size=12, max_size=20))
def test_the_passphrase_gives_the_secret_back(secret: bytes, phrase: str) -> None:
    assert unwrapped(wrapped(secret, phrase), phrase) == secret


def test_the_derived_key_is_scrypts() -> None:
    fixed = Wrapping.new(lambda: "pleaseletmein", lambda _: b"SodiumChloride", Cost(n=16384, r=8, p=1))
    assert fixed._key.hex() == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"


def test_the_default_work_is_what_owasp_asks_or_more() -> None:
    assert (DEFAULT_COST.n, DEFAULT_COST.r, DEFAULT_COST.p) == (2**17, 8, 1)


def test_neither_secret_nor_passphrase_is_in_the_document_or_in_repr() -> None:
    wrapping = Wrapping.new(lambda: PHRASE, os.urandom, LIGHT)
    document = wrapping.wrap({}, SECRET)
    sealed = base64.b64decode(document["sealed"])
    for shown in (repr(document), repr(wrapping), str(wrapping)):
        assert PHRASE not in shown
        assert SECRET.decode() not in shown
        assert wrapping._key.hex() not in shown
        assert repr(wrapping._key) not in shown
    assert SECRET not in sealed


def test_each_sealing_takes_a_new_nonce() -> None:
    wrapping = Wrapping.new(lambda: PHRASE, os.urandom, LIGHT)
    assert wrapping.wrap({}, SECRET)["nonce"] != wrapping.wrap({}, SECRET)["nonce"]


@pytest.mark.parametrize("phrase", ["", "eleven char"])
def test_a_short_passphrase_is_refused_with_a_remedy(phrase: str) -> None:
    with pytest.raises(WeakPassphraseError) as refused:
        Wrapping.new(lambda: phrase, os.urandom, LIGHT)
    assert "12 characters" in refused.value.remedy


def test_a_wrong_passphrase_is_refused_with_a_remedy() -> None:
    with pytest.raises(WrongPassphraseError, match="does not open") as refused:
        unwrapped(wrapped(), PHRASE + "!")
    assert "Type the passphrase again" in refused.value.remedy


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("place", "keyring"),
        ("cipher", "none"),
        ("nonce", base64.b64encode(b"0" * 12).decode()),
        ("nonce", ""),
        ("salt", base64.b64encode(b"0" * 16).decode()),
        ("sealed", base64.b64encode(b"0" * 40).decode()),
        ("sealed", ""),
        ("added", 1),
        ("added", "\ud800"),
    ],
)
def test_a_changed_member_is_noticed(member: str, value: object) -> None:
    with pytest.raises(WrongPassphraseError):
        unwrapped({**wrapped(), member: value})


@pytest.mark.parametrize("member", ["salt", "nonce", "sealed"])
@pytest.mark.parametrize("value", [None, 7, "not base64!", "é"])
def test_a_member_that_cannot_be_read_is_named(member: str, value: object) -> None:
    document = wrapped()
    if value is None:
        del document[member]
    else:
        document[member] = value
    with pytest.raises(WrongPassphraseError, match=rf"{member} cannot be read|does not open"):
        unwrapped(document)


@pytest.mark.parametrize(
    ("kdf", "said"),
    [
        (None, "names no way"),
        ("scrypt", "names no way"),
        ({"name": "pbkdf2", "n": 2, "r": 1, "p": 1}, "names no way"),
        ({"name": "scrypt", "r": 1, "p": 1}, "n is out of bounds"),
        ({"name": "scrypt", "n": "2", "r": 1, "p": 1}, "n is out of bounds"),
        ({"name": "scrypt", "n": 0, "r": 1, "p": 1}, "n is out of bounds"),
        ({"name": "scrypt", "n": 2**21, "r": 1, "p": 1}, "n is out of bounds"),
        ({"name": "scrypt", "n": 2, "r": 17, "p": 1}, "r is out of bounds"),
        ({"name": "scrypt", "n": 2, "r": 1, "p": 9}, "p is out of bounds"),
        ({"name": "scrypt", "n": 2, "r": 1, "p": -1}, "p is out of bounds"),
        ({"name": "scrypt", "n": 3, "r": 1, "p": 1}, "power of two"),
        ({"name": "scrypt", "n": 1, "r": 1, "p": 1}, "power of two"),
        ({"name": "scrypt", "n": 2**17, "r": 1, "p": 1}, "more memory"),
    ],
)
def test_a_key_file_may_not_ask_for_any_work_it_likes(kdf: object, said: str) -> None:
    with pytest.raises(WrongPassphraseError, match=said):
        unwrapped({**wrapped(), "kdf": kdf})


def test_a_changed_cost_does_not_open() -> None:
    document = copy.deepcopy(wrapped())
    document["kdf"]["n"] = 4
    with pytest.raises(WrongPassphraseError, match="does not open"):
        unwrapped(document)
