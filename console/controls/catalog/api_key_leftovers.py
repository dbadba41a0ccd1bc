"""Users that Bedrock made for API keys must not outlive their keys with permissions."""

from collections.abc import Iterator, Sequence

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.holdings import MADE_FOR_KEYS, MANAGED, Holdings
from console.controls.payload import said
from console.domain.evidence import Fact

_KEYS = "iam.service_specific_credential"
_IDLE = ("Inactive", "Expired")


def check(question: Question) -> Iterator[Opinion]:
    """Look at each such user for a key that is in use, then for what it still holds."""
    holdings = Holdings(question)
    for user in question.facts("iam.user"):
        name = said(user.payload, "UserName") or ""
        if not name.startswith(MADE_FOR_KEYS):
            continue
        keys = [each for each in question.facts(_KEYS) if said(each.payload, "UserName") == name]
        held = tuple(holdings.of(user))
        verdict, because = _judge(keys, [each.name for each in held])
        evidence = (user, *keys, *(fact for each in held for fact in each.evidence))
        yield Opinion(subject=user.key, verdict=verdict, because=because, evidence=evidence)


def _judge(keys: Sequence[Fact], held: Sequence[str]) -> tuple[Verdict, str]:
    states = {said(each.payload, "Status") for each in keys}
    if "Active" in states:
        return Verdict.PASS, "its key is in use"
    if not held:
        return Verdict.PASS, "it has no key in use, and no permission"
    if not states <= set(_IDLE):
        return Verdict.UNKNOWN, "AWS did not say what state its key is in"
    lack = f"its key is {' and '.join(sorted(map(str, states))).lower()}" if states else "its key is gone"
    return Verdict.FAIL, f"{lack}, but it still holds {', '.join(held)}"


CONTROL = Control(
    id="BR-KEY-003",
    title="Users made for Bedrock API keys hold no permission without a key in use",
    severity=Severity.MEDIUM,
    grain=Grain.ACCOUNT,
    reads=("iam.user", "iam.group", MANAGED, _KEYS),
    rationale=(
        "The console of Bedrock makes an IAM user for each long-term key. Deleting the key, or its end, leaves the"
        " user with its permissions behind, and whoever can make a key for it can use them."
    ),
    remedy=(
        "Call iam:DetachUserPolicy and iam:DeleteUserPolicy for what the user holds,"
        " iam:DeleteServiceSpecificCredential for a key that is not in use, then iam:DeleteUser."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "users were read to the end; Bedrock made none for an API key"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-how.html",),
    claims=("S20", "S30"),
)
