import json
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend
from keyring.compat.properties import classproperty

from console.vault.keystore import (
    ALLOWED,
    KeptKeys,
    KeyringError,
    KeysMissingError,
    NoPlaceForKeysError,
    StoreKeys,
    Where,
    create_keys,
    keys_file,
    load_keys,
    place_of,
    platform_keyring,
    usable_keyring,
)
from console.vault.storekey import StoreKey
from console.vault.wrapping import Cost, WeakPassphraseError, WrongPassphraseError

LIGHT = Cost(n=2, r=1, p=1)
PHRASE = "four unrelated words"


class Platform(keyring.backend.KeyringBackend):
    """A keyring like the platform's, in memory; `keyring` itself never chooses it."""

    @classproperty
    def priority(self) -> float:
        raise RuntimeError("for tests only")

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password


class Locked(Platform):
    """A keyring whose user dismissed the prompt."""

    def get_password(self, service: str, username: str) -> str | None:  # noqa: ARG002 - the port's shape
        raise keyring.errors.InitError("Prompt dismissed")

    def set_password(self, service: str, username: str, password: str) -> None:  # noqa: ARG002 - the port's shape
        raise keyring.errors.KeyringLocked("locked")


class Forgetful(Platform):
    """A keyring that says yes and keeps nothing it can give back."""

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password[:-1]


class PlaintextKeyring(Platform):
    """What an add-on installs: a keyring that is a readable file."""


class Chain(ChainerBackend):
    """A chain as `keyring` makes one, of given members."""

    backends: list[keyring.backend.KeyringBackend] = []  # noqa: RUF012 - the base class's own shape


def allowed(*kinds: type) -> tuple[str, ...]:
    return tuple(f"{kind.__module__}.{kind.__qualname__}" for kind in kinds)


TRUSTED = allowed(Platform, Locked, Forgetful)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "evidence.db"


def in_keyring(store: Path, backend: keyring.backend.KeyringBackend) -> KeptKeys:
    return create_keys(store, backend=backend, passphrase=None, allowed=TRUSTED)


def wrapped(store: Path, phrase: str = PHRASE) -> KeptKeys:
    return create_keys(store, backend=None, passphrase=lambda: phrase, cost=LIGHT)


def loaded(store: Path, backend: keyring.backend.KeyringBackend | None = None, phrase: str = "") -> KeptKeys:
    asked = (lambda: phrase) if phrase else None
    return load_keys(store, backend=backend, passphrase=asked, allowed=TRUSTED)


