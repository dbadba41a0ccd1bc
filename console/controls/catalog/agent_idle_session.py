"""Agents must forget a conversation soon after it stops."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.domain.evidence import Fact

_KINDS = ("bedrock-agent.agent", "bedrock-agent.agent_version")


def check(question: Question) -> Iterator[Opinion]:
    """Compare each draft and each version in use with the longest time that the department allows."""
    most = question.policy.agent_idle_seconds
    for kind in _KINDS:
        for fact in question.facts(kind):
            yield _judge(fact, most).about(fact)


def _judge(fact: Fact, most: int) -> Answer:
    seconds = fact.payload.get("idleSessionTTLInSeconds")
    if isinstance(seconds, bool) or not isinstance(seconds, int):
        return Answer(Verdict.UNKNOWN, "AWS did not say how long it keeps a conversation")
    verdict = Verdict.PASS if seconds <= most else Verdict.FAIL
    return Answer(verdict, f"it keeps an idle conversation for {seconds} seconds; up to {most} are allowed")


CONTROL = Control(
    id="BR-AGT-002",
    title="Agents end an idle conversation in time",
    severity=Severity.LOW,
    grain=Grain.REGION,
    reads=_KINDS,
    rationale=(
        "Until an idle session ends, AWS keeps what was said in it, and whoever has its id goes on as the person who"
        " began it."
    ),
    remedy=(
        "Call bedrock:UpdateAgent with idleSessionTTLInSeconds of at most policy.agent_idle_seconds, prepare the agent,"
        " make a version and point its aliases to it."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "agents were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_UpdateAgent.html",),
    claims=("S22",),
)
