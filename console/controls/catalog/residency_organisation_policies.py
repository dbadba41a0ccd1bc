"""Organisation policies must keep Bedrock in approved Regions."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.boundaries import READS, Unbound, boundary
from console.controls.documents import covers_bedrock, names_somebody
from console.domain.evidence import Fact
from console.policy.conditions import Entry
from console.policy.document import Statement

_REGION_TESTS = ("StringEquals", "StringEqualsIgnoreCase", "StringLike")
_ARN_TESTS = ("ArnLike", "ArnEquals")


def check(question: Question) -> Iterator[Opinion]:
    """Look for one deny statement on the account's path whose shape is understood whole."""
    verdict, because, evidence = _judge(question)
    yield Opinion(
        subject=question.scope.account_id,
        verdict=verdict,
        because=because,
        evidence=evidence or question.basis,
    )


def _judge(question: Question) -> tuple[Verdict, str, tuple[Fact, ...]]:
    bound = boundary(question)
    if isinstance(bound, Unbound):
        return bound.verdict, bound.because, bound.evidence
    approved = question.policy.approved_regions
    for each in bound.attached:
        for statement in each.document.statements if each.document else ():
            exempt = _keeps_in(statement, approved)
            if exempt is not None:
                but = f", except for {', '.join(exempt)}" if exempt else ""
                because = (
                    f"{statement.name} at {each.place} denies Bedrock outside {', '.join(approved)}{but}"
                )
                return Verdict.PASS, because, (*each.evidence, *bound.path.evidence)
    if bound.not_understood:
        return Verdict.UNKNOWN, f"not understood: {bound.not_understood}", bound.evidence
    because = "no service control policy on the account's path denies all of Bedrock outside approved Regions"
    return Verdict.FAIL, because, bound.evidence


def _keeps_in(statement: Statement, approved: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return whom a statement exempts if it denies Bedrock outside approved Regions, else None."""
    whole = statement.resources is not None and "*" in statement.resources and not statement.but_resources
    if statement.allows or not whole or not covers_bedrock(statement):
        return None
    regions = [entry for entry in statement.conditions if _is_outside(entry, approved)]
    others = [entry for entry in statement.conditions if entry not in regions]
    if len(regions) != 1 or not all(_is_exemption(entry) for entry in others):
        return None
    return tuple(value for entry in others for value in entry.values)


def _is_outside(entry: Entry, approved: tuple[str, ...]) -> bool:
    """Tell whether a condition holds for every call outside the approved Regions, global ones included."""
    operator = entry.operator
    return (
        entry.key.lower() == "aws:requestedregion"
        and operator.negated
        and operator.test.name in _REGION_TESTS
        and operator.quantifier in ("", "ForAnyValue")
        and set(entry.values) <= set(approved)
    )


def _is_exemption(entry: Entry) -> bool:
    """Tell whether a condition exempts principals that it names; a star for all of them names nobody."""
    operator = entry.operator
    return (
        entry.key.lower() == "aws:principalarn"
        and operator.negated
        and operator.test.name in _ARN_TESTS
        and not operator.quantifier
        and all(names_somebody(value) for value in entry.values)
    )


CONTROL = Control(
    id="BR-RES-003",
    title="Organisation policies keep Bedrock in approved Regions",
    severity=Severity.HIGH,
    grain=Grain.ACCOUNT,
    reads=READS,
    rationale=(
        "Only a policy above the account stops its own administrators from using Bedrock in another Region."
        " Service control policies do not bind the management account, so Bedrock must not be used there."
    ),
    remedy=(
        "Attach to the root, or to a unit above the account, a service control policy with Effect Deny, Action"
        " bedrock:*, Resource * and the condition StringNotEquals aws:RequestedRegion with the approved Regions;"
        " do not list unspecified, which is what a global call presents. Move workloads out of the management account."
    ),
    check=check,
    nothing=(Verdict.UNKNOWN, "the organisation's policies were read to the end, but no answer was reached"),
    references=("https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",),
    claims=("S02", "S15", "S32"),
)
