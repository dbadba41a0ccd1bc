"""AgentCore runtimes must run in a VPC of the department's."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import part, said
from console.domain.evidence import Fact

_KINDS = ("bedrock-agentcore-control.agent_runtime", "bedrock-agentcore-control.agent_runtime_version")


def check(question: Question) -> Iterator[Opinion]:
    """Look at the newest version of each runtime, and at older ones that an endpoint leads to still."""
    for kind in _KINDS:
        for fact in question.facts(kind):
            yield _judge(fact).about(fact)


def _judge(fact: Fact) -> Answer:
    mode = said(part(fact.payload, "networkConfiguration"), "networkMode")
    if mode == "PUBLIC":
        return Answer(Verdict.FAIL, "it has a public network of AWS's, past the department's own")
    if mode == "VPC":
        return Answer(Verdict.PASS, "it runs in a VPC")
    return Answer(Verdict.UNKNOWN, f"its network mode is {mode or 'not said'}")


CONTROL = Control(
    id="BR-ACR-001",
    title="AgentCore runtimes run in a VPC, in every version in use",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=_KINDS,
    rationale=(
        "A runtime with a public network reaches any address on the internet with what a model told it to send; no"
        " firewall, endpoint or flow log of the department sees it."
    ),
    remedy=(
        "Call bedrock-agentcore:UpdateAgentRuntime with networkConfiguration of networkMode VPC and networkModeConfig"
        " naming subnets and security groups, and point every endpoint to the new version with"
        " bedrock-agentcore:UpdateAgentRuntimeEndpoint."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "AgentCore runtimes were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/agentcore-vpc.html",),
    claims=("S34",),
)
