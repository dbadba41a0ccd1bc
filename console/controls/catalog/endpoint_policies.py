"""Bedrock endpoint policies must not be open to everyone."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.documents import covers_bedrock, read_policy
from console.controls.payload import said
from console.domain.evidence import Fact
from console.policy.conditions import Entry
from console.policy.document import Statement

_KIND = "ec2.vpc_endpoint"
_NARROWING = frozenset(
    ("aws:principalorgid", "aws:principalorgpaths", "aws:principalaccount", "aws:principalarn")
)
"""Keys that say who calls."""
_ARN_PARTS = 6
_TESTS = frozenset(("StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnLike", "ArnEquals"))


def check(question: Question) -> Iterator[Opinion]:
    """Look for a statement that lets everybody in and is not narrowed to known callers."""
    for fact in question.facts(_KIND):
        if ".bedrock" not in str(fact.payload.get("ServiceName", "")):
            continue
        verdict, because = _judge(fact)
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact) -> tuple[Verdict, str]:
    document = said(fact.payload, "PolicyDocument")
    policy = read_policy(fact.key, document) if document else None
    if policy is None:
        return Verdict.UNKNOWN, "its policy is not understood" if document else "AWS gave no policy"
    if any(_shuts_out_strangers(each) for each in policy.statements):
        return Verdict.PASS, "its policy denies everybody but known callers"
    unsure = ""
    for statement in policy.statements:
        if not statement.allows or not _is_everyone(statement):
            continue
        if not statement.conditions:
            return Verdict.FAIL, f"its policy lets everybody in ({statement.name})"
        if not any(_narrows(entry, negated=False) for entry in statement.conditions):
            unsure = unsure or statement.name
    if unsure:
        return (
            Verdict.UNKNOWN,
            f"its policy lets everybody in under a condition that is not judged ({unsure})",
        )
    return Verdict.PASS, "its policy lets in only callers that it names"


def _is_everyone(statement: Statement) -> bool:
    """Tell whether a statement is about everybody; everybody but some is so too, and so is nobody named."""
    if statement.principals is None or statement.but_principals:
        return True
    return any(value == "*" for _kind, value in statement.principals)


def _narrows(entry: Entry, *, negated: bool) -> bool:
    """Tell whether a condition holds the callers to values that are written out."""
    operator = entry.operator
    return (
        entry.key.lower() in _NARROWING
        and operator.test.name in _TESTS
        and operator.negated is negated
        and not operator.quantifier
        and (negated or not operator.if_exists)
        and all(_is_written_out(value) for value in entry.values)
    )


def _is_written_out(value: str) -> bool:
    """Tell whether a value stands for known callers: no wildcard but in the name of an account's principal."""
    parts = value.split(":", _ARN_PARTS - 1)
    if len(parts) == _ARN_PARTS:
        return parts[4].isdigit()
    return not set(value) & set("*?$")


def _shuts_out_strangers(statement: Statement) -> bool:
    """Tell whether a statement denies all of Bedrock to everybody but the callers that it names."""
    return (
        not statement.allows
        and statement.principals is not None
        and not statement.but_principals
        and _is_everyone(statement)
        and covers_bedrock(statement)
        and statement.resources == ("*",)
        and not statement.but_resources
        and len(statement.conditions) == 1
        and _narrows(statement.conditions[0], negated=True)
    )


CONTROL = Control(
    id="BR-NET-002",
    title="Bedrock endpoint policies are not open to everyone",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "The policy that AWS gives an endpoint lets any caller of any account through it, with data of ours and"
        " credentials of theirs."
    ),
    remedy=(
        "Call ec2:ModifyVpcEndpoint with a PolicyDocument whose Allow statements name the callers, or have the"
        " condition StringEquals aws:PrincipalOrgID with this organisation's id."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "VPC endpoints were read to the end; none is for Bedrock"),
    references=("https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",),
    claims=("S03", "S34"),
)
