"""Where a store's keys are kept: the platform's keyring, or a file beside the store wrapped by a passphrase.

A small file beside the store, `<store>.keys`, says which of the two it is. It holds no secret in the first case and
the wrapped keys in the second, so a store and the way to its keys move together, and one place never silently takes
over from the other. Keys are never written in the clear.
"""

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Protocol

import keyring
import keyring.backend
import keyring.errors
from keyring.backends.chainer import ChainerBackend

from console.base.canonical import canonical
from console.base.errors import ConsoleError
from console.vault.private_file import write_private
from console.vault.signing import SigningKey
from console.vault.storekey import StoreKey
from console.vault.wrapping import DEFAULT_COST, Cost, Passphrase, Wrapping

SERVICE = "bedrock-console"
ALLOWED = (
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.libsecret.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
    "keyring.backends.kwallet.DBusKeyringKWallet4",
    "keyring.backends.Windows.WinVaultKeyring",
    "keyring.backends.macOS.Keyring",
)
"""Classes that keep a secret under the user's log-in; any other, such as a plain-text file, is refused."""
_VERSION = 1
_ID_BYTES = 16


class NoPlaceForKeysError(ConsoleError):
    """There is no keyring to trust and no passphrase to wrap the keys with."""

    code = "VLT-021"
    remedy = "Sign in to a desktop session with a keyring, or give a passphrase for a wrapped key file."


class KeyringError(ConsoleError):
    """The keyring that holds the keys does not answer, or lost them."""

    code = "VLT-022"
    remedy = (
        "Unlock the keyring of the user who made the store, in that user's desktop session, and try again."
    )


class KeysMissingError(ConsoleError):
    """The file beside the store that leads to its keys is gone or cannot be read."""

    code = "VLT-023"
    remedy = "Put the `.keys` file back beside the store; every backup of the store's folder has it."


class Where(Enum):
    """Which of the two places holds a store's keys; to be told to the operator."""

    KEYRING = "the keyring of this user"
    PASSPHRASE = "a key file beside the store, wrapped by a passphrase"  # noqa: S105 - not a passphrase


@dataclass(frozen=True, slots=True)
class StoreKeys:
    """The keys of one store."""

    key: StoreKey
    signer: SigningKey
    pending: StoreKey | None = None
    """The key that a change of key was moving to when it was last heard of."""

    @property
    def candidates(self) -> tuple[StoreKey, ...]:
        """The keys to try, likeliest first."""
        return (self.key,) if self.pending is None else (self.key, self.pending)


class _Place(Protocol):
    def read(self) -> bytes: ...

    def write(self, secret: bytes) -> None: ...


class KeptKeys:
    """A store's keys and their place; changes go to the place before they are believed."""

    def __init__(self, place: "_Place", where: Where, keys: StoreKeys) -> None:
        self._place = place
        self.where = where
        self.keys = keys

    @classmethod
    def keep_in(cls, place: "_Place", where: Where, keys: StoreKeys) -> "KeptKeys":
        """Put new keys into their place and return them once they can be read back."""
        kept = cls(place, where, keys)
        kept._keep(keys)
        return kept

    def propose(self, new: StoreKey) -> None:
        """Keep `new` beside the present key, before the store is rewritten; a crash then loses neither."""
        self._keep(replace(self.keys, pending=new))

    def settle(self, fitting: StoreKey) -> None:
        """Keep only the key that was found to open the store."""
        if fitting not in self.keys.candidates:
            raise ValueError("the key is none of those kept")
        self._keep(StoreKeys(fitting, self.keys.signer))

    def reread(self) -> None:
        """Take what the place holds now, which another process may have changed since.

        Raise `WrongPassphraseError` if it is under another passphrase by now.
        """
        self.keys = _decoded(self._place.read())

    def change_passphrase(
        self,
        passphrase: Passphrase,
        *,
        random: Callable[[int], bytes] = os.urandom,
        cost: Cost = DEFAULT_COST,
    ) -> None:
        """Wrap the keys by another passphrase; a crash leaves them under the old one or the new.

        Raise `WeakPassphraseError` if it is too short, and `TypeError` for keys in a keyring.
        """
        if not isinstance(self._place, _FilePlace):
            raise TypeError("keys in a keyring are under no passphrase")
        place = _FilePlace(self._place.file, Wrapping.new(passphrase, random, cost))
        KeptKeys.keep_in(place, self.where, self.keys)
        self._place = place

    def _keep(self, keys: StoreKeys) -> None:
        secret = _encoded(keys)
        self._place.write(secret)
        if self._place.read() != secret:
            raise KeyringError(f"{self.where.value} did not keep what it was given")
        self.keys = keys


