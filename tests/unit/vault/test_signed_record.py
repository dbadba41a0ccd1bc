import pytest

from console.base.canonical import canonical
from console.vault.signed_record import ATTESTATION, COUNTERSIGNATURE, record_id, sign_record, verify_record
from console.vault.signing import BadSignatureError, SigningKey
from console.vault.sshsig import sign_message

KEY, OTHER = SigningKey(bytes(32)), SigningKey(bytes(range(32)))
RECORD = {"key": KEY.public.openssh, "statement": "so", "claims": ["S01"]}


def test_a_record_verifies_in_whatever_order_its_members_come() -> None:
    signature = sign_record(RECORD, KEY, ATTESTATION)
    backwards = dict(reversed(RECORD.items()))
    assert verify_record(backwards, signature, ATTESTATION) == KEY.public
    assert record_id("AT", backwards) == record_id("AT", RECORD)


@pytest.mark.parametrize("change", [{"statement": "other"}, {"claims": []}, {"more": 1}])
def test_any_other_word_does_not_verify(change: dict[str, object]) -> None:
    signature = sign_record(RECORD, KEY, ATTESTATION)
    with pytest.raises(BadSignatureError):
        verify_record({**RECORD, **change}, signature, ATTESTATION)


def test_a_signature_is_for_one_use() -> None:
    with pytest.raises(BadSignatureError):
        verify_record(RECORD, sign_record(RECORD, KEY, ATTESTATION), COUNTERSIGNATURE)


def test_a_record_names_the_key_that_signed_it() -> None:
    with pytest.raises(ValueError, match="names the key"):
        sign_record(RECORD, OTHER, ATTESTATION)
    forged = sign_message(canonical(RECORD), OTHER, ATTESTATION)
    with pytest.raises(BadSignatureError, match="another key"):
        verify_record(RECORD, forged, ATTESTATION)
