"""RSA signatures as AWS makes them over CloudTrail's digests: verified, never made."""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_public_key,
)


class BadRsaKeyError(ValueError):
    """Some bytes are no RSA public key."""


@lru_cache(maxsize=256)
def rsa_key(der: bytes) -> RSAPublicKey:
    """Return the key in DER, PKCS#1 or SubjectPublicKeyInfo; raise `BadRsaKeyError` if there is none.

    Opening a key takes longer than verifying with it, and a few keys sign the digests of a whole organisation.
    """
    try:
        key = load_der_public_key(der)
    except (ValueError, TypeError) as error:
        raise BadRsaKeyError(f"no public key can be read: {error}") from None
    if not isinstance(key, RSAPublicKey):
        raise BadRsaKeyError("it is not an RSA key")
    return key


def is_rsa_key(der: bytes) -> bool:
    """Tell whether some bytes are such a key."""
    try:
        rsa_key(der)
    except BadRsaKeyError:
        return False
    return True


def is_signed_by(key: RSAPublicKey, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature (SHA256withRSA, PKCS#1 v1.5) is this key's over a message."""
    try:
        key.verify(signature, message, PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True


def as_pem(key: RSAPublicKey) -> bytes:
    """Return the key as `openssl` reads it."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def is_pem(content: bytes) -> bool:
    """Tell whether some bytes are an RSA public key as `as_pem` writes it."""
    try:
        key = load_pem_public_key(content)
    except (ValueError, TypeError):
        return False
    return isinstance(key, RSAPublicKey)


def pem_der(content: bytes) -> bytes:
    """Return the key of a PEM file in DER."""
    return load_pem_public_key(content).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
