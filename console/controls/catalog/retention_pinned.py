"""Organisation policies must pin the data retention mode."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.boundaries import READS, Act, stopped

_MODES = ("default", "aws_review", "provider_data_share", "inherit")
ACTS = tuple(
    Act(f"set {words} to {mode}", action, context={f"{service}:DataRetentionMode": mode})
    for mode in _MODES
    for words, service, action in (
        ("the account's retention mode", "bedrock", "bedrock:PutAccountDataRetention"),
        ("bedrock-mantle's retention mode", "bedrock-mantle", "bedrock-mantle:PutAccountDataRetention"),
    )
)


def check(question: Question) -> Iterator[Opinion]:
    """Ask the policies above the account about each act."""
    return stopped(question, ACTS)


CONTROL = Control(
    id="BR-RET-002",
    title="Organisation policies pin the data retention mode to none",
    severity=Severity.HIGH,
    grain=Grain.ACCOUNT,
    reads=READS,
    rationale=(
        "The mode decides whether AWS, or a model's provider, may keep prompts and completions. Where no policy"
        " pins it, one call by an administrator of the account undoes what was approved, from the next request on."
    ),
    remedy=(
        "Attach to the root, or to a unit above the account, a service control policy with Effect Deny, Action"
        " bedrock:PutAccountDataRetention and Resource * under StringNotEquals bedrock:DataRetentionMode none, and the"
        " same for bedrock-mantle:PutAccountDataRetention under bedrock-mantle:DataRetentionMode."
    ),
    check=check,
    nothing=(Verdict.UNKNOWN, "the organisation's policies were read to the end, but no answer was reached"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/data-retention.html",),
    claims=("S06", "S22", "S32"),
)
