"""Ed25519 keys: who vouches for a checkpoint or a pack."""

import base64
import hashlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from console.base.errors import ConsoleError

_SEED_BYTES = 32


class BadSignatureError(ConsoleError):
    """A signature does not belong to the bytes it came with."""

    code = "VLT-001"
    remedy = "Discard the file and ask its sender for a fresh export."


@dataclass(frozen=True, slots=True)
class VerifyKey:
    """A public key, as an auditor holds it."""

    raw: bytes
    """32 bytes."""

    def verify(self, message: bytes, signature: bytes) -> None:
        """Return if `signature` is this key's over `message`; raise `BadSignatureError` if not."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            raise BadSignatureError(f"signature over {len(message)} bytes does not match") from None

    @property
    def blob(self) -> bytes:
        """The SSH wire form (RFC 8709)."""
        name = b"ssh-ed25519"
        return len(name).to_bytes(4, "big") + name + len(self.raw).to_bytes(4, "big") + self.raw

    @property
    def openssh(self) -> str:
        """The form of `authorized_keys` and `allowed_signers`."""
        return "ssh-ed25519 " + base64.b64encode(self.blob).decode("ascii")

    @property
    def fingerprint(self) -> str:
        """The form that `ssh-keygen -l` prints: `SHA256:…`."""
        digest = hashlib.sha256(self.blob).digest()
        return "SHA256:" + base64.b64encode(digest).decode("ascii").rstrip("=")


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key; its bytes are kept out of `repr`."""

    raw: bytes = field(repr=False)
    """The 32-byte seed."""

    def __post_init__(self) -> None:
        if len(self.raw) != _SEED_BYTES:
            raise ValueError(f"a signing key has {_SEED_BYTES} bytes, not {len(self.raw)}")

    @classmethod
    def generate(cls) -> "SigningKey":
        """Make a new key from the system's randomness."""
        key = Ed25519PrivateKey.generate()
        return cls(key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()))

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature; equal messages give equal signatures."""
        return Ed25519PrivateKey.from_private_bytes(self.raw).sign(message)

    @property
    def public(self) -> VerifyKey:
        """The key that verifies what this one signs."""
        key = Ed25519PrivateKey.from_private_bytes(self.raw).public_key()
        return VerifyKey(key.public_bytes(Encoding.Raw, PublicFormat.Raw))
