"""Log groups of the data path must be encrypted under a key of the department's own."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import said

_KIND = "logs.log_group"


def check(question: Question) -> Iterator[Opinion]:
    """Look for the key of each group; only keys of customers can be a group's."""
    for fact in question.facts(_KIND):
        key = said(fact.payload, "kmsKeyId")
        yield Opinion(
            subject=fact.key,
            verdict=Verdict.PASS if key else Verdict.FAIL,
            because=f"it is encrypted under {key}" if key else "it is encrypted under a key that AWS owns",
            evidence=(fact,),
        )


CONTROL = Control(
    id="BR-LOG-006",
    title="Log groups of the data path are encrypted under a customer managed key",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "These groups hold prompts and answers, or records of them. Under a key of its own the department sees who"
        " reads them, and can end that at once."
    ),
    remedy="Call logs:AssociateKmsKey for the group with a key whose policy lets logs.<Region>.amazonaws.com use it.",
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "log groups were read to the end; none is on the data path here"),
    references=("https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",),
    claims=("S24",),
)
