"""A real store under a passphrase and under a keyring, locked and unlocked."""

import gc
from pathlib import Path

import keyring.backend
import pytest

from console import bootstrap
from console.base.errors import ConsoleError
from console.bootstrap import LockedError, NeedsPassphraseError, Parts, Place, Unlocking, open_parts
from console.vault import keystore
from console.vault.storekey import StoreKey
from console.vault.unlocking import UnlockingFileError, unlocking_file
from console.vault.wrapping import WrongPassphraseError

RIGHT = "correct horse battery staple"
OWN = "a window of one's own"


class Ring(keyring.backend.KeyringBackend):
    """Keeps secrets in memory, as a trusted keyring would."""

    priority = 1
    held: dict[tuple[str, str], str]

    def get_password(self, service, username):
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        self.held[service, username] = password


def opened(folder: Path) -> Parts:
    return open_parts(Place(store=folder / "evidence.db"), environment={}, ask=lambda _: RIGHT)


@pytest.fixture
def with_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = Ring()
    ring.held = {}
    monkeypatch.setattr(keystore, "platform_keyring", lambda: ring)
    monkeypatch.setattr(keystore, "usable_keyring", lambda backend, _allowed=(): backend)


def keys_in_memory() -> list[StoreKey]:
    gc.collect()
    return [each for each in gc.get_objects() if isinstance(each, StoreKey)]


def test_a_locked_store_is_closed_has_no_key_and_opens_to_its_passphrase(tmp_path: Path) -> None:
    parts = opened(tmp_path)
    parts.exercise()
    key = parts.key.hex()
    assert parts.can_lock
    assert parts.unlocking is Unlocking.STORE
    parts.lock()
    assert key not in [each.hex() for each in keys_in_memory()]
    for act in (
        lambda: parts.key,
        lambda: parts.signer,
        parts.latest,
        lambda: parts.refresh_call(resume=False),
    ):
        with pytest.raises(LockedError):
            act()
    with pytest.raises(WrongPassphraseError):
        parts.unlock("something else entirely")
    with pytest.raises(LockedError):
        _ = parts.key
    parts.unlock(RIGHT)
    assert parts.key.hex() == key
    assert parts.latest() is not None
    parts.close()


def test_a_store_under_a_passphrase_gets_another_and_never_none(tmp_path: Path) -> None:
    parts = opened(tmp_path)
    key = parts.key.hex()
    with pytest.raises(NeedsPassphraseError):
        parts.give_passphrase("", RIGHT)
    parts.give_passphrase(OWN, "")
    assert not unlocking_file(tmp_path / "evidence.db").exists()
    parts.lock()
    with pytest.raises(WrongPassphraseError):
        parts.unlock(RIGHT)
    parts.unlock(OWN)
    assert parts.key.hex() == key
    parts.close()


@pytest.mark.usefixtures("with_ring")
def test_a_keyring_s_store_asks_for_the_passphrase_of_its_window(tmp_path: Path) -> None:
    parts = opened(tmp_path)
    assert parts.unlocking is Unlocking.NOTHING
    parts.give_passphrase(OWN, "")
    assert parts.unlocking is Unlocking.WINDOW
    parts.lock()
    with pytest.raises(WrongPassphraseError):
        parts.unlock("something else entirely")
    held = unlocking_file(tmp_path / "evidence.db").read_bytes()
    unlocking_file(tmp_path / "evidence.db").unlink()
    with pytest.raises(UnlockingFileError):
        parts.unlock(OWN)
    unlocking_file(tmp_path / "evidence.db").write_bytes(held)
    parts.unlock(OWN)
    assert parts.latest() is None
    with pytest.raises(WrongPassphraseError):
        parts.give_passphrase("", "something else entirely")
    parts.give_passphrase("", OWN)
    assert parts.unlocking is Unlocking.NOTHING
    parts.lock()
    parts.unlock("")
    parts.close()


def test_a_store_that_is_thrown_away_is_not_locked() -> None:
    with bootstrap.throw_away_parts(Place(), environment={}) as parts:
        assert not parts.can_lock
        parts.lock()
        with pytest.raises(ConsoleError):
            parts.unlock("")
