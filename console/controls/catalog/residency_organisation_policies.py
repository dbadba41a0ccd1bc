"""Organisation policies must keep Bedrock in approved Regions."""

from collections.abc import Iterator
from dataclasses import dataclass

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.documents import covers_bedrock, read_policy
from console.controls.payload import listed, part, said
from console.domain.evidence import Fact
from console.policy.conditions import Entry
from console.policy.document import Statement

_SCP = "SERVICE_CONTROL_POLICY"
_REGION_TESTS = ("StringEquals", "StringEqualsIgnoreCase", "StringLike")
_ARN_TESTS = ("ArnLike", "ArnEquals")
_ARN_PARTS = 6


@dataclass(frozen=True, slots=True)
class _Path:
    """An account, the units above it and the root, with the facts that say so; broken if it ends below a root."""

    ids: tuple[str, ...]
    evidence: tuple[Fact, ...]
    root: Fact | None


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
    organisation = tuple(question.facts("organizations.organization"))
    account = question.scope.account_id
    if not question.management_account:
        return Verdict.UNKNOWN, "AWS did not say which account is the management account", organisation
    if account == question.management_account:
        return Verdict.FAIL, "service control policies do not bind the management account", organisation
    path = _path(question)
    if path.root is None:
        return Verdict.UNKNOWN, "the account's place in the organisation is not known", path.evidence
    if not _is_enabled(path.root):
        because = "service control policies are not enabled at the organisation's root"
        return Verdict.FAIL, because, (path.root,)
    return _judge_path(question, path)


def _judge_path(question: Question, path: _Path) -> tuple[Verdict, str, tuple[Fact, ...]]:
    policies = {_policy_id(fact): fact for fact in question.facts("organizations.policy") if _is_scp(fact)}
    seen: list[Fact] = []
    unread: list[str] = []
    for target in question.facts("organizations.policy_target"):
        policy = policies.get(said(target.payload, "PolicyId"))
        if policy is None or said(target.payload, "TargetId") not in path.ids:
            continue
        seen += (policy, target)
        name = said(part(policy.payload, "PolicySummary"), "Name") or policy.key
        document = read_policy(name, policy.payload.get("Content"))
        if document is None:
            unread.append(name)
            continue
        for statement in document.statements:
            exempt = _keeps_in(statement, question.policy.approved_regions)
            if exempt is not None:
                regions = ", ".join(question.policy.approved_regions)
                but = f", except for {', '.join(exempt)}" if exempt else ""
                because = (
                    f"{statement.name} at {target.payload['TargetId']} denies Bedrock outside {regions}{but}"
                )
                return Verdict.PASS, because, (policy, target, *path.evidence)
    evidence = (*seen, *path.evidence)
    if unread:
        return Verdict.UNKNOWN, f"not understood: {', '.join(unread)}", evidence
    because = "no service control policy on the account's path denies all of Bedrock outside approved Regions"
    return Verdict.FAIL, because, evidence


def _path(question: Question) -> _Path:
    """Walk from the account up to a root; each place has one parent, and a circle is no path."""
    above = {said(fact.payload, "Id"): fact for fact in question.facts("organizations.child")}
    roots = {fact.key: fact for fact in question.facts("organizations.root")}
    ids = [question.scope.account_id]
    evidence: list[Fact] = []
    while ids[-1] not in roots:
        link = above.get(ids[-1])
        parent = said(link.payload, "ParentId") if link else None
        if link is None or parent is None or parent in ids:
            return _Path(tuple(ids), tuple(evidence), None)
        ids.append(parent)
        evidence.append(link)
    root = roots[ids[-1]]
    return _Path(tuple(ids), (*evidence, root), root)


def _is_enabled(root: Fact) -> bool:
    return any(
        said(each, "Type") == _SCP and said(each, "Status") == "ENABLED"
        for each in listed(root.payload, "PolicyTypes")
    )


def _is_scp(policy: Fact) -> bool:
    return said(part(policy.payload, "PolicySummary"), "Type") == _SCP


def _policy_id(policy: Fact) -> str | None:
    return said(part(policy.payload, "PolicySummary"), "Id")


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
        and all(_names_somebody(value) for value in entry.values)
    )


def _names_somebody(arn: str) -> bool:
    parts = arn.split(":", _ARN_PARTS - 1)
    name = parts[-1].rpartition("/")[2]
    return len(parts) == _ARN_PARTS and "/" in parts[-1] and bool(name.strip("*?"))


CONTROL = Control(
    id="BR-RES-003",
    title="Organisation policies keep Bedrock in approved Regions",
    severity=Severity.HIGH,
    grain=Grain.ACCOUNT,
    reads=(
        "organizations.organization",
        "organizations.root",
        "organizations.child",
        "organizations.policy",
        "organizations.policy_target",
    ),
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
