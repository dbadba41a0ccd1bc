"""No principal may hold every Bedrock permission."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.documents import covers_bedrock, covers_every_resource, is_admin, read_policy
from console.controls.payload import listed, said
from console.domain.evidence import Fact
from console.policy.document import Policy

_LISTS = {"iam.user": "UserPolicyList", "iam.group": "GroupPolicyList", "iam.role": "RolePolicyList"}
_FULL_ACCESS = ":aws:policy/AmazonBedrockFullAccess"


@dataclass(frozen=True, slots=True)
class _Grant:
    """What one policy of a principal gives; `words` is empty if it is not every Bedrock permission."""

    words: str
    is_known: bool
    evidence: tuple[Fact, ...]


def check(question: Question) -> Iterator[Opinion]:
    """Look through each principal's attached and inline policies, and a user's groups."""
    managed = {fact.key: fact for fact in question.facts("iam.policy")}
    groups = {said(fact.payload, "GroupName"): fact for fact in question.facts("iam.group")}
    principals = [fact for kind in _LISTS for fact in question.facts(kind)]
    is_clean = True
    for fact in principals:
        grants = [*_grants(fact, managed), *_through_groups(fact, groups, managed)]
        held = [each for each in grants if each.words]
        unsure = [each for each in grants if not each.is_known]
        if not held and not unsure:
            continue
        is_clean = False
        named = held or unsure
        because = "; ".join(dict.fromkeys(each.words or "a policy of it is not understood" for each in named))
        evidence = (fact, *(each_fact for each in named for each_fact in each.evidence))
        verdict = Verdict.FAIL if held else Verdict.UNKNOWN
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=evidence)
    if principals and is_clean:
        because = f"none of {len(principals)} users, groups and roles holds every Bedrock permission"
        yield Opinion(subject=str(question.scope), verdict=Verdict.PASS, because=because, evidence=principals)


def _grants(fact: Fact, managed: Mapping[str, Fact]) -> Iterator[_Grant]:
    for attached in listed(fact.payload, "AttachedManagedPolicies"):
        yield _attached(said(attached, "PolicyArn") or "", managed)
    for inline in listed(fact.payload, _LISTS[fact.kind]):
        name = said(inline, "PolicyName") or "unnamed"
        yield _judge(f"inline policy {name}", read_policy(name, inline.get("PolicyDocument")), ())


def _through_groups(
    fact: Fact, groups: Mapping[str | None, Fact], managed: Mapping[str, Fact]
) -> Iterator[_Grant]:
    for name in fact.payload.get("GroupList", ()):
        group = groups.get(name)
        if group is None:
            yield _Grant("", is_known=False, evidence=())
            continue
        for grant in _grants(group, managed):
            words = f"through group {name}, {grant.words}" if grant.words else ""
            yield _Grant(words, grant.is_known, (group, *grant.evidence))


def _attached(arn: str, managed: Mapping[str, Fact]) -> _Grant:
    if arn.endswith(_FULL_ACCESS):
        return _Grant("AmazonBedrockFullAccess is attached", is_known=True, evidence=())
    policy = managed.get(arn)
    if policy is None:
        return _Grant("", is_known=False, evidence=())
    versions = listed(policy.payload, "PolicyVersionList")
    documents = [each.get("Document") for each in versions if each.get("IsDefaultVersion") is True]
    parsed = read_policy(arn, documents[0]) if len(documents) == 1 else None
    return _judge(f"policy {arn}", parsed, (policy,))


def _judge(name: str, policy: Policy | None, evidence: tuple[Fact, ...]) -> _Grant:
    if policy is None:
        return _Grant("", is_known=False, evidence=evidence)
    for statement in policy.statements:
        everywhere = statement.but_resources or covers_every_resource(statement)
        if not statement.allows or not covers_bedrock(statement) or not everywhere:
            continue
        what = "everything (administrator)" if is_admin(statement) else "every Bedrock action"
        keys = sorted({entry.key for entry in statement.conditions})
        under = f" under a condition on {', '.join(keys)}" if keys else ""
        return _Grant(f"{name} allows {what}{under}", is_known=True, evidence=evidence)
    return _Grant("", is_known=True, evidence=evidence)


CONTROL = Control(
    id="BR-IAM-001",
    title="No principal holds every Bedrock permission",
    severity=Severity.HIGH,
    grain=Grain.ACCOUNT,
    reads=("iam.user", "iam.group", "iam.role", "iam.policy"),
    rationale=(
        "Who may do everything in Bedrock may switch its logging off, delete its guardrails and change its"
        " retention mode as well as use models."
    ),
    remedy=(
        "Detach AmazonBedrockFullAccess, and replace a policy that allows bedrock:* or * by one that names the"
        " actions and models that the principal needs."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "users, groups and roles were read to the end; there are none"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/security-iam.html",),
    claims=("S30",),
)
