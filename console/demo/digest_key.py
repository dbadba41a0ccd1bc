"""The key of the invented CloudTrail: signs nothing but the demo's digests, as SHA256withRSA does it.

Two primes in the source, so that every demo and every test signs alike; arithmetic instead of a library, because keys
are opened in `console.vault` alone.
"""

import base64
import hashlib

_P = int(
    "dc41a14a07fe73aeadb153865fd1533c85ddead1490a8a368f986ed7df760d9c7d657e21145edaf76d5e36a06265f571"
    "d5f4001c0d8a0f98e3c9e18db473afef297e686b2a6faeedb4cf512685481f2f9e0998699b0c68fdff0340dafc78849e"
    "9630ca9cd65b9531f25321844b5c089f688f44a1d5d6a4c89184693be2a79791",
    16,
)
_Q = int(
    "bfaccd6e402efa01217db79edd33bea3985e990e4ae6eb720d7c1da57c280580b31fe0b3b874999883fb2b96845d70cb"
    "e45cb6d92bde174b6e31c40ec8525b64912e002ca3c2e79b6a102d787b9f886cb4c067e022065babde48949c89ddd067"
    "03cf3abc806c0d67f23650a9d2133648daa06dd6ea5865504909279b88ecf7d1",
    16,
)
_E = 65_537
_N = _P * _Q
_D = pow(_E, -1, (_P - 1) * (_Q - 1))
_BYTES = 256
_SHA256 = bytes.fromhex("3031300d060960864801650304020105000420")
"""How PKCS #1 says that a hash is SHA-256."""


def sign(message: bytes) -> bytes:
    """Return the signature over a message (PKCS #1 v1.5, SHA-256)."""
    said = _SHA256 + hashlib.sha256(message).digest()
    padded = b"\x00\x01" + b"\xff" * (_BYTES - 3 - len(said)) + b"\x00" + said
    number = int.from_bytes(padded, "big")
    by_p, by_q = pow(number, _D % (_P - 1), _P), pow(number, _D % (_Q - 1), _Q)
    signed = by_q + _Q * ((by_p - by_q) * pow(_Q, -1, _P) % _P)
    return signed.to_bytes(_BYTES, "big")


def public_value() -> str:
    """Return the public key as ListPublicKeys gives it: base64 of an RSAPublicKey in DER."""
    return base64.b64encode(_tagged(0x30, _integer(_N) + _integer(_E))).decode()


def _integer(number: int) -> bytes:
    return _tagged(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _tagged(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 0x80:  # noqa: PLR2004 - DER's short form
        return bytes([tag, length]) + content
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + content
