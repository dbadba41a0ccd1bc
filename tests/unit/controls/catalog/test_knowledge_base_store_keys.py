from dataclasses import replace
from typing import Any

import pytest

from console.controls.catalog.knowledge_base_store_keys import CONTROL
from console.domain.finding import Verdict
from fakes import fact, gap
from unit.controls.asking import ask, is_unknown_when_unread, opinion
from unit.controls.keys_made import ARN as KEY
from unit.controls.keys_made import key
from unit.controls.stores_made import ARN, BASE, BUCKET, NAMED, base, kept

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
OWN = {"sseType": "aws:kms", "kmsKeyArn": KEY}


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_knowledge_bases_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("store", "payload", "verdict", "word"),
    [
        ("OPENSEARCH_SERVERLESS", {"kmsKeyArn": KEY}, PASS, KEY),
        ("OPENSEARCH_SERVERLESS", {"kmsKeyArn": "auto"}, FAIL, "AWS owns"),
        ("OPENSEARCH_SERVERLESS", {}, UNKNOWN, "did not say"),
        ("NEPTUNE_ANALYTICS", {"kmsKeyIdentifier": KEY}, PASS, KEY),
        ("NEPTUNE_ANALYTICS", {"kmsKeyIdentifier": "AWS_OWNED_KEY"}, FAIL, "AWS owns"),
        ("NEPTUNE_ANALYTICS", {}, UNKNOWN, "did not say"),
        ("RDS", {"StorageEncrypted": True, "KmsKeyId": KEY}, PASS, KEY),
        ("RDS", {"StorageEncrypted": True}, UNKNOWN, "did not say under which key"),
        ("RDS", {"StorageEncrypted": False}, FAIL, "not encrypted"),
        ("RDS", {"StorageEncrypted": False, "StorageEncryptionType": "sse-rds"}, FAIL, "AWS owns"),
        ("RDS", {}, UNKNOWN, "whether its store"),
        (
            "OPENSEARCH_MANAGED_CLUSTER",
            {"EncryptionAtRestOptions": {"Enabled": True, "KmsKeyId": KEY}},
            PASS,
            KEY,
        ),
        (
            "OPENSEARCH_MANAGED_CLUSTER",
            {"EncryptionAtRestOptions": {"Enabled": False}},
            FAIL,
            "not encrypted",
        ),
        ("OPENSEARCH_MANAGED_CLUSTER", {}, UNKNOWN, "whether its store"),
        ("S3_VECTORS", {"encryptionConfiguration": OWN}, PASS, KEY),
        ("S3_VECTORS", {"encryptionConfiguration": {"sseType": "AES256"}}, FAIL, "AWS owns"),
        ("S3_VECTORS", {"encryptionConfiguration": {"sseType": "rot13"}}, UNKNOWN, "rot13"),
        ("S3_VECTORS", {"encryptionConfiguration": {"kmsKeyArn": KEY}}, UNKNOWN, "not said"),
        ("S3_VECTORS", {"encryptionConfiguration": {"sseType": "aws:kms"}}, UNKNOWN, "under which key"),
    ],
)
def test_a_store_is_as_good_as_its_key(store: str, payload: Any, verdict: Any, word: str) -> None:
    found = opinion(CONTROL, base(store), kept(store, payload), key())
    assert (found.verdict, found.evidence[:2]) == (verdict, (7, 8))
    assert word in found.because


@pytest.mark.parametrize("store", NAMED)
def test_a_store_that_was_not_read_is_unknown(store: str) -> None:
    assert opinion(CONTROL, base(store)).verdict is UNKNOWN
    assert opinion(CONTROL, base(store, arn=None)).verdict is UNKNOWN
    lost = replace(gap(NAMED[store][2], sequence=9), key=ARN)
    found = opinion(CONTROL, base(store), missing=[lost])
    assert (found.verdict, found.evidence) == (UNKNOWN, (7, 9))


def test_a_key_that_is_off_or_awss_is_none_of_ours() -> None:
    thing = kept("RDS", {"StorageEncrypted": True, "KmsKeyId": KEY})
    assert opinion(CONTROL, base("RDS"), thing, key(KeyState="PendingDeletion")).verdict is FAIL
    assert opinion(CONTROL, base("RDS"), thing, key(KeyManager="AWS")).verdict is FAIL
    assert opinion(CONTROL, base("RDS"), thing).verdict is UNKNOWN


def test_an_index_without_encryption_of_its_own_has_that_of_its_bucket() -> None:
    index = kept("S3_VECTORS", {})
    bucket = fact("s3vectors.vector_bucket", BUCKET, {"encryptionConfiguration": OWN}, sequence=10)
    found = opinion(CONTROL, base("S3_VECTORS"), index, bucket, key())
    assert (found.verdict, found.evidence) == (PASS, (7, 8, 10, 50))
    plain = fact("s3vectors.vector_bucket", BUCKET, {"encryptionConfiguration": {"sseType": "AES256"}})
    assert opinion(CONTROL, base("S3_VECTORS"), index, plain).verdict is FAIL
    assert opinion(CONTROL, base("S3_VECTORS"), index).verdict is UNKNOWN
    lost = replace(gap("s3vectors.vector_bucket", sequence=11), key=BUCKET)
    found = opinion(CONTROL, base("S3_VECTORS"), index, missing=[lost])
    assert (found.verdict, found.evidence) == (UNKNOWN, (7, 8, 11))


def test_what_a_third_party_does_cannot_be_seen() -> None:
    found = opinion(CONTROL, base("PINECONE"))
    assert (found.verdict, found.because) == (UNKNOWN, "AWS does not show the keys of Pinecone")


@pytest.mark.parametrize(("named", "verdict"), [({"kmsKeyArn": KEY}, PASS), ({}, FAIL), (None, FAIL)])
def test_a_base_that_bedrock_keeps_names_its_key_itself(named: Any, verdict: Any) -> None:
    managed = {"serverSideEncryptionConfiguration": named}
    payload = {
        "knowledgeBaseConfiguration": {"type": "MANAGED", "managedKnowledgeBaseConfiguration": managed}
    }
    assert opinion(CONTROL, fact(BASE, "kb", payload), key()).verdict is verdict
