"""Records that a person signs: canonical JSON under an SSH signature, which names the key that it was made with.

`ssh-keygen -Y verify` verifies one: the message is the record in RFC 8785 form, without a line feed at its end.
"""

from collections.abc import Mapping

from console.base.canonical import canonical, sha256_hex
from console.vault.signing import BadSignatureError, SigningKey, VerifyKey
from console.vault.sshsig import sign_message, verify_message

ATTESTATION = "bedrock-console-attestation"
COUNTERSIGNATURE = "bedrock-console-countersignature"
DELETION = "bedrock-console-deletion"
"""Records about a request to delete: the request, its plan, approvals, steps and verifications."""
CERTIFICATE = "bedrock-console-deletion-certificate"
_ID_DIGITS = 16
KEY = "key"
"""The member that holds the signer's public key, in OpenSSH's form."""


def sign_record(record: Mapping[str, object], signer: SigningKey, namespace: str) -> str:
    """Return the armoured signature of a record that names the signer's own key."""
    if record.get(KEY) != signer.public.openssh:
        raise ValueError("a record names the key that signs it")
    return sign_message(canonical(record), signer, namespace)


def verify_record(record: Mapping[str, object], armoured: str, namespace: str) -> VerifyKey:
    """Return the key that signed a record, which is the one that it names; raise `BadSignatureError` if not."""
    key = verify_message(canonical(record), armoured, namespace)
    if record.get(KEY) != key.openssh:
        raise BadSignatureError("the record names another key than the one that signed it")
    return key


def record_id(prefix: str, record: Mapping[str, object]) -> str:
    """Return the id of a record, which follows from what it says.

    >>> record_id("AT", {"a": 1})
    'AT-015abd7f5cc57a2d'
    """
    return f"{prefix}-{sha256_hex(canonical(record))[:_ID_DIGITS]}"
