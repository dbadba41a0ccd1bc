"""Trails must be encrypted under a key of the department's own."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import said
from console.controls.trails import TRAIL


def check(question: Question) -> Iterator[Opinion]:
    """Look for each trail's key; each is judged in its home Region."""
    for fact in question.facts(TRAIL):
        key = said(fact.payload, "KmsKeyId")
        yield Opinion(
            subject=fact.key,
            verdict=Verdict.PASS if key else Verdict.FAIL,
            because=f"its files are encrypted under {key}"
            if key
            else "its files are encrypted under S3's own key",
            evidence=(fact,),
        )


CONTROL = Control(
    id="BR-TRL-005",
    title="Trails are encrypted under a customer managed key",
    severity=Severity.LOW,
    grain=Grain.REGION,
    reads=(TRAIL,),
    rationale=(
        "A trail says who used which model, from where and how often. Under a key of its own the department decides who"
        " reads that, apart from who may read the bucket."
    ),
    remedy=(
        "Call cloudtrail:UpdateTrail with KmsKeyId of a key in the bucket's Region whose policy lets"
        " cloudtrail.amazonaws.com encrypt with it."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "trails were read to the end; none has its home here"),
    references=(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html",
    ),
    claims=("S24", "S26"),
)
