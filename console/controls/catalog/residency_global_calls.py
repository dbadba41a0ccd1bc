"""Organisation policies must stop calls that AWS may send to any Region."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.boundaries import READS, Act, stopped

ACTS = (
    Act(
        "call a model that may run in any Region",
        "bedrock:InvokeModel",
        "arn:aws:bedrock:::foundation-model/any",
        {"aws:RequestedRegion": "unspecified"},
    ),
)
"""What the last leg of a call through a global inference profile presents."""


def check(question: Question) -> Iterator[Opinion]:
    """Ask the policies above the account about each act."""
    return stopped(question, ACTS)


CONTROL = Control(
    id="BR-RES-004",
    title="Organisation policies stop calls that AWS may send to any Region",
    severity=Severity.HIGH,
    grain=Grain.ACCOUNT,
    reads=READS,
    rationale=(
        "A call through a global inference profile presents no Region but the word unspecified, so a policy that lists"
        " Regions stops it only if it does not let that word through."
    ),
    remedy=(
        "In the service control policy that keeps Bedrock in approved Regions, use StringNotEquals aws:RequestedRegion"
        " with the approved Regions alone; remove unspecified from the list."
    ),
    check=check,
    nothing=(Verdict.UNKNOWN, "the organisation's policies were read to the end, but no answer was reached"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html",),
    claims=("S15", "S32"),
)
