"""Bedrock API keys must be short-lived."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.days import days_since
from console.controls.payload import moment, said
from console.domain.evidence import Fact

_KIND = "iam.service_specific_credential"
_IDLE = ("Inactive", "Expired")


def check(question: Question) -> Iterator[Opinion]:
    """Judge each key by its age and by its end; one without an end never ends."""
    for fact in question.facts(_KIND):
        verdict, because = _judge(fact, question.policy.api_key_days)
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact, most: int) -> tuple[Verdict, str]:
    status, user = said(fact.payload, "Status"), said(fact.payload, "UserName") or "a user without a name"
    if status in _IDLE:
        return Verdict.NOT_APPLICABLE, f"the key of {user} is {status.lower()}"
    age, made = days_since(fact, "CreateDate"), moment(fact.payload, "CreateDate")
    if status != "Active" or age is None or made is None:
        return Verdict.UNKNOWN, f"AWS did not say what state the key of {user} is in, or since when"
    if "ExpirationDate" not in fact.payload:
        return Verdict.FAIL, f"the key of {user} is {age} days old and never expires"
    end = moment(fact.payload, "ExpirationDate")
    if end is None:
        return Verdict.UNKNOWN, f"when the key of {user} expires is not understood"
    if age > most:
        return Verdict.FAIL, f"the key of {user} is {age} days old, and at most {most} are allowed"
    life = (end - made).days
    if life > most:
        return Verdict.FAIL, f"the key of {user} lives for {life} days, and at most {most} are allowed"
    return Verdict.PASS, f"the key of {user} is {age} days old and expires on {end:%Y-%m-%d}"


CONTROL = Control(
    id="BR-KEY-002",
    title="Bedrock API keys expire within the days that the settings allow",
    severity=Severity.HIGH,
    grain=Grain.ACCOUNT,
    reads=(_KIND,),
    rationale=(
        "A long-term Bedrock API key is a password for models that works from anywhere. One without an end goes on"
        " working for whoever copied it."
    ),
    remedy=(
        "Call iam:DeleteServiceSpecificCredential for the key. Give applications roles; where only a key will do, use"
        " short-term keys, or iam:CreateServiceSpecificCredential with CredentialAgeDays up to policy.api_key_days."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "Bedrock API keys were read to the end; there is none"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html",),
    claims=("S20", "S30"),
    ages=True,
)
