"""Flows must be valid as AWS checks them."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import listed, said
from console.domain.evidence import Fact

_KIND = "bedrock-agent.flow"
_ERROR, _WARNING = "Error", "Warning"


def check(question: Question) -> Iterator[Opinion]:
    """Look at what AWS said of each flow when it was prepared last."""
    for fact in question.facts(_KIND):
        yield _judge(fact).about(fact)


def _judge(fact: Fact) -> Answer:
    status, found = said(fact.payload, "status"), listed(fact.payload, "validations")
    errors = [said(each, "type") or "Unspecified" for each in found if said(each, "severity") == _ERROR]
    if errors or status == "Failed":
        words = ", ".join(errors) or "no error was named"
        return Answer(Verdict.FAIL, f"it is {status or 'of a status not said'}, and not valid: {words}")
    if status != "Prepared":
        because = f"it is {status or 'of a status not said'}, so AWS has not checked it as it is now"
        return Answer(Verdict.UNKNOWN, because)
    if any(said(each, "severity") != _WARNING for each in found):
        return Answer(Verdict.UNKNOWN, "AWS said something of it whose severity this build does not know")
    return Answer(Verdict.PASS, f"it is prepared, with {len(found)} warnings" if found else "it is prepared")


CONTROL = Control(
    id="BR-FLW-003",
    title="Flows are prepared without errors",
    severity=Severity.LOW,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "A flow with errors cannot be published: what runs is an older version, and the change that somebody made,"
        " perhaps to put a fault right, has no effect."
    ),
    remedy=(
        "Put right what bedrock:GetFlow lists under validations with bedrock:UpdateFlow, then call bedrock:PrepareFlow"
        " until its status is Prepared."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "flows were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_FlowValidation.html",),
    claims=("S39",),
)
