"""Users that Bedrock made for API keys must have no other credentials."""

from collections.abc import Iterator, Sequence

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.holdings import MADE_FOR_KEYS
from console.controls.payload import said
from console.domain.evidence import Fact, Gap

_KEYS = "iam.access_key"


def check(question: Question) -> Iterator[Opinion]:
    """Look for access keys of each such user: Bedrock never makes one."""
    for user in question.facts("iam.user"):
        name = said(user.payload, "UserName") or ""
        if not name.startswith(MADE_FOR_KEYS):
            continue
        keys = [each for each in question.facts(_KEYS) if said(each.payload, "UserName") == name]
        verdict, because, evidence = _judge(keys, question.missed(_KEYS))
        yield Opinion(subject=user.key, verdict=verdict, because=because, evidence=(user, *evidence))


def _judge(keys: Sequence[Fact], missed: Sequence[Gap]) -> tuple[Verdict, str, Sequence[Fact | Gap]]:
    if keys:
        named = ", ".join(f"{each.key} ({said(each.payload, 'Status') or 'state not said'})" for each in keys)
        return Verdict.FAIL, f"it has an access key beside its Bedrock key: {named}", keys
    if missed:
        return Verdict.UNKNOWN, "not all access keys of the account could be seen", missed
    return Verdict.PASS, "it has no access key", ()


CONTROL = Control(
    id="BR-KEY-004",
    title="Users made for Bedrock API keys have no access keys",
    severity=Severity.HIGH,
    grain=Grain.ACCOUNT,
    reads=("iam.user", _KEYS),
    rationale=(
        "Nobody works as such a user. An access key for it is how somebody who broke in keeps a way back that no list"
        " of people shows."
    ),
    remedy=(
        "Call iam:DeleteAccessKey for the key, find out from CloudTrail who made it (CreateAccessKey) and what it did,"
        " and delete the user if nobody can say what it is for."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "users were read to the end; Bedrock made none for an API key"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-how.html",),
    claims=("S30",),
)
