"""Security Hub must check its standard for AI where models are called."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.invocations import METRICS, invocations
from console.controls.payload import said
from console.domain.evidence import Fact

_HUB, _KIND = "securityhub.hub", "securityhub.enabled_standard"
_STANDARD = "standards/ai-security-best-practices/"


def check(question: Question) -> Iterator[Opinion]:
    """Look for the standard in each Region in which a call was counted."""
    used = invocations(question.facts(METRICS))
    if not used:
        return
    hubs = question.facts(_HUB)
    found = [
        each for each in question.facts(_KIND) if _STANDARD in (said(each.payload, "StandardsArn") or "")
    ]
    verdict, because = _judge(found) if hubs else (Verdict.FAIL, "Security Hub is off")
    yield Opinion(
        subject=str(question.scope), verdict=verdict, because=because, evidence=(*hubs, *found, *used)
    )


def _judge(found: list[Fact]) -> tuple[Verdict, str]:
    if not found:
        return Verdict.FAIL, "Security Hub is on, but its standard for AI is not"
    status = said(found[0].payload, "StandardsStatus")
    if status == "READY":
        return Verdict.PASS, "Security Hub checks its standard for AI"
    if status in ("FAILED", "DELETING"):
        return Verdict.FAIL, f"Security Hub's standard for AI is {status}"
    return Verdict.UNKNOWN, f"Security Hub's standard for AI is {status or 'in a state that was not said'}"


CONTROL = Control(
    id="BR-SHB-001",
    title="Security Hub checks its standard for AI wherever models are called",
    severity=Severity.LOW,
    grain=Grain.REGION,
    reads=(_HUB, _KIND, METRICS),
    rationale=(
        "The standard is off by default. It has few controls for Bedrock and more for AgentCore and SageMaker; what it"
        " finds reaches those who watch everything else, every day."
    ),
    remedy=(
        "Call securityhub:EnableSecurityHub and securityhub:BatchEnableStandards with the ARN"
        " arn:aws:securityhub:<Region>::standards/ai-security-best-practices/v/1.0.0."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "no call of a model was counted in this Region"),
    references=("https://docs.aws.amazon.com/securityhub/latest/userguide/standards-reference.html",),
    claims=("S39",),
)
