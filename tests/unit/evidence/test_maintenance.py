"""Changes of a store's key and passphrase by two processes that know nothing of each other."""

from pathlib import Path

import pytest

import stores
from console.evidence.engine import connect, lock_writer
from console.evidence.errors import LockedError
from console.evidence.maintenance import change_key, change_passphrase, settle_key
from console.vault import keystore
from console.vault.keystore import KeptKeys
from console.vault.storekey import StoreKey
from console.vault.wrapping import Cost, WrongPassphraseError

CHEAP = Cost(n=2**10)
OLD, NEW = "four unrelated words", "four other words than these"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "evidence.db"
    keys = keystore.create_keys(path, backend=None, passphrase=lambda: OLD, cost=CHEAP).keys
    stores.create(path, keys.key, keys.signer).close()
    return path


def held(store: Path, passphrase: str = OLD) -> KeptKeys:
    return keystore.load_keys(store, backend=None, passphrase=lambda: passphrase)


def opens(store: Path, key: StoreKey) -> None:
    connect(store, key, read_only=True).close()


def test_a_change_of_passphrase_does_not_bring_back_a_key_that_another_process_changed(store: Path) -> None:
    mine, other = held(store), held(store)
    change_key(store, other, stores.OTHER_KEY)
    change_passphrase(store, mine, lambda: NEW, cost=CHEAP)
    assert held(store, NEW).keys.key == stores.OTHER_KEY
    opens(store, held(store, NEW).keys.key)


def test_a_change_of_key_does_not_bring_back_a_passphrase_that_another_process_changed(store: Path) -> None:
    mine, other = held(store), held(store)
    change_passphrase(store, other, lambda: NEW, cost=CHEAP)
    with pytest.raises(WrongPassphraseError):
        change_key(store, mine, stores.OTHER_KEY)
    opens(store, held(store, NEW).keys.key)


def test_while_another_process_changes_the_key_nobody_settles_it_or_changes_the_passphrase(
    store: Path,
) -> None:
    changing = held(store)
    lock = lock_writer(store)
    changing.propose(stores.OTHER_KEY)
    try:
        for act in (settle_key, lambda *given: change_passphrase(*given, lambda: NEW, cost=CHEAP)):
            with pytest.raises(LockedError):
                act(store, held(store))
    finally:
        lock.release()
    assert held(store).keys.candidates == changing.keys.candidates
    settle_key(store, changing)
    assert held(store).keys.candidates == changing.keys.candidates == (changing.keys.key,)
    opens(store, changing.keys.key)
