"""What agents do in AgentCore browsers must be recorded."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import part, said
from console.domain.evidence import Fact

_KIND = "bedrock-agentcore-control.browser"


def check(question: Question) -> Iterator[Opinion]:
    """Look whether sessions are recorded, and to where: a switch without a place records nothing."""
    for fact in question.facts(_KIND):
        yield _judge(fact).about(fact)


def _judge(fact: Fact) -> Answer:
    if "recording" not in fact.payload and said(fact.payload, "browserArn"):
        return Answer(Verdict.FAIL, "its sessions are not recorded")
    recording = part(fact.payload, "recording")
    enabled, bucket = recording.get("enabled"), said(part(recording, "s3Location"), "bucket")
    if enabled is False:
        return Answer(Verdict.FAIL, "its sessions are not recorded")
    if enabled is not True:
        return Answer(Verdict.UNKNOWN, "AWS did not say whether its sessions are recorded")
    if bucket is None:
        return Answer(Verdict.UNKNOWN, "its sessions are recorded, but AWS did not say where")
    return Answer(Verdict.PASS, f"its sessions are recorded to {bucket}")


CONTROL = Control(
    id="BR-ACR-008",
    title="Sessions of AgentCore browsers are recorded",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "In a browser an agent signs in, fills in forms and sends them. Without a recording nobody can show afterwards"
        " what was done in whose name."
    ),
    remedy=(
        "Whether a browser records is chosen when it is made. Call bedrock-agentcore:CreateBrowser with recording"
        " enabled true and an s3Location in a bucket of the department's, move agents to it, and delete the old one."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "browsers were read to the end; there is none here"),
    references=(
        "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/browser-session-recording.html",
    ),
    claims=("S26",),
)
