"""Which policies users, groups and roles hold, their own and those of their groups."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from console.controls.base import Question
from console.controls.documents import read_policy, touches_bedrock
from console.controls.payload import listed, said
from console.domain.evidence import Fact
from console.policy.document import Policy

LISTS: Mapping[str, str] = {
    "iam.user": "UserPolicyList",
    "iam.group": "GroupPolicyList",
    "iam.role": "RolePolicyList",
}
"""Kinds of principal, and where each holds its inline policies."""
MANAGED = "iam.policy"
MADE_FOR_KEYS = "BedrockAPIKey-"
"""How the names of users begin that Bedrock's console makes for long-term API keys."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One policy that a principal holds."""

    name: str
    document: Policy | None
    """None if it was not shown, or is not understood whole."""
    evidence: tuple[Fact, ...]
    """What says so, beside the principal."""

    @property
    def touches_bedrock(self) -> bool:
        """Tell whether it allows anything of Bedrock."""
        return self.document is not None and any(touches_bedrock(each) for each in self.document.statements)


class Holdings:
    """The policies of a question's principals; its control must read all kinds of `LISTS` and `MANAGED`."""

    def __init__(self, question: Question) -> None:
        self._managed = {fact.key: fact for fact in question.facts(MANAGED)}
        self._groups = {said(fact.payload, "GroupName"): fact for fact in question.facts("iam.group")}

    def of(self, principal: Fact) -> Iterator[Holding]:
        """Yield the policies of a principal, then those of its groups."""
        yield from self._direct(principal)
        for name in principal.payload.get("GroupList", ()):
            group = self._groups.get(name)
            if group is None:
                yield Holding(f"group {name}", None, ())
                continue
            for each in self._direct(group):
                yield Holding(f"through group {name}, {each.name}", each.document, (group, *each.evidence))

    def _direct(self, principal: Fact) -> Iterator[Holding]:
        for attached in listed(principal.payload, "AttachedManagedPolicies"):
            yield self._attached(said(attached, "PolicyArn") or "")
        for inline in listed(principal.payload, LISTS[principal.kind]):
            name = said(inline, "PolicyName") or "unnamed"
            yield Holding(f"inline policy {name}", read_policy(name, inline.get("PolicyDocument")), ())

    def _attached(self, arn: str) -> Holding:
        policy = self._managed.get(arn)
        if policy is None:
            return Holding(f"policy {arn}", None, ())
        versions = listed(policy.payload, "PolicyVersionList")
        documents = [each.get("Document") for each in versions if each.get("IsDefaultVersion") is True]
        parsed = read_policy(arn, documents[0]) if len(documents) == 1 else None
        return Holding(f"policy {arn}", parsed, (policy,))


def permission(held: tuple[Holding, ...]) -> bool | None:
    """Tell whether policies allow anything of Bedrock; None if one that was not understood may."""
    if any(each.touches_bedrock for each in held):
        return True
    return None if any(each.document is None for each in held) else False
