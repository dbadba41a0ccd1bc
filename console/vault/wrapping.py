"""Secrets wrapped by a passphrase: scrypt makes the key, AES-256-GCM seals the secret and everything beside it."""

import base64
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from console.base.canonical import canonical
from console.base.errors import ConsoleError

Passphrase = Callable[[], str]
"""Asks for a passphrase, once."""
SHORTEST = 12
_SALT_BYTES = 16
_NONCE_BYTES = 12
_KEY_BYTES = 32
_MOST = {"n": 2**20, "r": 16, "p": 8}
"""A key file may not ask for more work than this: 2 GiB of memory."""


class WrongPassphraseError(ConsoleError):
    """The passphrase does not open the key file, or the file was changed."""

    code = "VLT-024"
    remedy = "Type the passphrase again; if it is certain, put back the `.keys` file from a backup."


class WeakPassphraseError(ConsoleError):
    """The passphrase is too short to protect a key."""

    code = "VLT-025"
    remedy = f"Choose a passphrase of {SHORTEST} characters or more, such as four unrelated words."


@dataclass(frozen=True, slots=True)
class Cost:
    """The work of scrypt; the default takes 128 MiB and about half a second."""

    n: int = 2**17
    r: int = 8
    p: int = 1


DEFAULT_COST = Cost()


@dataclass(frozen=True, slots=True)
class Wrapping:
    """A key derived from a passphrase, with what is needed to derive it again."""

    salt: bytes
    cost: Cost
    random: Callable[[int], bytes] = field(repr=False, default=os.urandom)
    _key: bytes = field(repr=False, default=b"")

    @classmethod
    def new(cls, passphrase: Passphrase, random: Callable[[int], bytes], cost: Cost) -> "Wrapping":
        """Ask for a new passphrase and derive a key from it."""
        text = passphrase()
        if len(text) < SHORTEST:
            raise WeakPassphraseError(f"the passphrase has {len(text)} characters")
        salt = random(_SALT_BYTES)
        return cls(salt, cost, random, _derived(text, salt, cost))

    @classmethod
    def opened(
        cls, document: Mapping[str, object], passphrase: Passphrase, random: Callable[[int], bytes]
    ) -> "Wrapping":
        """Ask for the passphrase of a wrapped document and derive its key."""
        cost, salt = _cost(document), _bytes(document, "salt")
        return cls(salt, cost, random, _derived(passphrase(), salt, cost))

    def wrap(self, header: Mapping[str, object], secret: bytes) -> dict[str, object]:
        """Return `header` with the sealed secret in it; a later change to any member is noticed."""
        document: dict[str, object] = {
            **header,
            "cipher": "AES-256-GCM",
            "kdf": {"name": "scrypt", "n": self.cost.n, "r": self.cost.r, "p": self.cost.p},
            "nonce": _text(self.random(_NONCE_BYTES)),
            "salt": _text(self.salt),
        }
        sealed = AESGCM(self._key).encrypt(_bytes(document, "nonce"), secret, canonical(document))
        return {**document, "sealed": _text(sealed)}

    def unwrap(self, document: Mapping[str, object]) -> bytes:
        """Return the secret of a document; raise `WrongPassphraseError` if anything about it is not as sealed."""
        beside = {name: value for name, value in document.items() if name != "sealed"}
        nonce, sealed = _bytes(document, "nonce"), _bytes(document, "sealed")
        try:
            return AESGCM(self._key).decrypt(nonce, sealed, canonical(beside))
        except (InvalidTag, ValueError):
            raise WrongPassphraseError("the passphrase does not open the key file") from None


def _derived(text: str, salt: bytes, cost: Cost) -> bytes:
    try:
        return Scrypt(salt=salt, length=_KEY_BYTES, n=cost.n, r=cost.r, p=cost.p).derive(text.encode())
    except MemoryError:
        raise WrongPassphraseError("the key file asks for more memory than there is") from None


def _cost(document: Mapping[str, object]) -> Cost:
    kdf = document.get("kdf")
    if not isinstance(kdf, dict) or kdf.get("name") != "scrypt":
        raise WrongPassphraseError("the key file names no way to derive its key")
    numbers: dict[str, int] = {}
    for name, most in _MOST.items():
        number = kdf.get(name)
        if not isinstance(number, int) or not 0 < number <= most:
            raise WrongPassphraseError(f"the key file's {name} is out of bounds")
        numbers[name] = number
    if numbers["n"].bit_count() != 1 or numbers["n"] == 1:
        raise WrongPassphraseError("the key file's n is not a power of two")
    return Cost(**numbers)


def _bytes(document: Mapping[str, object], name: str) -> bytes:
    try:
        return base64.b64decode(str(document[name]), validate=True)
    except (KeyError, ValueError):
        raise WrongPassphraseError(f"the key file's {name} cannot be read") from None


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
