"""Time-stamps (RFC 3161) that an officer fetches: the query is written to a file, the answer is read from one.

The console contacts no time-stamp authority. Whatever carries the query there and the answer back will do.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from console.vault import cms, der
from console.vault.signing import BadSignatureError

_SHA256 = der.oid("2.16.840.1.101.3.4.2.1")
_TIME_STAMPING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.8")
_GRANTED = (b"\x00", b"\x01")
"""Granted, and granted with changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStamp:
    """A good time-stamp."""

    at: datetime
    signed: cms.Signed

    @property
    def authority(self) -> str:
        """Whose certificate it was made with."""
        return self.signed.subject


def query(message: bytes) -> bytes:
    """Return the question for a time-stamp of `message`, as `openssl ts -query -cert -no_nonce` writes it."""
    imprint = der.write(
        der.SEQUENCE,
        der.write(der.SEQUENCE, _SHA256, der.write(der.NULL)),
        der.write(der.OCTETS, hashlib.sha256(message).digest()),
    )
    version, wants_certificate = der.write(der.INTEGER, b"\x01"), der.write(der.BOOLEAN, b"\xff")
    return der.write(der.SEQUENCE, version, imprint, wants_certificate)


def verify_answer(answer: bytes, message: bytes) -> TimeStamp:
    """Return when `message` was stamped and by whom; raise `BadSignatureError` if the answer does not say so."""
    try:
        return _stamped(answer, message)
    except ValueError as error:
        raise BadSignatureError(f"the time-stamp is refused: {error}") from None


def _stamped(answer: bytes, message: bytes) -> TimeStamp:
    parts = der.read_one(answer).expect(der.SEQUENCE).parts()
    if parts.take(der.SEQUENCE).parts().take(der.INTEGER).content not in _GRANTED:
        raise ValueError("the authority refused")
    signed = cms.verify_signed(parts.take(der.SEQUENCE).raw, None)
    said = der.read_one(signed.content).expect(der.SEQUENCE).parts()
    said.take(der.INTEGER)
    said.take(der.OID)
    imprint = said.take(der.SEQUENCE).parts()
    hashed = imprint.take(der.SEQUENCE).parts().take(der.OID).raw
    if hashed != _SHA256 or imprint.take(der.OCTETS).content != hashlib.sha256(message).digest():
        raise ValueError("it is of something else")
    said.take(der.INTEGER)
    at = cms.read_time(said.take(der.GENERALIZED_TIME))
    if not _may_stamp(signed.certificate):
        raise ValueError("its certificate is none for time-stamping")
    return TimeStamp(at=at, signed=signed)


def is_trusted(stamp: TimeStamp, authorities: Sequence[x509.Certificate]) -> bool:
    """Tell whether a chain leads to one of the authorities that were given."""
    return cms.authority_of(stamp.signed, authorities, stamp.at) is not None


def _may_stamp(certificate: x509.Certificate) -> bool:
    try:
        found = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        return False
    return found.critical and list(found.value) == [_TIME_STAMPING]
