"""Nobody must be an administrator, through Identity Center, where Bedrock is used."""

from collections.abc import Iterator, Sequence

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.documents import covers_bedrock, covers_every_resource, read_policy
from console.controls.invocations import METRICS, invocations
from console.controls.payload import listed, part, said
from console.domain.evidence import Fact
from console.policy.document import Policy

_ASSIGNMENT, _SET, _POLICY = "sso-admin.account_assignment", "sso-admin.permission_set", "iam.policy"
_BROAD = ("AdministratorAccess", "PowerUserAccess", "AmazonBedrockFullAccess")
Judged = tuple[Verdict, str]


def check(question: Question) -> Iterator[Opinion]:
    """Judge the permission set of each assignment to an account in which models were called."""
    account = question.scope.account_id
    used = invocations(question.facts(METRICS))
    if not used:
        because = "no call of a model was counted in this account"
        yield Opinion(
            subject=account,
            verdict=Verdict.NOT_APPLICABLE,
            because=because,
            evidence=question.facts(METRICS) or question.basis,
        )
        return
    sets = {fact.key: fact for fact in question.facts(_SET)}
    for fact in question.facts(_ASSIGNMENT):
        if said(fact.payload, "AccountId") != account:
            continue
        held = sets.get(str(fact.payload.get("PermissionSetArn")))
        if held is None:
            verdict, because = Verdict.UNKNOWN, "its permission set is not known"
        else:
            verdict, because = _judge(held, question.facts(_POLICY))
        who = f"{str(fact.payload.get('PrincipalType')).lower()} {said(fact.payload, 'PrincipalId')}"
        evidence = (fact, *((held,) if held else ()), *used)
        yield Opinion(subject=fact.key, verdict=verdict, because=f"{who}: {because}", evidence=evidence)


def _judge(held: Fact, policies: Sequence[Fact]) -> Judged:
    name = said(held.payload, "Name") or held.key
    broad = [
        each
        for attached in listed(held.payload, "AttachedManagedPolicies")
        if (each := (said(attached, "Arn") or "").rpartition("/")[2]) in _BROAD
    ]
    documents = [*_inline(held), *_own(held, policies)]
    broad += [each for each, document in documents if document and _is_broad(document)]
    if broad and part(held.payload, "PermissionsBoundary"):
        return Verdict.UNKNOWN, f"{name} gives {', '.join(broad)} within a boundary that is not judged"
    if broad:
        return Verdict.FAIL, f"{name} gives {', '.join(broad)}"
    if "InlinePolicy" not in held.payload or not all(document for _, document in documents):
        return Verdict.UNKNOWN, f"not every policy of {name} is understood"
    return Verdict.PASS, f"{name} gives neither everything nor all of Bedrock"


def _inline(held: Fact) -> Iterator[tuple[str, Policy | None]]:
    text = held.payload.get("InlinePolicy")
    if text:
        yield "its inline policy", read_policy("inline", text)


def _own(held: Fact, policies: Sequence[Fact]) -> Iterator[tuple[str, Policy | None]]:
    """Yield the account's policies that a permission set names; None for one that is not there."""
    for reference in listed(held.payload, "CustomerManagedPolicyReferences"):
        name, path = said(reference, "Name"), said(reference, "Path") or "/"
        documents = [
            version.get("Document")
            for fact in policies
            if (said(fact.payload, "PolicyName"), said(fact.payload, "Path") or "/") == (name, path)
            for version in listed(fact.payload, "PolicyVersionList")
            if version.get("IsDefaultVersion") is True
        ]
        yield f"policy {name}", read_policy(str(name), documents[0]) if len(documents) == 1 else None


def _is_broad(policy: Policy) -> bool:
    return any(
        each.allows and covers_bedrock(each) and (each.but_resources or covers_every_resource(each))
        for each in policy.statements
    )


CONTROL = Control(
    id="BR-IAM-006",
    title="Nobody holds every permission through Identity Center where models are used",
    severity=Severity.HIGH,
    grain=Grain.ACCOUNT,
    reads=(_ASSIGNMENT, _SET, _POLICY, METRICS),
    rationale=(
        "Most people hold their permissions through Identity Center. Who is an administrator where models are used may"
        " change the guardrails and the logs of their use, too."
    ),
    remedy=(
        "Call sso:DeleteAccountAssignment for the assignment, and give the people a permission set with the actions and"
        " models they need; keep an administrator's set for breaking the glass, assigned when it is needed."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "assignments were read to the end; nobody has one to this account"),
    references=("https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html",),
    claims=("S30",),
)