def every_byte(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_only_keyrings_of_a_log_in_are_on_the_list() -> None:
    assert {name.split(".")[2] for name in ALLOWED} == {
        "SecretService",
        "libsecret",
        "kwallet",
        "Windows",
        "macOS",
    }


@pytest.mark.parametrize(
    "backend",
    [fail.Keyring(), null.Keyring(), PlaintextKeyring(), Platform()],
    ids=lambda each: str(type(each)),
)
def test_no_other_class_is_trusted_even_under_a_trusted_name(
    backend: keyring.backend.KeyringBackend, store: Path
) -> None:
    assert usable_keyring(backend) is None
    with pytest.raises(NoPlaceForKeysError) as refused:
        create_keys(store, backend=backend, passphrase=None)
    assert "passphrase" in refused.value.remedy
    assert not keys_file(store).exists()
    assert getattr(backend, "held", {}) == {}


def test_a_subclass_of_a_trusted_keyring_is_not_trusted() -> None:
    assert usable_keyring(PlaintextKeyring(), allowed(Platform)) is None


def test_of_a_chain_the_first_trusted_member_is_used() -> None:
    chain, first, second = Chain(), Platform(), Platform()
    Chain.backends = [PlaintextKeyring(), first, second]
    assert usable_keyring(chain, TRUSTED) is first
    Chain.backends = [PlaintextKeyring(), fail.Keyring()]
    assert usable_keyring(chain, TRUSTED) is None


def test_the_platform_offers_a_keyring_or_one_that_fails() -> None:
    assert isinstance(platform_keyring(), keyring.backend.KeyringBackend)


def test_keys_go_to_a_trusted_keyring_and_come_back(store: Path) -> None:
    backend = Platform()
    kept = in_keyring(store, backend)
    assert kept.where is place_of(store) is Where.KEYRING
    assert loaded(store, backend).keys == kept.keys
    assert kept.keys.key.hex() not in every_byte(store.parent).decode()
    assert kept.keys.signer.raw.hex() not in every_byte(store.parent).decode()


def test_two_stores_have_keys_of_their_own_in_one_keyring(tmp_path: Path) -> None:
    backend = Platform()
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    assert in_keyring(one, backend).keys != in_keyring(two, backend).keys
    assert loaded(one, backend).keys != loaded(two, backend).keys
    assert len(backend.held) == 2


def test_a_passphrase_wraps_the_keys_in_a_private_file(store: Path) -> None:
    kept = wrapped(store)
    assert kept.where is place_of(store) is Where.PASSPHRASE
    assert loaded(store, phrase=PHRASE).keys == kept.keys
    assert keys_file(store).stat().st_mode & 0o777 == 0o600
    content = every_byte(store.parent)
    for secret in (kept.keys.key.raw, kept.keys.signer.raw):
        assert secret not in content
        assert secret.hex().encode() not in content
    assert PHRASE.encode() not in content


def test_an_untrusted_keyring_leaves_the_passphrase(store: Path) -> None:
    backend = PlaintextKeyring()
    kept = create_keys(store, backend=backend, passphrase=lambda: PHRASE, cost=LIGHT, allowed=TRUSTED)
    assert kept.where is Where.PASSPHRASE
    assert backend.held == {}


def test_a_short_passphrase_makes_no_file(store: Path) -> None:
    with pytest.raises(WeakPassphraseError):
        wrapped(store, "short")
    assert list(store.parent.iterdir()) == []


def test_a_key_file_is_never_replaced_by_a_new_store(store: Path) -> None:
    wrapped(store)
    before = keys_file(store).read_bytes()
    with pytest.raises(KeysMissingError, match="already there") as refused:
        wrapped(store)
    assert "another path" in refused.value.remedy
    assert keys_file(store).read_bytes() == before


def test_a_wrong_passphrase_opens_nothing_and_changes_nothing(store: Path) -> None:
    wrapped(store)
    before = keys_file(store).read_bytes()
    with pytest.raises(WrongPassphraseError):
        loaded(store, phrase=PHRASE + "?")
    assert keys_file(store).read_bytes() == before


def test_a_file_cut_anywhere_is_refused_with_a_remedy(store: Path) -> None:
    wrapped(store)
    content = keys_file(store).read_bytes()
    for size in range(len(content)):
        keys_file(store).write_bytes(content[:size])
        with pytest.raises((KeysMissingError, WrongPassphraseError)) as refused:
            loaded(store, phrase=PHRASE)
        assert "`.keys` file" in refused.value.remedy


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"place":"keyring","version":2,"id":"1"}',
        b'{"place":"drawer","version":1}',
        b'{"place":"keyring","version":1}',
        b'{"place":"keyring","version":1,"id":7}',
    ],
)
def test_a_file_that_is_no_key_file_is_said_to_be_none(store: Path, content: bytes) -> None:
    keys_file(store).write_bytes(content)
    with pytest.raises(KeysMissingError):
        loaded(store, Platform(), PHRASE)
    with pytest.raises(KeysMissingError):
        place_of(store)


def test_a_missing_or_unreadable_key_file_is_named(store: Path) -> None:
    with pytest.raises(KeysMissingError, match="not there"):
        loaded(store, phrase=PHRASE)
    keys_file(store).mkdir()
    with pytest.raises(KeysMissingError, match="cannot be read"):
        loaded(store, phrase=PHRASE)


def test_keys_in_a_keyring_are_asked_of_no_other_place(store: Path) -> None:
    in_keyring(store, Platform())
    for backend in (None, PlaintextKeyring(), fail.Keyring()):
        with pytest.raises(KeyringError, match="no trusted keyring"):
            loaded(store, backend, PHRASE)


def test_keys_under_a_passphrase_need_it_though_a_keyring_is_there(store: Path) -> None:
    wrapped(store)
    with pytest.raises(NoPlaceForKeysError) as refused:
        loaded(store, Platform())
    assert refused.value.remedy == "Give the passphrase of this store."


def test_another_users_keyring_lacks_the_keys(store: Path) -> None:
    in_keyring(store, Platform())
    with pytest.raises(KeyringError, match="holds no keys"):
        loaded(store, Platform())


