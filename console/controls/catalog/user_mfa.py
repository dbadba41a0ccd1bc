"""IAM users who may use Bedrock must have MFA."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.holdings import MADE_FOR_KEYS, MANAGED, Holding, Holdings, permission
from console.controls.payload import said
from console.domain.evidence import Fact

_KIND = "iam.mfa_device"


def check(question: Question) -> Iterator[Opinion]:
    """Look for a device of each user whose policies allow anything of Bedrock."""
    holdings = Holdings(question)
    devices = {said(fact.payload, "UserName"): fact for fact in question.facts(_KIND)}
    for user in question.facts("iam.user"):
        held = tuple(holdings.of(user))
        if permission(held) is False:
            continue
        found = devices.get(said(user.payload, "UserName"))
        verdict, because = _judge(user, found, held)
        evidence = (user, *((found,) if found else ()), *(each for one in held for each in one.evidence))
        yield Opinion(subject=user.key, verdict=verdict, because=because, evidence=evidence)


def _judge(user: Fact, found: Fact | None, held: tuple[Holding, ...]) -> tuple[Verdict, str]:
    if str(user.payload.get("UserName", "")).startswith(MADE_FOR_KEYS):
        return Verdict.NOT_APPLICABLE, "Bedrock made it for an API key; nobody signs in as it"
    devices = found.payload.get("MFADevices") if found else None
    if not isinstance(devices, list | tuple):
        return Verdict.UNKNOWN, "its MFA devices are not known"
    if devices:
        return Verdict.PASS, f"it has {len(devices)} MFA devices" if len(
            devices
        ) > 1 else "it has an MFA device"
    if permission(held) is None:
        return Verdict.UNKNOWN, "it has no MFA device, and a policy of it is not understood"
    return Verdict.FAIL, "it may use Bedrock and has no MFA device"


CONTROL = Control(
    id="BR-IAM-003",
    title="IAM users who may use Bedrock have an MFA device",
    severity=Severity.HIGH,
    grain=Grain.ACCOUNT,
    reads=(_KIND, "iam.user", "iam.group", MANAGED),
    rationale=(
        "A user without MFA is a password away from everybody. What the console reads does not tell whether a user has"
        " a password at all, and one can be given at any time."
    ),
    remedy=(
        "Let people sign in through IAM Identity Center and delete the user. Else call iam:EnableMFADevice, and deny"
        " what is done without it by the condition BoolIfExists aws:MultiFactorAuthPresent false."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "users were read to the end; none holds a permission for Bedrock"),
    references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",),
    claims=("S30",),
)
