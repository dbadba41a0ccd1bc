"""Organisation policies must stop calls with Bedrock API keys."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.boundaries import READS, Act, stopped

ACTS = (
    Act("call Bedrock with an API key", "bedrock:CallWithBearerToken"),
    Act("call bedrock-mantle with an API key", "bedrock-mantle:CallWithBearerToken"),
)


def check(question: Question) -> Iterator[Opinion]:
    """Ask the policies above the account about each act."""
    return stopped(question, ACTS)


CONTROL = Control(
    id="BR-KEY-001",
    title="Organisation policies stop calls with Bedrock API keys",
    severity=Severity.HIGH,
    grain=Grain.ACCOUNT,
    reads=READS,
    rationale=(
        "A Bedrock API key is a bearer token: it is not bound to the request that carries it, works from anywhere, and"
        " those of the long-term kind leave an IAM user behind. Request signing does not protect calls made with one."
    ),
    remedy=(
        "Attach to the root, or to a unit above the account, a service control policy with Effect Deny, Action"
        " bedrock:CallWithBearerToken and bedrock-mantle:CallWithBearerToken, and Resource *."
    ),
    check=check,
    nothing=(Verdict.UNKNOWN, "the organisation's policies were read to the end, but no answer was reached"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-permissions.html",),
    claims=("S20", "S32"),
)
