"""The stores behind knowledge bases must be encrypted under keys of the department's own."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.encryption import KEY, own_key
from console.controls.payload import part, said
from console.controls.vector_stores import (
    BASE,
    CLUSTER,
    GRAPH,
    MANAGED_SEARCH,
    OUTSIDE,
    SERVERLESS,
    STORES,
    Store,
    sort_of,
    store_of,
)
from console.domain.evidence import Fact, Gap, Payload

_BUCKET = "s3vectors.vector_bucket"
_OF_AWS = ("auto", "AWS_OWNED_KEY")
"""What the stores call a key that AWS owns."""
_OWNED = "its store is encrypted under a key that AWS owns"


def check(question: Question) -> Iterator[Opinion]:
    """Follow each knowledge base to its store, and the store to its key."""
    for fact in question.facts(BASE):
        yield _judge(question, fact).about(fact)


def _judge(question: Question, base: Fact) -> Answer:
    if sort_of(base) == "MANAGED":
        managed = part(part(base.payload, "knowledgeBaseConfiguration"), "managedKnowledgeBaseConfiguration")
        name = said(part(managed, "serverSideEncryptionConfiguration"), "kmsKeyArn")
        return own_key(question, name, absent=_OWNED)
    store = store_of(question, base)
    outside = OUTSIDE.get(store.sort or "")
    if outside:
        return Answer(Verdict.UNKNOWN, f"AWS does not show the keys of {outside}")
    if isinstance(store.found, Gap):
        because = f"its store {store.arn} could not be read: {store.found.reason.value}"
        return Answer(Verdict.UNKNOWN, because, (store.found,))
    if store.found is None:
        return Answer(Verdict.UNKNOWN, f"its store {store.arn or store.sort or ''} was not read")
    answer = _of_store(question, store, store.found)
    return Answer(answer.verdict, answer.because, (store.found, *answer.evidence))


def _of_store(question: Question, store: Store, found: Fact) -> Answer:
    if store.sort == SERVERLESS:
        return _named(question, said(found.payload, "kmsKeyArn"))
    if store.sort == GRAPH:
        return _named(question, said(found.payload, "kmsKeyIdentifier"))
    if store.sort == CLUSTER:
        return _of_cluster(question, found.payload)
    if store.sort == MANAGED_SEARCH:
        rest = part(found.payload, "EncryptionAtRestOptions")
        return _switched(question, rest.get("Enabled"), said(rest, "KmsKeyId"))
    return _of_index(question, found)


def _named(question: Question, name: str | None) -> Answer:
    if name in _OF_AWS:
        return Answer(Verdict.FAIL, _OWNED)
    if name is None:
        return Answer(Verdict.UNKNOWN, "AWS did not say under which key its store is encrypted")
    return own_key(question, name)


def _switched(question: Question, enabled: object, name: str | None) -> Answer:
    if enabled is True:
        return _named(question, name)
    if enabled is False:
        return Answer(Verdict.FAIL, "its store is not encrypted")
    return Answer(Verdict.UNKNOWN, "AWS did not say whether its store is encrypted")


def _of_cluster(question: Question, cluster: Payload) -> Answer:
    if said(cluster, "StorageEncryptionType") == "sse-rds":
        return Answer(Verdict.FAIL, _OWNED)
    return _switched(question, cluster.get("StorageEncrypted"), said(cluster, "KmsKeyId"))


def _of_index(question: Question, index: Fact) -> Answer:
    """Answer for an index of S3 Vectors, which has its own encryption or else its bucket's."""
    chosen = part(index.payload, "encryptionConfiguration")
    evidence: tuple[Fact, ...] = ()
    if not chosen:
        bucket = question.at(_BUCKET, question.scope, index.key.partition("/index/")[0])
        if not isinstance(bucket, Fact):
            return Answer(
                Verdict.UNKNOWN, "the bucket of its index was not read", (bucket,) if bucket else ()
            )
        chosen, evidence = part(bucket.payload, "encryptionConfiguration"), (bucket,)
    sort = said(chosen, "sseType")
    if sort == "AES256":
        return Answer(Verdict.FAIL, _OWNED, evidence)
    if sort != "aws:kms":
        because = f"its store is encrypted in a way that this build does not know ({sort or 'not said'})"
        return Answer(Verdict.UNKNOWN, because, evidence)
    answer = _named(question, said(chosen, "kmsKeyArn"))
    return Answer(answer.verdict, answer.because, (*evidence, *answer.evidence))


CONTROL = Control(
    id="BR-KBS-002",
    title="The stores behind knowledge bases are encrypted under customer managed keys that are enabled",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(BASE, *STORES, _BUCKET, KEY),
    rationale=(
        "The key that a knowledge base or its data source names encrypts what is on its way. The documents' text rests"
        " in the store, and whose key is on the store decides who can read it and whether it can be put out of reach."
    ),
    remedy=(
        "A store's key is chosen when it is made. Make a store anew with a customer managed key in the same Region"
        " (aoss:CreateSecurityPolicy of type encryption with KmsARN, rds:CreateDBCluster with KmsKeyId,"
        " s3vectors:CreateIndex with encryptionConfiguration), make the knowledge base anew on it and ingest again; for"
        " a key that is off call kms:EnableKey."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "knowledge bases were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-kb.html",),
    claims=("S23", "S24"),
)