def test_a_locked_keyring_is_told_with_its_own_words(store: Path) -> None:
    with pytest.raises(KeyringError, match="locked"):
        in_keyring(store, Locked())
    assert not keys_file(store).exists()
    in_keyring(store, Platform())
    with pytest.raises(KeyringError, match="Prompt dismissed") as refused:
        loaded(store, Locked())
    assert "Unlock" in refused.value.remedy


def test_a_place_that_does_not_give_back_what_it_was_given_is_not_believed(store: Path) -> None:
    with pytest.raises(KeyringError, match="did not keep"):
        in_keyring(store, Forgetful())
    assert not keys_file(store).exists()


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "[]",
        "{}",
        '{"key":"00","pending":"","signing":"00"}',
        json.dumps({"key": "00" * 32, "pending": "", "signing": "00"}),
        json.dumps({"key": "00" * 32, "pending": 7, "signing": "00" * 32}),
    ],
)
def test_what_is_not_keys_is_not_taken_for_keys(store: Path, secret: str) -> None:
    backend = Platform()
    in_keyring(store, backend)
    (name,) = backend.held
    backend.held[name] = secret
    with pytest.raises(KeyringError, match="not its keys"):
        loaded(store, backend)


@pytest.mark.parametrize("where", list(Where))
def test_a_change_of_key_is_kept_before_and_after(store: Path, where: Where) -> None:
    backend = Platform()
    kept = in_keyring(store, backend) if where is Where.KEYRING else wrapped(store)
    old, new, signer = kept.keys.key, StoreKey.generate(), kept.keys.signer

    def heard() -> StoreKeys:
        return loaded(store, backend, PHRASE).keys

    kept.propose(new)
    assert heard() == kept.keys == StoreKeys(old, signer, new)
    assert heard().candidates == (old, new)
    kept.settle(new)
    assert heard() == kept.keys == StoreKeys(new, signer)
    assert heard().candidates == (new,)
    with pytest.raises(ValueError, match="none of those kept"):
        kept.settle(old)
    assert heard().key == new


def test_another_passphrase_opens_the_same_keys_and_the_old_one_nothing(store: Path) -> None:
    kept = wrapped(store)
    before = kept.keys
    kept.change_passphrase(lambda: PHRASE + " more", cost=LIGHT)
    assert loaded(store, phrase=PHRASE + " more").keys == kept.keys == before
    with pytest.raises(WrongPassphraseError):
        loaded(store, phrase=PHRASE)
    kept.propose(StoreKey.generate())
    assert loaded(store, phrase=PHRASE + " more").keys == kept.keys


def test_a_short_other_passphrase_is_refused_and_the_old_one_stays(store: Path) -> None:
    kept = wrapped(store)
    with pytest.raises(WeakPassphraseError):
        kept.change_passphrase(lambda: "short", cost=LIGHT)
    kept.reread()
    assert loaded(store, phrase=PHRASE).keys == kept.keys


def test_keys_in_a_keyring_have_no_passphrase_to_change(store: Path) -> None:
    with pytest.raises(TypeError, match="no passphrase"):
        in_keyring(store, Platform()).change_passphrase(lambda: PHRASE)


def test_what_another_process_kept_is_seen_when_it_is_read_again(store: Path) -> None:
    mine, other = wrapped(store), loaded(store, phrase=PHRASE)
    other.propose(StoreKey.generate())
    mine.reread()
    assert mine.keys == other.keys
    other.change_passphrase(lambda: PHRASE + " more", cost=LIGHT)
    with pytest.raises(WrongPassphraseError):
        mine.reread()


def test_nothing_secret_is_shown(store: Path) -> None:
    backend = Platform()
    kept = in_keyring(store, backend)
    kept.propose(StoreKey.generate())
    shown = repr(kept.keys) + repr(kept) + str(kept.keys) + repr(vars(kept))
    for secret in (kept.keys.key.raw, kept.keys.signer.raw, kept.keys.candidates[1].raw):
        assert secret.hex() not in shown
        assert repr(secret) not in shown


def test_a_passphrase_is_asked_for_once(store: Path) -> None:
    asked: list[str] = []

    def ask() -> str:
        asked.append("asked")
        return PHRASE

    kept = create_keys(store, backend=None, passphrase=ask, cost=LIGHT)
    kept.propose(StoreKey.generate())
    assert len(asked) == 1
    load_keys(store, backend=None, passphrase=ask).settle(kept.keys.key)
    assert len(asked) == 2
