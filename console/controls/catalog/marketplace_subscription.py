"""Organisation policies must leave the acceptance of models' terms to named roles."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.boundaries import READS, Act, stopped

ACTS = (Act("subscribe to a model in AWS Marketplace", "aws-marketplace:Subscribe"),)


def check(question: Question) -> Iterator[Opinion]:
    """Ask the policies above the account about each act."""
    return stopped(question, ACTS)


CONTROL = Control(
    id="BR-MDL-002",
    title="Organisation policies leave model subscriptions to named roles",
    severity=Severity.MEDIUM,
    grain=Grain.ACCOUNT,
    reads=READS,
    rationale=(
        "Subscribing accepts a provider's licence for the department. Whoever may call a third-party model for the"
        " first time can do that by accident, unless a policy leaves it to those who read the licence."
    ),
    remedy=(
        "Attach to the root, or to a unit above the account, a service control policy with Effect Deny, Action"
        " aws-marketplace:Subscribe and Resource *, exempting the role that accepts models by"
        " ArnNotLike aws:PrincipalArn."
    ),
    check=check,
    nothing=(Verdict.UNKNOWN, "the organisation's policies were read to the end, but no answer was reached"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/model-access-permissions.html",),
    claims=("S11", "S32"),
)
