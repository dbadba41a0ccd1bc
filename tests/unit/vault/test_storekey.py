import pytest

from console.vault.storekey import StoreKey


def test_a_key_is_made_of_the_randomness_it_is_given() -> None:
    assert StoreKey.generate(lambda count: bytes(range(count))).raw == bytes(range(32))


def test_two_new_keys_differ() -> None:
    assert StoreKey.generate() != StoreKey.generate()


def test_hexadecimal_leads_back_to_the_key() -> None:
    key = StoreKey.generate()
    assert StoreKey.from_hex(key.hex()) == key


@pytest.mark.parametrize("text", ["", "00" * 31, "00" * 33, "zz" * 32])
def test_anything_but_thirty_two_bytes_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"32 bytes|hexadecimal"):
        StoreKey.from_hex(text)


def test_a_key_does_not_show_itself() -> None:
    key = StoreKey.generate()
    assert repr(key) == str(key) == f"{key}" == "StoreKey()"
