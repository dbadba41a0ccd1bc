"""Organisation policies must keep trails recording."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.boundaries import READS, Act, stopped

_ANY = "arn:aws:cloudtrail:eu-west-2:000000000000:trail/any"
ACTS = (
    Act("stop a trail", "cloudtrail:StopLogging", _ANY),
    Act("delete a trail", "cloudtrail:DeleteTrail", _ANY),
    Act("change a trail", "cloudtrail:UpdateTrail", _ANY),
    Act("change what a trail records", "cloudtrail:PutEventSelectors", _ANY),
)
"""A trail that stands for every one: a policy that protects only some by their ARN does not stop the act."""


def check(question: Question) -> Iterator[Opinion]:
    """Ask the policies above the account about each act."""
    return stopped(question, ACTS)


CONTROL = Control(
    id="BR-TRL-003",
    title="Organisation policies protect CloudTrail trails",
    severity=Severity.HIGH,
    grain=Grain.ACCOUNT,
    reads=READS,
    rationale=("Who may stop a trail, or make it leave out Bedrock's events, can work unseen."),
    remedy=(
        "Attach to the root, or to a unit above the account, a service control policy with Effect Deny, Resource *"
        " and Action cloudtrail:StopLogging, cloudtrail:DeleteTrail, cloudtrail:UpdateTrail and"
        " cloudtrail:PutEventSelectors, exempting the platform team's role by ArnNotLike aws:PrincipalArn."
    ),
    check=check,
    nothing=(Verdict.UNKNOWN, "the organisation's policies were read to the end, but no answer was reached"),
    references=("https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",),
    claims=("S26", "S32"),
)
