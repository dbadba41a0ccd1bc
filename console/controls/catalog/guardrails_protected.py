"""Organisation policies must keep guardrails as they are."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.boundaries import READS, Act, stopped

_ANY = "arn:aws:bedrock:eu-west-2:000000000000:guardrail/any"
ACTS = (
    Act("delete guardrails", "bedrock:DeleteGuardrail", _ANY),
    Act("change guardrails", "bedrock:UpdateGuardrail", _ANY),
)
"""A guardrail that stands for every one: a policy that protects only some by their ARN does not stop the act."""


def check(question: Question) -> Iterator[Opinion]:
    """Ask the policies above the account about each act."""
    return stopped(question, ACTS)


CONTROL = Control(
    id="BR-GRD-004",
    title="Organisation policies protect guardrails",
    severity=Severity.MEDIUM,
    grain=Grain.ACCOUNT,
    reads=READS,
    rationale=("A guardrail that the team it restrains can weaken or delete restrains nobody."),
    remedy=(
        "Attach to the root, or to a unit above the account, a service control policy with Effect Deny, Action"
        " bedrock:DeleteGuardrail and bedrock:UpdateGuardrail and Resource *, exempting the platform team's role by"
        " ArnNotLike aws:PrincipalArn."
    ),
    check=check,
    nothing=(Verdict.UNKNOWN, "the organisation's policies were read to the end, but no answer was reached"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions.html",),
    claims=("S32", "S39"),
)
