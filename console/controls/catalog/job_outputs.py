"""What batch and asynchronous jobs write must be encrypted under a key of the department's own."""

from collections.abc import Iterator

from console.controls.answers import Answer, together
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.encryption import KEY, own_key
from console.controls.payload import listed, part, said
from console.domain.evidence import Fact, Gap, Payload

_KEYS = {"bedrock.model_invocation_job": "s3EncryptionKeyId", "bedrock-runtime.async_invoke": "kmsKeyId"}
"""Kinds of jobs, and the member by which each names the key of what it writes."""
_DEFAULT = "s3.bucket_encryption"
_KMS = ("aws:kms", "aws:kms:dsse")
_SCHEME = "s3://"


def check(question: Question) -> Iterator[Opinion]:
    """Follow the key that each job names; without one, what its bucket does by default decides."""
    for kind, member in _KEYS.items():
        for fact in question.facts(kind):
            output = part(part(fact.payload, "outputDataConfig"), "s3OutputDataConfig")
            name = said(output, member)
            answer = own_key(question, name) if name else _by_default(question, said(output, "s3Uri"))
            yield answer.about(fact)


def _by_default(question: Question, uri: str | None) -> Answer:
    if uri is None or not uri.startswith(_SCHEME):
        return Answer(Verdict.UNKNOWN, "AWS did not say to which bucket it writes")
    bucket = uri.removeprefix(_SCHEME).partition("/")[0]
    found = question.at(_DEFAULT, question.scope, bucket)
    if isinstance(found, Gap):
        because = (
            f"it names no key, and the default of bucket {bucket} could not be read: {found.reason.value}"
        )
        return Answer(Verdict.UNKNOWN, because, (found,))
    if found is None:
        return Answer(Verdict.UNKNOWN, f"it names no key, and the default of bucket {bucket} was not read")
    answer = _of_bucket(question, found)
    because = f"it names no key; by default of bucket {bucket}, {answer.because}"
    return Answer(answer.verdict, because, (found, *answer.evidence))


def _of_bucket(question: Question, bucket: Fact) -> Answer:
    rules = listed(part(bucket.payload, "ServerSideEncryptionConfiguration"), "Rules")
    answers = [_rule(question, part(each, "ApplyServerSideEncryptionByDefault")) for each in rules]
    if not answers:
        return Answer(Verdict.UNKNOWN, "AWS did not say how it is encrypted")
    return together(answers, answers[0].because)


def _rule(question: Question, rule: Payload) -> Answer:
    sort = said(rule, "SSEAlgorithm")
    if sort == "AES256":
        return own_key(question, None)
    if sort not in _KMS:
        return Answer(
            Verdict.UNKNOWN, f"it is encrypted in a way not known to this build ({sort or 'not said'})"
        )
    return own_key(
        question, said(rule, "KMSMasterKeyID"), absent="it is encrypted under a key that AWS manages"
    )


CONTROL = Control(
    id="BR-JOB-001",
    title="What batch and asynchronous jobs write is encrypted under a customer managed key that is enabled",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(*_KEYS, _DEFAULT, KEY),
    rationale=(
        "A batch writes thousands of prompts and answers into one file. It outlives the job, and whose key it is under"
        " decides who can read it."
    ),
    remedy=(
        "Set the bucket's default with s3:PutBucketEncryption to aws:kms and a customer managed key, and name that key"
        " in later calls: s3EncryptionKeyId of bedrock:CreateModelInvocationJob, kmsKeyId of"
        " bedrock:StartAsyncInvoke. Encrypt what is there already by copying it in place."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "batch and asynchronous jobs were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-data.html",),
    claims=("S24",),
)
