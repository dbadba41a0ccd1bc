"""Buckets of the data path must encrypt under a key of the department's own."""

from collections.abc import Iterator, Mapping

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.buckets import LOCATION, NOTHING, Bucket, buckets
from console.controls.payload import listed, part, said
from console.domain.evidence import Fact

_KIND, _KEYS = "s3.bucket_encryption", "kms.key"
_OWN = ("aws:kms", "aws:kms:dsse")
_OF_AWS = "alias/aws/"


def check(question: Question) -> Iterator[Opinion]:
    """Look for each bucket's key, and whose key that is."""
    keys = {name: fact for fact in question.facts(_KEYS) for name in (fact.key, fact.key.rpartition("/")[2])}
    for bucket in buckets(question, _KIND):
        verdict, because, key = _judge(bucket, keys)
        evidence = (*bucket.evidence, key) if key else bucket.evidence
        yield Opinion(subject=bucket.location.key, verdict=verdict, because=because, evidence=evidence)


def _judge(bucket: Bucket, keys: Mapping[str, Fact]) -> tuple[Verdict, str, Fact | None]:
    if bucket.part is None:
        return Verdict.FAIL, "it has no default encryption", None
    rules = listed(part(bucket.part.payload, "ServerSideEncryptionConfiguration"), "Rules")
    defaults = [part(each, "ApplyServerSideEncryptionByDefault") for each in rules]
    found = next((each for each in defaults if each), None)
    if found is None:
        return Verdict.UNKNOWN, "its default encryption is not understood", None
    algorithm, name = said(found, "SSEAlgorithm"), said(found, "KMSMasterKeyID")
    if algorithm not in _OWN:
        return (
            Verdict.FAIL,
            f"it encrypts with {algorithm or 'nothing that AWS names'}, under a key of AWS's",
            None,
        )
    if name is None or _OF_AWS in name:
        return Verdict.FAIL, f"it encrypts with {algorithm} under the key that AWS manages for S3", None
    key = keys.get(name)
    if key is not None and said(key.payload, "KeyManager") == "AWS":
        return Verdict.FAIL, f"it encrypts under {name}, which AWS manages", key
    return Verdict.PASS, f"it encrypts under {name}", key


CONTROL = Control(
    id="BR-BKT-002",
    title="Buckets of the data path encrypt under a customer managed key",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(LOCATION, _KIND, _KEYS),
    rationale=(
        "Training data, documents, batch results and logs lie in these buckets. A key of the department's own is a"
        " second lock: who may read the bucket must be let in by the key, too."
    ),
    remedy=(
        "Call s3:PutBucketEncryption with SSEAlgorithm aws:kms and a customer managed key of the same Region as"
        " KMSMasterKeyID; objects that are there already keep their key until they are copied over themselves."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, NOTHING),
    references=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",),
    claims=("S23", "S24"),
)
