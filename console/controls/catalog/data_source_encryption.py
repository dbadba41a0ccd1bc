"""What data sources bring in must be encrypted on its way under a key of the department's own."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.encryption import KEY, own_key
from console.controls.payload import part, said

_KIND = "bedrock-agent.data_source"


def check(question: Question) -> Iterator[Opinion]:
    """Follow the key of each data source to its manager and state."""
    for fact in question.facts(_KIND):
        name = said(part(fact.payload, "serverSideEncryptionConfiguration"), "kmsKeyArn")
        yield own_key(question, name).about(fact)


CONTROL = Control(
    id="BR-KBS-004",
    title="Data sources are ingested under a customer managed key that is enabled",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(_KIND, KEY),
    rationale=(
        "While documents are read, cut up and turned into vectors, Bedrock keeps copies of them. A key of the"
        " department's own shows each use of them and can end it; one that is off stops the next ingestion."
    ),
    remedy=(
        "Call bedrock:UpdateDataSource with serverSideEncryptionConfiguration.kmsKeyArn of a customer managed key in"
        " the same Region; for a key that is off call kms:EnableKey."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "data sources were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-kb.html",),
    claims=("S23", "S24"),
)
