"""AgentCore gateways must not tell callers what went wrong inside."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import said
from console.domain.evidence import Fact

_KIND = "bedrock-agentcore-control.gateway"


def check(question: Question) -> Iterator[Opinion]:
    """Look at how much each gateway says when it fails; AWS leaves the member out where it says little."""
    for fact in question.facts(_KIND):
        yield _judge(fact).about(fact)


def _judge(fact: Fact) -> Answer:
    level = fact.payload.get("exceptionLevel")
    if level == "DEBUG":
        return Answer(Verdict.FAIL, "it tells callers in detail what went wrong inside (DEBUG)")
    if level is not None:
        return Answer(Verdict.UNKNOWN, "its exceptionLevel is one that this build does not know")
    if said(fact.payload, "gatewayArn") is None:
        return Answer(Verdict.UNKNOWN, "AWS's answer about it is not whole")
    return Answer(Verdict.PASS, "it tells callers that something went wrong, and no more")


CONTROL = Control(
    id="BR-ACR-005",
    title="AgentCore gateways do not tell callers what went wrong inside",
    severity=Severity.LOW,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "Detailed errors name functions, roles and schemas: what somebody needs who is looking for the next way in."
    ),
    remedy="Call bedrock-agentcore:UpdateGateway without exceptionLevel.",
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "AgentCore gateways were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-debug.html",),
    claims=("S34",),
)
