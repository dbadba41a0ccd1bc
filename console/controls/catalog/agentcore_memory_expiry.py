"""AgentCore memories must forget in the time that the department allows."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.domain.evidence import Fact

_KIND = "bedrock-agentcore-control.memory"


def check(question: Question) -> Iterator[Opinion]:
    """Compare how long each memory keeps what was said with the longest time that is allowed."""
    most = question.policy.agent_memory_days
    for fact in question.facts(_KIND):
        yield _judge(fact, most).about(fact)


def _judge(fact: Fact, most: int) -> Answer:
    days = fact.payload.get("eventExpiryDuration")
    if isinstance(days, bool) or not isinstance(days, int) or days < 1:
        return Answer(Verdict.UNKNOWN, "AWS did not say how long it keeps what was said")
    verdict = Verdict.PASS if days <= most else Verdict.FAIL
    return Answer(verdict, f"it keeps what was said for {days} days; up to {most} are allowed")


CONTROL = Control(
    id="BR-ACR-007",
    title="AgentCore memories forget what was said in time",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "A memory keeps conversations after the model has answered. What is kept longer than it is needed is personal"
        " data without a purpose, and turns up in answers to somebody else's question."
    ),
    remedy="Call bedrock-agentcore:UpdateMemory with eventExpiryDuration of at most policy.agent_memory_days.",
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "AgentCore memories were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/memory.html",),
    claims=("S22", "S25"),
)
