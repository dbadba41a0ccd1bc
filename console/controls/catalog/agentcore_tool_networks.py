"""AgentCore browsers and code interpreters must not have a public network."""

from collections.abc import Iterator, Mapping

from console.controls.answers import Answer
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import part, said
from console.domain.evidence import Fact

_CLOSED: Mapping[str, tuple[str, ...]] = {
    "bedrock-agentcore-control.browser": ("VPC",),
    "bedrock-agentcore-control.code_interpreter": ("VPC", "SANDBOX"),
}
"""Kinds of tools, and the modes in which they reach nothing on the internet by themselves."""


def check(question: Question) -> Iterator[Opinion]:
    """Look at the network of each tool that the account made; AWS's own are the same for everybody."""
    for kind, closed in _CLOSED.items():
        for fact in question.facts(kind):
            yield _judge(fact, closed).about(fact)


def _judge(fact: Fact, closed: tuple[str, ...]) -> Answer:
    mode = said(part(fact.payload, "networkConfiguration"), "networkMode")
    if mode == "PUBLIC":
        return Answer(Verdict.FAIL, "it has a public network of AWS's, past the department's own")
    if mode in closed:
        return Answer(Verdict.PASS, f"its network mode is {mode}")
    return Answer(Verdict.UNKNOWN, f"its network mode is {mode or 'not said'}")


CONTROL = Control(
    id="BR-ACR-002",
    title="AgentCore browsers and code interpreters have no public network",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=tuple(_CLOSED),
    rationale=(
        "A model drives the browser and writes the code. What a page tells it to fetch or send goes straight to the"
        " internet from a tool with a public network, with the documents that it has at hand."
    ),
    remedy=(
        "The mode cannot be changed. Call bedrock-agentcore:CreateBrowser with networkMode VPC, or"
        " bedrock-agentcore:CreateCodeInterpreter with SANDBOX or VPC, move agents to it, and delete the old one."
    ),
    check=check,
    nothing=(
        Verdict.NOT_APPLICABLE,
        "browsers and code interpreters were read to the end; there is none here",
    ),
    references=("https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/agentcore-vpc.html",),
    claims=("S34",),
)