def platform_keyring() -> keyring.backend.KeyringBackend:
    """Return what the platform and the user's configuration of `keyring` offer; it may not be trusted.

    It is asked for on a thread of its own: `keyring` keeps why a backend did not load, and with that the frames of all
    that called it and whatever they come to hold, which are keys.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(keyring.get_keyring).result()


def usable_keyring(
    backend: keyring.backend.KeyringBackend, allowed: Sequence[str] = ALLOWED
) -> keyring.backend.KeyringBackend | None:
    """Return the backend to use: `backend`, or the first trusted one of a chain; None if none is trusted."""
    for each in backend.backends if isinstance(backend, ChainerBackend) else (backend,):
        if _class_name(each) in allowed:
            return each
    return None


def _class_name(backend: object) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def keys_file(store: Path) -> Path:
    """Return the file beside a store that leads to its keys."""
    return store.with_name(store.name + ".keys")


def create_keys(
    store: Path,
    *,
    backend: keyring.backend.KeyringBackend | None,
    passphrase: Passphrase | None,
    random: Callable[[int], bytes] = os.urandom,
    allowed: Sequence[str] = ALLOWED,
    cost: Cost = DEFAULT_COST,
) -> KeptKeys:
    """Make the keys of a new store and keep them: in a trusted keyring, else wrapped by the passphrase.

    The caller tells the operator which of the two it was (`where`), and passes `backend=None` to insist on a
    passphrase. An existing key file is never replaced.
    """
    file = keys_file(store)
    if file.exists():
        raise KeysMissingError(f"{file} is already there", remedy="Choose another path for the new store.")
    keys = StoreKeys(StoreKey.generate(random), SigningKey.generate())
    trusted = usable_keyring(backend, allowed) if backend is not None else None
    if trusted is not None:
        identity = random(_ID_BYTES).hex()
        kept = KeptKeys.keep_in(_KeyringPlace(trusted, identity), Where.KEYRING, keys)
        write_private(file, canonical({"id": identity, "place": "keyring", "version": _VERSION}))
        return kept
    if passphrase is None:
        raise NoPlaceForKeysError("no trusted keyring answers here, and there is no passphrase")
    wrapping = Wrapping.new(passphrase, random, cost)
    return KeptKeys.keep_in(_FilePlace(file, wrapping), Where.PASSPHRASE, keys)


def load_keys(
    store: Path,
    *,
    backend: keyring.backend.KeyringBackend | None,
    passphrase: Passphrase | None,
    random: Callable[[int], bytes] = os.urandom,
    allowed: Sequence[str] = ALLOWED,
) -> KeptKeys:
    """Return the keys of a store from the place that its key file names, and from no other."""
    file = keys_file(store)
    document = _document(file)
    place: _Place
    if document["place"] == "keyring":
        trusted = usable_keyring(backend, allowed) if backend is not None else None
        if trusted is None:
            raise KeyringError(f"the keys of {store} are in a keyring, and no trusted keyring answers here")
        where, place = Where.KEYRING, _KeyringPlace(trusted, str(document["id"]))
    else:
        if passphrase is None:
            raise NoPlaceForKeysError(
                f"the keys of {store} are wrapped by a passphrase",
                remedy="Give the passphrase of this store.",
            )
        where, place = Where.PASSPHRASE, _FilePlace(file, Wrapping.opened(document, passphrase, random))
    return KeptKeys(place, where, _decoded(place.read()))


def place_of(store: Path) -> Where:
    """Return where a store's keys are, without asking for them."""
    return Where.KEYRING if _document(keys_file(store))["place"] == "keyring" else Where.PASSPHRASE


def _document(file: Path) -> dict[str, object]:
    try:
        document = json.loads(file.read_bytes())
    except FileNotFoundError:
        raise KeysMissingError(f"{file} is not there") from None
    except (OSError, ValueError):
        raise KeysMissingError(f"{file} cannot be read") from None
    if (
        not isinstance(document, dict)
        or document.get("version") != _VERSION
        or document.get("place") not in ("keyring", "passphrase")
        or (document["place"] == "keyring" and not isinstance(document.get("id"), str))
    ):
        raise KeysMissingError(f"{file} is no key file of this version")
    return document


def _encoded(keys: StoreKeys) -> bytes:
    return canonical(
        {
            "key": keys.key.hex(),
            "pending": keys.pending.hex() if keys.pending else "",
            "signing": keys.signer.raw.hex(),
        }
    )


def _decoded(secret: bytes) -> StoreKeys:
    try:
        said = json.loads(secret)
        pending = StoreKey.from_hex(said["pending"]) if said["pending"] else None
        return StoreKeys(StoreKey.from_hex(said["key"]), SigningKey(bytes.fromhex(said["signing"])), pending)
    except (ValueError, KeyError, TypeError):
        raise KeyringError("what is kept under this store's name is not its keys") from None


@dataclass(frozen=True, slots=True)
class _KeyringPlace:
    backend: keyring.backend.KeyringBackend
    identity: str

    def read(self) -> bytes:
        try:
            secret = self.backend.get_password(SERVICE, self.identity)
        except keyring.errors.KeyringError as error:
            raise KeyringError(f"the keyring does not answer: {error}") from None
        if secret is None:
            raise KeyringError("the keyring holds no keys for this store")
        return secret.encode()

    def write(self, secret: bytes) -> None:
        try:
            self.backend.set_password(SERVICE, self.identity, secret.decode())
        except keyring.errors.KeyringError as error:
            raise KeyringError(f"the keyring does not answer: {error}") from None


@dataclass(frozen=True, slots=True)
class _FilePlace:
    file: Path
    wrapping: Wrapping

    def read(self) -> bytes:
        return self.wrapping.unwrap(_document(self.file))

    def write(self, secret: bytes) -> None:
        header: dict[str, object] = {"place": "passphrase", "version": _VERSION}
        write_private(self.file, canonical(self.wrapping.wrap(header, secret)))
