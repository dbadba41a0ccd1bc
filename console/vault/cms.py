"""Detached CMS signatures (RFC 5652) with an officer's X.509 certificate, which `openssl cms -verify` verifies.

Signing is the library's. Verifying one is not offered by it, so the structure is read here, strictly, and the library
does what needs a key. A chain is built from the certificates in the signature to an authority that the verifier was
given, each valid at the time of signing. Whether a certificate was revoked is not asked: nobody is contacted.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes
from cryptography.hazmat.primitives.serialization import pkcs7, pkcs12

from console.base.errors import ConsoleError
from console.vault import der
from console.vault.signing import BadSignatureError

_SIGNED_DATA = der.oid("1.2.840.113549.1.7.2")
_MESSAGE_DIGEST = der.oid("1.2.840.113549.1.9.4")
_SIGNING_TIME = der.oid("1.2.840.113549.1.9.5")
_RSA_PSS = der.oid("1.2.840.113549.1.1.10")
_HASHES: dict[bytes, hashes.HashAlgorithm] = {
    der.oid("2.16.840.1.101.3.4.2.1"): hashes.SHA256(),
    der.oid("2.16.840.1.101.3.4.2.2"): hashes.SHA384(),
    der.oid("2.16.840.1.101.3.4.2.3"): hashes.SHA512(),
}
Certificate = x509.Certificate
_Found = tuple[PrivateKeyTypes | None, x509.Certificate | None, Sequence[x509.Certificate]]
_PRIVATE = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----", re.DOTALL)
_REFUSED = (ValueError, InvalidSignature, UnsupportedAlgorithm, x509.InvalidVersion, x509.DuplicateExtension)
_LONGEST_CHAIN = 6
_CENTURY = 50
"""UTCTime has two digits for the year; from 50 on they are of the last century (RFC 5280)."""
_MOST_BYTES = 1_000_000


class BadIdentityError(ConsoleError):
    """A file does not hold one private key with its certificate, or does not open."""

    code = "VLT-003"
    remedy = (
        "Give a PKCS#12 file (.p12, .pfx) with its passphrase, or a PEM file with the private key and the certificate; "
        "the key must be RSA or an elliptic curve."
    )


class BadAuthoritiesError(ConsoleError):
    """A file holds no certificates."""

    code = "VLT-004"
    remedy = "Give the authorities' certificates in one PEM file."


@dataclass(frozen=True, slots=True)
class Identity:
    """An officer's certificate with its key and the certificates that lead to the authority."""

    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...] = ()

    @property
    def subject(self) -> str:
        """Whose certificate it is."""
        return self.certificate.subject.rfc4514_string()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A good CMS signature."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    signed_at: datetime | None
    """As the signer said; only a time-stamp proves it."""
    content: bytes
    """What was signed."""

    @property
    def subject(self) -> str:
        """Whose certificate it is."""
        return self.certificate.subject.rfc4514_string()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, hexadecimal."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()


def load_identity(path: Path, passphrase: bytes | None) -> Identity:
    """Read a key with its certificate from a PKCS#12 or PEM file."""
    try:
        content = path.read_bytes()
        found = (
            _from_pem(content, passphrase) if b"-----BEGIN" in content else _from_pkcs12(content, passphrase)
        )
    except OSError as error:
        raise BadIdentityError(f"{path} cannot be read: {error.strerror}") from None
    except (ValueError, TypeError, IndexError) as error:
        raise BadIdentityError(f"{path} does not open: {error}") from None
    key, certificate, others = found
    if not isinstance(key, (rsa.RSAPrivateKey, ec.EllipticCurvePrivateKey)) or certificate is None:
        raise BadIdentityError(f"{path} does not hold a key that can sign, with its certificate")
    if _raw(certificate.public_key()) != _raw(key.public_key()):
        raise BadIdentityError(f"the certificate in {path} is another key's")
    return Identity(key, certificate, tuple(others))


