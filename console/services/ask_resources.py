"""The resources whose own policies were read, as the policy engine asks for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from console.domain.evidence import Fact, Snapshot
from console.domain.refresh import StepState

_ACCOUNT_PART, _NAME_PART = 4, 5
_BUCKET = "arn:aws:s3:::"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Carriers:
    """Which facts say that a resource is there, and which say what its policy is."""

    kind: str
    """Of the policies."""
    arn: str
    """The member that names the resource, in facts of that kind."""
    policy: str
    carriers: tuple[tuple[str, str], ...] = ()
    """Kinds of the resources themselves with the member that names them; of these, one without a policy has none."""
    prefix: str = ""
    """What makes an ARN of that name."""


_ALL = (
    _Carriers(
        kind="bedrock.resource_policy",
        arn="resourceArn",
        policy="resourcePolicy",
        carriers=(("bedrock.guardrail", "guardrailArn"), ("bedrock.custom_model", "modelArn")),
    ),
    _Carriers(
        kind="bedrock-agent.resource_policy",
        arn="resourceArn",
        policy="policy",
        carriers=(("bedrock-agent.knowledge_base", "knowledgeBaseArn"),),
    ),
    _Carriers(kind="bedrock-agentcore-control.resource_policy", arn="resourceArn", policy="policy"),
    _Carriers(kind="kms.key_policy", arn="KeyArn", policy="Policy"),
    _Carriers(kind="lambda.function_policy", arn="FunctionArn", policy="Policy"),
    _Carriers(
        kind="s3.bucket_policy",
        arn="Bucket",
        policy="Policy",
        carriers=(("s3.bucket_location", "Bucket"),),
        prefix=_BUCKET,
    ),
    _Carriers(
        kind="s3vectors.vector_bucket_policy",
        arn="vectorBucketArn",
        policy="policy",
        carriers=(("s3vectors.vector_bucket", "vectorBucketArn"),),
    ),
)
_CARRYING = (
    ("bedrock", ("custom-model/", "guardrail/", "guardrail-profile/", "knowledge-base/")),
    ("bedrock-agentcore", ("gateway/", "runtime/")),
    ("kms", ("key/",)),
    ("lambda", ("function:",)),
    ("s3", ("",)),
    ("s3vectors", ("bucket/",)),
)
"""The services, as ARNs name them, and the types of resources whose policies are read."""


def account_named(arn: str) -> str:
    """Return the account in an ARN; empty where it names none."""
    return arn.split(":")[_ACCOUNT_PART] if arn.count(":") > _ACCOUNT_PART else ""


def may_carry(arn: str) -> bool:
    """Tell whether one resource is named, of a type that may have a policy of its own.

    >>> may_carry("arn:aws:s3:::logs"), may_carry("arn:aws:s3:::*"), may_carry("any")
    (True, False, False)
    """
    _, _, service, _, _, name = (*arn.split(":", _NAME_PART), *("",) * _NAME_PART)[: _NAME_PART + 1]
    if "*" in name or "?" in name:
        return False
    return any(service == each and name.startswith(types) for each, types in _CARRYING)


def resources_of(snapshot: Snapshot) -> dict[str, dict[str, Any]]:
    """Return by account each resource whose policy was read, with it; None for one that was read to have none."""
    owners = {fact.key: fact.scope.account_id for fact in snapshot.facts("s3.bucket")}
    held: dict[str, dict[str, Any]] = {}

    def add(arn: str, fact: Fact, policy: object) -> None:
        owner = account_named(arn) or owners.get(arn.removeprefix(_BUCKET), fact.scope.account_id)
        held.setdefault(owner, {})[arn] = {"policy": policy}

    for each in _ALL:
        for fact in _without(snapshot, each):
            add(each.prefix + fact[1], fact[0], None)
        for found in snapshot.facts(each.kind):
            add(each.prefix + str(found.payload[each.arn]), found, found.payload.get(each.policy))
    return held


def policies_read(snapshot: Snapshot) -> dict[str, tuple[int, ...]]:
    """Return the observations behind each resource's own policy, by the resource's ARN."""
    return {
        each.prefix + str(fact.payload[each.arn]): (fact.sequence,)
        for each in _ALL
        for fact in snapshot.facts(each.kind)
    }


def _without(snapshot: Snapshot, carriers: _Carriers) -> Iterator[tuple[Fact, str]]:
    """Yield the resources beside which no policy was missed."""
    read = {step.scope for step in snapshot.steps(carriers.kind) if step.state is StepState.READ}
    missed = {(gap.scope, gap.key) for gap in snapshot.gaps(carriers.kind)}
    for kind, member in carriers.carriers:
        for fact in snapshot.facts(kind):
            name = str(fact.payload.get(member, ""))
            if name and fact.scope in read and (fact.scope, name) not in missed:
                yield fact, name
