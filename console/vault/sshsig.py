r"""SSH signatures (OpenSSH's PROTOCOL.sshsig), which an auditor verifies with the `ssh-keygen` they have.

Signed is not the message but this, so that a signature for one use cannot be passed off as one for another:

```
"SSHSIG"  string namespace  string reserved (empty)  string "sha512"  string SHA-512(message)
```
"""

import base64
import binascii
import fnmatch
import hashlib
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from console.base.errors import ConsoleError
from console.vault.signing import BadSignatureError, SigningKey, VerifyKey

_MAGIC = b"SSHSIG"
_VERSION = 1
_HASH = b"sha512"
_KEY_TYPE = b"ssh-ed25519"
_BEGIN = "-----BEGIN SSH SIGNATURE-----"
_END = "-----END SSH SIGNATURE-----"
_LINE = 70
_LENGTH_BYTES = 4
_KEY_BYTES = 32
_SIGNATURE_BYTES = 64
_NAMESPACES = "namespaces="


class BadSignersError(ConsoleError):
    """A file of allowed signers holds a line that this build does not understand."""

    code = "VLT-002"
    remedy = (
        "Correct the line, or verify the signature with `ssh-keygen -Y verify`, which knows more options."
    )


@dataclass(frozen=True, slots=True)
class AllowedSigner:
    """One line of an `allowed_signers` file: who may sign, with which key, for what."""

    principals: str
    key: VerifyKey
    namespaces: tuple[str, ...] = ()
    """Patterns; none means any."""

    def allows(self, key: VerifyKey, namespace: str) -> bool:
        """Tell whether this line lets `key` sign for `namespace`."""
        fits = not self.namespaces or any(fnmatch.fnmatchcase(namespace, each) for each in self.namespaces)
        return key == self.key and fits

    def line(self) -> str:
        """Return the line as `ssh-keygen -Y verify -f` reads it."""
        options = f'{_NAMESPACES}"{",".join(self.namespaces)}" ' if self.namespaces else ""
        return f"{self.principals} {options}{self.key.openssh}\n"


def sign_message(message: bytes, key: SigningKey, namespace: str) -> str:
    """Return the armoured signature; equal messages give equal signatures."""
    signature = _string(_KEY_TYPE) + _string(key.sign(_signed(message, namespace)))
    return _armour(
        _MAGIC
        + _VERSION.to_bytes(_LENGTH_BYTES, "big")
        + _string(key.public.blob)
        + _string(namespace.encode())
        + _string(b"")
        + _string(_HASH)
        + _string(signature)
    )


def verify_message(message: bytes, armoured: str, namespace: str) -> VerifyKey:
    """Return the key that signed `message` for `namespace`; raise `BadSignatureError` if none did.

    The form is held to byte for byte: a signature that was changed without effect was changed nevertheless.
    Whose key it is, is another question.
    """
    blob = _unarmoured(armoured)
    try:
        key, signature = _parsed(blob, namespace)
    except ValueError as error:
        raise BadSignatureError(f"the SSH signature is malformed: {error}") from None
    key.verify(_signed(message, namespace), signature)
    return key


def read_signers(text: str) -> tuple[AllowedSigner, ...]:
    """Return the Ed25519 lines of an `allowed_signers` file; other types of key cannot have signed a pack."""
    found: list[AllowedSigner] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            signer = _signer(line)
        except ValueError as error:
            raise BadSignersError(f"line {number} of the allowed signers: {error}") from None
        if signer is not None:
            found.append(signer)
    return tuple(found)


def _signer(line: str) -> AllowedSigner | None:
    fields = shlex.split(line)
    if len(fields) < 3:  # noqa: PLR2004 - principals, type and key
        raise ValueError("it has no principal, type and key")
    principals, *rest = fields
    namespaces: tuple[str, ...] = ()
    if not _is_key_type(rest[0]):
        option = rest.pop(0)
        if not option.lower().startswith(_NAMESPACES):
            raise ValueError(f"the option {option!r} is not understood")
        namespaces = tuple(option[len(_NAMESPACES) :].split(","))
    if rest[0] != _KEY_TYPE.decode():
        return None
    if len(rest) == 1:
        raise ValueError("it has no key")
    try:
        blob = base64.b64decode(rest[1], validate=True)
    except binascii.Error:
        raise ValueError("its key is not base64") from None
    return AllowedSigner(principals, _key(blob), namespaces)


def _is_key_type(field: str) -> bool:
    return field.startswith(("ssh-", "ecdsa-", "sk-"))


def _signed(message: bytes, namespace: str) -> bytes:
    digest = hashlib.sha512(message).digest()
    return _MAGIC + _string(namespace.encode()) + _string(b"") + _string(_HASH) + _string(digest)


def _parsed(blob: bytes, namespace: str) -> tuple[VerifyKey, bytes]:
    """Return the key and the bare signature; every other field has one value that it may have."""
    head = _MAGIC + _VERSION.to_bytes(_LENGTH_BYTES, "big")
    if not blob.startswith(head):
        raise ValueError("it is not version 1 of the format")
    fields = tuple(_strings(blob[len(head) :]))
    if len(fields) != 5:  # noqa: PLR2004 - key, namespace, reserved, hash, signature
        raise ValueError("it has not five fields")
    public, named, reserved, hashed, signature = fields
    if named != namespace.encode():
        raise ValueError("it is for another namespace")
    if reserved or hashed != _HASH:
        raise ValueError("it names another hash than SHA-512, or says something in a field that is reserved")
    key = _key(public)
    parts = tuple(_strings(signature))
    if len(parts) != 2 or parts[0] != _KEY_TYPE or len(parts[1]) != _SIGNATURE_BYTES:  # noqa: PLR2004
        raise ValueError("it is not an Ed25519 signature")
    return key, parts[1]


def _key(blob: bytes) -> VerifyKey:
    parts = tuple(_strings(blob))
    if len(parts) != 2 or parts[0] != _KEY_TYPE or len(parts[1]) != _KEY_BYTES:  # noqa: PLR2004 - type and key
        raise ValueError("its key is not an Ed25519 key")
    return VerifyKey(parts[1])


def _string(value: bytes) -> bytes:
    return len(value).to_bytes(_LENGTH_BYTES, "big") + value


def _strings(blob: bytes) -> Iterator[bytes]:
    """Yield the strings that `blob` is made of, to its last byte."""
    at = 0
    while at < len(blob):
        start = at + _LENGTH_BYTES
        at = start + int.from_bytes(blob[at:start], "big")
        if start > len(blob) or at > len(blob):
            raise ValueError("it is cut short")
        yield blob[start:at]


def _armour(blob: bytes) -> str:
    text = base64.b64encode(blob).decode("ascii")
    lines = [text[at : at + _LINE] for at in range(0, len(text), _LINE)]
    return "\n".join((_BEGIN, *lines, _END, ""))


def _unarmoured(armoured: str) -> bytes:
    inner = armoured.removeprefix(_BEGIN).removesuffix(_END + "\n").replace("\n", "")
    try:
        blob = base64.b64decode(inner, validate=True)
    except ValueError:
        raise BadSignatureError("the SSH signature is not base64") from None
    if _armour(blob) != armoured:
        raise BadSignatureError("the SSH signature is not in the form that was written")
    return blob
