"""Organisation policies must keep invocation logging as it is."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.boundaries import READS, Act, stopped

ACTS = (
    Act("switch invocation logging off", "bedrock:DeleteModelInvocationLoggingConfiguration"),
    Act("redirect invocation logging", "bedrock:PutModelInvocationLoggingConfiguration"),
)


def check(question: Question) -> Iterator[Opinion]:
    """Ask the policies above the account about each act."""
    return stopped(question, ACTS)


CONTROL = Control(
    id="BR-LOG-003",
    title="Organisation policies protect model invocation logging",
    severity=Severity.HIGH,
    grain=Grain.ACCOUNT,
    reads=READS,
    rationale=(
        "Logging that the account's own administrators can switch off proves nothing about the time it was off."
    ),
    remedy=(
        "Attach to the root, or to a unit above the account, a service control policy with Effect Deny and Action"
        " bedrock:DeleteModelInvocationLoggingConfiguration and bedrock:PutModelInvocationLoggingConfiguration,"
        " exempting the platform team's role by ArnNotLike aws:PrincipalArn."
    ),
    check=check,
    nothing=(Verdict.UNKNOWN, "the organisation's policies were read to the end, but no answer was reached"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html",),
    claims=("S27", "S32"),
)
