from pathlib import Path

import pytest

from console.vault.unlocking import (
    UnlockingFileError,
    check_passphrase,
    has_passphrase,
    remove_passphrase,
    set_passphrase,
    unlocking_file,
)
from console.vault.wrapping import Cost, WeakPassphraseError, WrongPassphraseError

CHEAP = Cost(n=2**10)
RIGHT = "four unrelated words here"


def test_the_passphrase_lets_in_and_no_other_does(tmp_path: Path) -> None:
    store = tmp_path / "evidence.db"
    assert not has_passphrase(store)
    set_passphrase(store, lambda: RIGHT, cost=CHEAP)
    assert has_passphrase(store)
    check_passphrase(store, lambda: RIGHT)
    with pytest.raises(WrongPassphraseError):
        check_passphrase(store, lambda: RIGHT + "!")
    assert RIGHT.encode() not in unlocking_file(store).read_bytes()
    assert unlocking_file(store).stat().st_mode & 0o077 == 0
    remove_passphrase(store)
    remove_passphrase(store)
    assert not has_passphrase(store)


def test_a_short_one_is_refused_and_the_old_one_stays(tmp_path: Path) -> None:
    store = tmp_path / "evidence.db"
    set_passphrase(store, lambda: RIGHT, cost=CHEAP)
    with pytest.raises(WeakPassphraseError):
        set_passphrase(store, lambda: "short", cost=CHEAP)
    check_passphrase(store, lambda: RIGHT)


@pytest.mark.parametrize("content", [None, b"{", b"[]", b'{"purpose":"something else"}'])
def test_a_file_that_is_gone_or_damaged_lets_nobody_in(tmp_path: Path, content: bytes | None) -> None:
    store = tmp_path / "evidence.db"
    if content is not None:
        unlocking_file(store).write_bytes(content)
    with pytest.raises(UnlockingFileError):
        check_passphrase(store, lambda: RIGHT)
