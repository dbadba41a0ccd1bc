"""What a data source brought in must go when the source goes."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import said
from console.domain.evidence import Fact

_KIND = "bedrock-agent.data_source"
_DELETE, _RETAIN = "DELETE", "RETAIN"


def check(question: Question) -> Iterator[Opinion]:
    """Look at what becomes of the vectors of each data source."""
    for fact in question.facts(_KIND):
        yield _judge(fact).about(fact)


def _judge(fact: Fact) -> Answer:
    policy = said(fact.payload, "dataDeletionPolicy")
    if policy == _RETAIN:
        return Answer(Verdict.FAIL, "its vectors stay in the store when it is deleted (RETAIN)")
    if policy == _DELETE:
        return Answer(Verdict.PASS, "its vectors go with it (DELETE)")
    return Answer(Verdict.UNKNOWN, f"its dataDeletionPolicy is {policy or 'not said'}")


CONTROL = Control(
    id="BR-KBS-003",
    title="Data sources take what they brought in with them when they are deleted",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "With RETAIN, deleting a data source leaves its documents' text and vectors in the store: whoever asked for"
        " deletion is told that it is done while a copy stays."
    ),
    remedy=(
        "Call bedrock:UpdateDataSource with dataDeletionPolicy DELETE before the source is deleted; where one was"
        " deleted already, remove its vectors from the store itself."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "data sources were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/kb-ds-delete.html",),
    claims=("S25",),
)