def load_authorities(path: Path) -> tuple[x509.Certificate, ...]:
    """Read the certificates of a PEM file."""
    try:
        return tuple(x509.load_pem_x509_certificates(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise BadAuthoritiesError(f"{path} holds no certificates: {error}") from None


def sign_detached(message: bytes, identity: Identity) -> bytes:
    """Return the DER of a detached signature; it holds the time of signing, so it is another each time."""
    builder = pkcs7.PKCS7SignatureBuilder().set_data(message)
    builder = builder.add_signer(identity.certificate, identity.key, hashes.SHA256())
    for each in identity.others:
        builder = builder.add_certificate(each)
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    return builder.sign(serialization.Encoding.DER, options)


def verify_signed(signature: bytes, message: bytes | None) -> Signed:
    """Return whose signature it is; raise `BadSignatureError` if it is not good for `message`, or for what it holds.

    Whether the certificate is to be trusted is another question: see `authority_of`.
    """
    try:
        return _verified(signature[: _MOST_BYTES + 1], message)
    except (*_REFUSED, TypeError) as error:
        why = str(error) or "it is not good for what it is beside"
        raise BadSignatureError(f"the signature with a certificate is refused: {why}") from None


def authority_of(
    signed: Signed, authorities: Sequence[x509.Certificate], at: datetime
) -> x509.Certificate | None:
    """Return the authority that a chain leads to, every certificate in it valid at a time; None without one."""
    certificate = signed.certificate
    for _ in range(_LONGEST_CHAIN):
        if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
            return None
        if certificate in authorities:
            return certificate
        issuer = next((each for each in authorities if _issued(each, certificate)), None)
        if issuer is not None:
            return issuer if issuer.not_valid_before_utc <= at <= issuer.not_valid_after_utc else None
        above = next(
            (each for each in signed.others if each != certificate and _issued(each, certificate)), None
        )
        if above is None:
            return None
        certificate = above
    return None


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Tell whether a certificate of an authority signed another."""
    try:
        if not issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            return False
        certificate.verify_directly_issued_by(issuer)
    except (*_REFUSED, x509.ExtensionNotFound, TypeError):
        return False
    return True


def _verified(signature: bytes, message: bytes | None) -> Signed:
    info = der.read_one(signature).expect(der.SEQUENCE).parts()
    if info.take(der.OID).raw != _SIGNED_DATA:
        raise ValueError("it is no signed data")
    data = der.read_one(info.take(der.context(0)).content).expect(der.SEQUENCE).parts()
    data.take(der.INTEGER)
    data.take(der.SET)
    enclosed = data.take(der.SEQUENCE).parts()
    enclosed.take(der.OID)
    held = enclosed.maybe(der.context(0))
    if (held is None) is (message is None):
        raise ValueError("it is detached where it should not be, or the reverse")
    content = (
        message
        if message is not None
        else der.read_one(held.content if held else b"").expect(der.OCTETS).content
    )
    stored = data.maybe(der.context(0))
    certificates = [
        x509.load_der_x509_certificate(each.raw) for each in der.read_all(stored.content if stored else b"")
    ]
    data.maybe(der.context(1))
    signers = tuple(der.read_all(data.take(der.SET).content))
    if len(signers) != 1:
        raise ValueError("it has not one signer")
    return _of_signer(signers[0].parts(), content, certificates)


def _of_signer(signer: der.Parts, content: bytes, certificates: Sequence[x509.Certificate]) -> Signed:
    signer.take(der.INTEGER)
    identity = signer.take(der.SEQUENCE).parts()
    issuer, serial = (
        identity.take(der.SEQUENCE).raw,
        int.from_bytes(identity.take(der.INTEGER).content, "big"),
    )
    algorithm = _HASHES.get(signer.take(der.SEQUENCE).parts().take(der.OID).raw)
    if algorithm is None:
        raise ValueError("it uses a hash that is not SHA-256, SHA-384 or SHA-512")
    attributes = signer.take(der.context(0))
    scheme = signer.take(der.SEQUENCE).parts().take(der.OID).raw
    bare = signer.take(der.OCTETS).content
    found = {
        name: der.read_one(each.take(der.SET).content)
        for each in (value.parts() for value in der.read_all(attributes.content))
        for name in (each.take(der.OID).raw,)
    }
    digest = hashlib.new(algorithm.name, content).digest()
    if _MESSAGE_DIGEST not in found or found[_MESSAGE_DIGEST].content != digest:
        raise ValueError("it is for other content")
    certificate = next(
        (
            each
            for each in certificates
            if each.serial_number == serial and each.issuer.public_bytes() == issuer
        ),
        None,
    )
    if certificate is None:
        raise ValueError("it does not hold its signer's certificate")
    _check(certificate, bare, der.write(der.SET, attributes.content), algorithm, scheme)
    time = found.get(_SIGNING_TIME)
    return Signed(
        certificate=certificate,
        others=tuple(each for each in certificates if each != certificate),
        signed_at=read_time(time) if time else None,
        content=content,
    )


def _check(
    certificate: x509.Certificate, bare: bytes, signed: bytes, algorithm: hashes.HashAlgorithm, scheme: bytes
) -> None:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey) and scheme != _RSA_PSS:
        key.verify(bare, signed, padding.PKCS1v15(), algorithm)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(bare, signed, ec.ECDSA(algorithm))
    else:
        raise ValueError("its key or scheme is none that this build knows")


def read_time(value: der.Value) -> datetime:
    """Return a UTCTime or GeneralizedTime; raise `ValueError` for another form."""
    text = value.content.decode("ascii")
    if value.tag == der.UTC_TIME:
        text = f"{'19' if int(text[:2]) >= _CENTURY else '20'}{text}"
    elif value.tag != der.GENERALIZED_TIME:
        raise ValueError("it is no time")
    whole, _, _ = text.removesuffix("Z").partition(".")
    return datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _from_pkcs12(content: bytes, passphrase: bytes | None) -> _Found:
    return pkcs12.load_key_and_certificates(content, passphrase)


def _from_pem(content: bytes, passphrase: bytes | None) -> _Found:
    first, *others = x509.load_pem_x509_certificates(content)
    (block,) = _PRIVATE.findall(content)
    is_wrapped = b"ENCRYPTED" in block
    return serialization.load_pem_private_key(block, passphrase if is_wrapped else None), first, others


def _raw(key: PublicKeyTypes) -> bytes:
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
