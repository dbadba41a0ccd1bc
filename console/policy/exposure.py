"""Named capabilities: what somebody could do to or with Bedrock, as the calls that it takes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from console.policy.becoming import Route
from console.policy.bedrock import BEARER, INVOKE, UNSPECIFIED, on_any
from console.policy.catalogue import action as published
from console.policy.context import Context
from console.policy.organisation import Organisation
from console.policy.question import Fault, Question
from console.policy.request import Result
from console.policy.residual import simplify
from console.policy.truth import Truth, disjoin

LONDON = "eu-west-2"
REGIONS = (
    "af-south-1", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-1",
    "ap-southeast-2", "ca-central-1", "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2",
    "eu-west-1", "eu-west-2", "eu-west-3", "me-central-1", "sa-east-1", "us-east-1", "us-east-2", "us-west-1",
    "us-west-2",
)  # fmt: skip
"""Regions that are asked about where a snapshot does not say which there are."""

Call = tuple[Question, ...]
"""Authorisations that one call needs, all of them."""


@dataclass(frozen=True, slots=True)
class Capability:
    """Something that somebody could do, and the calls of which any one does it."""

    id: str
    title: str
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A principal that has a capability."""

    principal: str
    account: str
    result: Result
    truth: Truth
    by: tuple[str, ...]
    """The actions, each of which does it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Who has a capability, who can become somebody who has it, and of whom that is not known."""

    capability: Capability
    holders: tuple[Holder, ...]
    routes: tuple[Route, ...]
    faults: tuple[Fault, ...]


def capabilities(
    regions: Sequence[str] = REGIONS, home: str = LONDON, rest: Context | None = None
) -> tuple[Capability, ...]:
    """Return the named capabilities; keys that a caller could choose are left open unless `rest` says otherwise."""
    context = rest or Context(rest_unknown=True)
    abroad = tuple(each for each in regions if each != home)

    def model(region: str) -> Question:
        named = "" if region == UNSPECIFIED else region
        return _within(f"arn:aws:bedrock:{named}::foundation-model/*", INVOKE, region, context)

    def through(kind: str) -> Question:
        return _within(f"arn:aws:bedrock:{home}:*:{kind}/*", INVOKE, home, context)

    across = tuple((through("inference-profile"), model(each)) for each in abroad)
    own = tuple((through("application-inference-profile"), model(each)) for each in abroad)
    return (
        Capability("invoke-home", f"Use a model in {home}", ((model(home),),)),
        Capability("invoke-abroad", f"Use a model outside {home}", tuple((model(each),) for each in abroad)),
        Capability("invoke-across", "Use a model through a cross-Region inference profile", (*across, *own)),
        Capability(
            "invoke-global",
            "Use a model through a global inference profile",
            tuple(
                (through(kind), model(UNSPECIFIED))
                for kind in ("inference-profile", "application-inference-profile")
            ),
        ),
        *(
            Capability(name, title, tuple((_on(each, home, context),) for each in actions))
            for name, title, actions in _DIRECT
        ),
    )


_DIRECT: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("bearer-key", "Call Bedrock with an API key", (BEARER,)),
    ("create-keys", "Create API keys and access keys",
     ("iam:CreateServiceSpecificCredential", "iam:ResetServiceSpecificCredential", "iam:CreateAccessKey")),
    ("retention", "Change the data retention mode", ("bedrock:PutAccountDataRetention",)),
    ("logging-off", "Switch off or redirect invocation logging",
     ("bedrock:DeleteModelInvocationLoggingConfiguration", "bedrock:PutModelInvocationLoggingConfiguration")),
    ("guardrails", "Weaken or delete guardrails",
     ("bedrock:UpdateGuardrail", "bedrock:DeleteGuardrail", "bedrock:PutEnforcedGuardrailConfiguration",
      "bedrock:DeleteEnforcedGuardrailConfiguration")),
    ("evidence", "Delete evidence: log groups, buckets, trails",
     ("logs:DeleteLogGroup", "logs:DeleteLogStream", "logs:PutRetentionPolicy", "s3:DeleteObject",
      "s3:DeleteObjectVersion", "s3:DeleteBucket", "s3:PutLifecycleConfiguration", "cloudtrail:DeleteTrail",
      "cloudtrail:StopLogging", "cloudtrail:UpdateTrail", "cloudtrail:PutEventSelectors")),
    ("change-access", "Change who may do any of these",
     ("iam:PutUserPolicy", "iam:PutGroupPolicy", "iam:PutRolePolicy", "iam:AttachUserPolicy",
      "iam:AttachGroupPolicy", "iam:AttachRolePolicy", "iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion",
      "iam:UpdateAssumeRolePolicy", "iam:AddUserToGroup", "iam:DeleteUserPermissionsBoundary",
      "iam:DeleteRolePermissionsBoundary", "iam:PutUserPermissionsBoundary", "iam:PutRolePermissionsBoundary",
      "bedrock:PutResourcePolicy", "organizations:AttachPolicy", "organizations:DetachPolicy",
      "organizations:UpdatePolicy", "organizations:DeletePolicy")),
)  # fmt: skip


def _within(pattern: str, action: str, region: str, context: Context) -> Question:
    return on_any(pattern, action, _in_region(context, region))


def _on(action: str, region: str, context: Context) -> Question:
    """Return a question on any resource; a service that has no Region is asked in none that is named."""
    is_regional = action.partition(":")[0] not in ("iam", "organizations")
    asked = _in_region(context, region) if is_regional else context
    found = published(action)
    resource = "*" if found is not None and not found.resource_types else "any"
    return Question(action=action, resource=resource, context=asked)


def _in_region(context: Context, region: str) -> Context:
    return context.with_value("aws:RequestedRegion", region)


def exposures(
    organisation: Organisation, wanted: Iterable[Capability], *, through_roles: bool = True
) -> Iterator[Exposure]:
    """Yield who has each capability, directly and by becoming somebody else."""
    for capability in wanted:
        holders, faults = _holders(organisation, capability)
        targets = [each.principal for each in holders]
        routes = organisation.routes(targets) if through_roles else ()
        yield Exposure(capability=capability, holders=holders, routes=routes, faults=faults)


def _holders(
    organisation: Organisation, capability: Capability
) -> tuple[tuple[Holder, ...], tuple[Fault, ...]]:
    truths: dict[str, list[Truth]] = {}
    by: dict[str, dict[str, None]] = {}
    accounts: dict[str, str] = {}
    faults: dict[Fault, None] = {}
    for call in capability.calls:
        answers = organisation.who_can_all(call)
        faults.update(dict.fromkeys(answers.faults))
        for answer in answers.found:
            accounts[answer.principal] = answer.account
            truths.setdefault(answer.principal, []).append(answer.truth)
            by.setdefault(answer.principal, {})[call[-1].action] = None
    held = []
    for principal, found in truths.items():
        truth = simplify(disjoin(found))
        result = Result.ALLOWED if truth is True else Result.ALLOWED_IF
        held.append(
            Holder(
                principal=principal,
                account=accounts[principal],
                result=result,
                truth=truth,
                by=tuple(by[principal]),
            )
        )
    known = {each.principal for each in held}
    return tuple(held), tuple(each for each in faults if each.principal not in known)
