"""The root user must have MFA and no access keys."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.domain.evidence import Fact

_KIND = "iam.account_summary"


def check(question: Question) -> Iterator[Opinion]:
    """Read the counts; a root user whose credentials were taken away needs no MFA."""
    for fact in question.facts(_KIND):
        verdict, because = _judge(fact)
        yield Opinion(subject=str(question.scope), verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact) -> tuple[Verdict, str]:
    keys, mfa, password = (
        fact.payload.get(f"Account{each}") for each in ("AccessKeysPresent", "MFAEnabled", "PasswordPresent")
    )
    if isinstance(keys, int) and keys > 0:
        return Verdict.FAIL, "the root user has an access key"
    if keys != 0 or mfa not in (0, 1):
        return Verdict.UNKNOWN, "AWS did not say whether the root user has MFA and access keys"
    if mfa == 1:
        return Verdict.PASS, "the root user has MFA and no access key"
    if password == 0:
        return Verdict.PASS, "the root user has no password and no access key"
    return Verdict.FAIL, "the root user has no MFA"


CONTROL = Control(
    id="BR-IAM-004",
    title="The root user has MFA and no access keys",
    severity=Severity.HIGH,
    grain=Grain.ACCOUNT,
    reads=(_KIND,),
    rationale="No policy of the account binds its root user, who can change all that Bedrock was approved under.",
    remedy=(
        "Take the root users' credentials away centrally with iam:EnableOrganizationsRootCredentialsManagement. Else"
        " sign in as the root user, enable MFA and delete its access keys."
    ),
    check=check,
    nothing=(Verdict.UNKNOWN, "the account's summary was read to the end, but AWS gave none"),
    references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",),
    claims=("S30",),
)
