"""Access keys of users who may use Bedrock must be renewed."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.days import days_since
from console.controls.holdings import MANAGED, Holding, Holdings, permission
from console.controls.payload import said
from console.domain.evidence import Fact

_KIND = "iam.access_key"


def check(question: Question) -> Iterator[Opinion]:
    """Judge each key of a user who may do anything in Bedrock."""
    holdings = Holdings(question)
    users = {said(fact.payload, "UserName"): fact for fact in question.facts("iam.user")}
    for fact in question.facts(_KIND):
        user = users.get(said(fact.payload, "UserName"))
        held = tuple(holdings.of(user)) if user else ()
        verdict, because = _judge(fact, user, held, question.policy.access_key_days)
        evidence = (fact, *((user,) if user else ()), *(each for one in held for each in one.evidence))
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=evidence)


def _judge(fact: Fact, user: Fact | None, held: tuple[Holding, ...], most: int) -> tuple[Verdict, str]:
    status = said(fact.payload, "Status")
    if status == "Inactive":
        return Verdict.NOT_APPLICABLE, "it is inactive"
    if user is None:
        return Verdict.UNKNOWN, "whose it is, is not known"
    name = said(user.payload, "UserName")
    may = permission(held)
    if may is False:
        return Verdict.NOT_APPLICABLE, f"its user {name} holds no permission for Bedrock"
    age = days_since(fact, "CreateDate")
    if may is None or status != "Active" or age is None:
        return Verdict.UNKNOWN, f"the policies of its user {name}, its state or its age are not understood"
    last = said(fact.payload.get("AccessKeyLastUsed") or {}, "LastUsedDate")
    used = f"last used on {last[:10]}" if last else "never used as far as AWS tells"
    because = f"the key of {name} is {age} days old, {used}"
    return (
        (Verdict.FAIL, f"{because}; at most {most} days are allowed")
        if age > most
        else (Verdict.PASS, because)
    )


CONTROL = Control(
    id="BR-IAM-002",
    title="Access keys that can use Bedrock are renewed within the days that the settings allow",
    severity=Severity.MEDIUM,
    grain=Grain.ACCOUNT,
    reads=(_KIND, "iam.user", "iam.group", MANAGED),
    rationale="The longer an access key lives, the more copies of it there are; a copy calls models at our cost.",
    remedy=(
        "Let the application take a role instead. Else call iam:CreateAccessKey, change over, and then"
        " iam:UpdateAccessKey with Status Inactive and iam:DeleteAccessKey for the old key (policy.access_key_days)."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "access keys were read to the end; there is none"),
    references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",),
    claims=("S30",),
    ages=True,
)
