"""RSA signatures of AWS: judged by keys of the library, and refused for anything else."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from console.demo.digest_key import public_value, sign
from console.vault.rsa import BadRsaKeyError, as_pem, is_rsa_key, is_signed_by, rsa_key

PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.mark.parametrize(
    ("encoding", "form"),
    [(Encoding.DER, PublicFormat.PKCS1), (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)],
)
def test_a_signature_holds_for_its_message_alone(encoding: Encoding, form: PublicFormat) -> None:
    key = rsa_key(PRIVATE.public_key().public_bytes(encoding, form))
    signature = PRIVATE.sign(b"message", PKCS1v15(), SHA256())
    assert is_signed_by(key, b"message", signature)
    assert not is_signed_by(key, b"another", signature)
    assert not is_signed_by(key, b"message", signature[:-1] + bytes([signature[-1] ^ 1]))
    assert load_pem_public_key(as_pem(key)) == PRIVATE.public_key()


def test_what_is_no_rsa_key_is_refused() -> None:
    curve = ec.generate_private_key(ec.SECP256R1()).public_key()
    with pytest.raises(BadRsaKeyError, match="not an RSA key"):
        rsa_key(curve.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    with pytest.raises(BadRsaKeyError, match="no public key"):
        rsa_key(b"nothing")
    assert not is_rsa_key(b"nothing")
    assert is_rsa_key(PRIVATE.public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1))


def test_the_invented_trail_signs_as_the_library_verifies() -> None:
    import base64  # noqa: PLC0415 - one use

    key = rsa_key(base64.b64decode(public_value()))
    assert is_signed_by(key, b"a digest", sign(b"a digest"))
    assert not is_signed_by(key, b"another", sign(b"a digest"))
