"""Questions about who can do what, over a snapshot or an organisation's file; where not all was read, it says so."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from console.base.errors import ConsoleError
from console.domain.evidence import Fact, Snapshot
from console.domain.refresh import StepState
from console.domain.scope import Scope
from console.policy.organisation import FORMAT, PROFILES, Organisation
from console.policy.scan import container
from console.services.ask_resources import account_named, may_carry, resources_of

_POLICY_TYPES = {"SERVICE_CONTROL_POLICY": "scp", "RESOURCE_CONTROL_POLICY": "rcp"}
_TREE = (
    "organizations.organization",
    "organizations.root",
    "organizations.organizational_unit",
    "organizations.account",
    "organizations.child",
    "organizations.policy",
    "organizations.policy_target",
)
_IAM = ("iam.user", "iam.group", "iam.role", "iam.policy")


class NoOrganisationError(ConsoleError):
    """There is nothing to ask."""

    code = "SVC-004"
    remedy = "Run `bedrock-console refresh` first, or name a file in the format iam-org-snapshot/1."


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """An account about which a question cannot be answered whole."""

    account: str
    """`*` for the organisation as a whole: then any answer may be wider than the truth."""
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An organisation to be asked, and what of it was not seen."""

    organisation: Organisation
    unseen: tuple[Unseen, ...] = ()
    regions: tuple[str, ...] = ()
    """The Regions that are enabled somewhere; none if that was not read."""
    profiles_unseen: tuple[Unseen, ...] = ()
    """Accounts of which not every inference profile was read."""
    is_whole: bool = True
    """Whether every resource that has a policy is there with it, as in a file."""

    def about(self, resources: Iterable[str]) -> "Asked":
        """Return the same, and of which of these resources the own policy, which has a say, is not known."""
        named = [] if self.is_whole else [container(each) for each in resources]
        held = self.organisation.estate.resources if named else {}
        unseen = [
            Unseen(account=account_named(each) or "*", reason=f"the policy of {each} was not read")
            for each in dict.fromkeys(named)
            if may_carry(each) and each not in held
        ]
        return replace(self, unseen=(*self.unseen, *unseen))


def organisation_of_file(path: Path) -> Asked:
    """Read an organisation in the format iam-org-snapshot/1."""
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise NoOrganisationError(f"{path} cannot be read: {error}") from None
    return Asked(Organisation(document))


def organisation_of(snapshot: Snapshot) -> Asked:
    """Return the organisation that a snapshot saw; accounts that were not read whole are left out and named."""
    unseen = [
        Unseen(account="*", reason=f"{gap.kind}: {gap.reason.value}")
        for kind in _TREE
        for gap in snapshot.gaps(kind)
    ]
    accounts = [
        fact.key for fact in snapshot.facts("organizations.account") if fact.payload.get("Status") == "ACTIVE"
    ]
    steps = (step for kind in _IAM for step in snapshot.steps(kind))
    read = {(step.kind, step.scope) for step in steps if step.state is StepState.READ}
    by_aws: dict[str, Any] = {}
    held: dict[str, Any] = {}
    for account in accounts:
        lack = _lack(snapshot, read, account)
        made = None if lack else _account(snapshot, account, by_aws)
        if isinstance(made, dict):
            held[account] = made
        else:
            unseen.append(Unseen(account=account, reason=lack or str(made)))
    resources = resources_of(snapshot)
    for account, made in held.items():
        made["resources"] = resources.get(account, {})
    document = {
        "format": FORMAT,
        "organisation": _organisation(snapshot, accounts),
        "aws_managed_policies": by_aws,
        "accounts": held,
        PROFILES: _profiles(snapshot),
    }
    regions = {fact.key for fact in snapshot.facts("account.region") if _is_enabled(fact)}
    return Asked(
        Organisation(document),
        tuple(unseen),
        tuple(sorted(regions)),
        tuple(_profiles_unseen(snapshot, accounts)),
        is_whole=False,
    )


def _is_enabled(fact: Fact) -> bool:
    return fact.payload.get("RegionOptStatus") in ("ENABLED", "ENABLED_BY_DEFAULT")


def _profiles(snapshot: Snapshot) -> dict[str, dict[str, list[str]]]:
    """Return the inference profiles of each account, with the models to which each may route."""
    found: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for fact in snapshot.facts("bedrock.inference_profile"):
        models = [str(each["modelArn"]) for each in fact.payload.get("models", ()) if each.get("modelArn")]
        found[fact.scope.account_id][str(fact.payload["inferenceProfileArn"])] = models
    return dict(found)


def _profiles_unseen(snapshot: Snapshot, accounts: Sequence[str]) -> Iterator[Unseen]:
    """Yield where inference profiles were not read: an account without any may have some."""
    kind = "bedrock.inference_profile"
    for gap in (*snapshot.gaps(kind), *snapshot.gaps("account.region")):
        yield Unseen(account=gap.scope.account_id, reason=f"{gap.kind} in {gap.scope}: {gap.reason.value}")
    planned = {step.scope.account_id for step in snapshot.steps(kind)}
    for account in accounts:
        if account not in planned:
            yield Unseen(account=account, reason=f"{kind}: not attempted")


def _lack(snapshot: Snapshot, read: AbstractSet[tuple[str, Scope]], account: str) -> str:
    """Return why an account's principals were not read whole; empty if they were."""
    scope = Scope(account)
    gaps = [gap for kind in _IAM for gap in snapshot.gaps(kind, scope)]
    if gaps:
        return "; ".join(dict.fromkeys(f"{gap.kind}: {gap.reason.value}" for gap in gaps))
    missing = [kind for kind in _IAM if (kind, scope) not in read]
    return f"{', '.join(missing)}: not attempted" if missing else ""


def _organisation(snapshot: Snapshot, accounts: Sequence[str]) -> dict[str, Any]:
    parents = {fact.payload["Id"]: fact.payload["ParentId"] for fact in snapshot.facts("organizations.child")}
    roots = [fact.key for fact in snapshot.facts("organizations.root")]
    units = [fact.key for fact in snapshot.facts("organizations.organizational_unit")]
    policies: dict[str, Any] = {}
    for fact in snapshot.facts("organizations.policy"):
        summary = fact.payload["PolicySummary"]
        sort = _POLICY_TYPES.get(summary.get("Type", ""))
        if sort:
            policies[summary["Id"]] = {"type": sort, "document": fact.payload["Content"]}
    attached: dict[str, list[str]] = defaultdict(list)
    for fact in snapshot.facts("organizations.policy_target"):
        if fact.payload["PolicyId"] in policies:
            attached[fact.payload["TargetId"]].append(fact.payload["PolicyId"])

    enabled = _enabled(snapshot)

    def place(target: str, above: str) -> dict[str, Any]:
        own = sorted(attached[target])
        of_sort = {
            f"{sort}s": [each for each in own if policies[each]["type"] == sort] if sort in enabled else None
            for sort in _POLICY_TYPES.values()
        }
        return {above: parents.get(target), **of_sort}

    organisation = next(iter(snapshot.facts("organizations.organization")), None)
    return {
        "id": organisation.key if organisation else "",
        "management_account": organisation.payload["MasterAccountId"] if organisation else "",
        "root": roots[0] if roots else "",
        "policies": policies,
        "ous": {each: place(each, "parent") for each in (*roots, *units)},
        "accounts": {each: place(each, "ou") for each in accounts if each in parents},
    }


def _enabled(snapshot: Snapshot) -> set[str]:
    """Return the sorts of policies that the root has switched on: without, none of them binds anybody."""
    return {
        _POLICY_TYPES[each["Type"]]
        for root in snapshot.facts("organizations.root")
        for each in root.payload.get("PolicyTypes", ())
        if each.get("Status") == "ENABLED" and each.get("Type") in _POLICY_TYPES
    }


def _account(snapshot: Snapshot, account: str, by_aws: dict[str, Any]) -> dict[str, Any] | str:
    """Return an account's principals and policies, or why they do not hang together."""
    scope = Scope(account)
    managed: dict[str, Any] = {}
    for fact in snapshot.facts("iam.policy", scope):
        (by_aws if ":iam::aws:" in fact.key else managed)[fact.key] = _in_force(fact)
    groups = {fact.key: _principal(fact, "GroupPolicyList") for fact in snapshot.facts("iam.group", scope)}
    by_name = {fact.payload["GroupName"]: fact.key for fact in snapshot.facts("iam.group", scope)}
    users = {}
    for fact in snapshot.facts("iam.user", scope):
        names = fact.payload.get("GroupList", [])
        users[fact.key] = {
            **_principal(fact, "UserPolicyList"),
            "groups": [by_name.get(name, name) for name in names],
        }
    roles = {
        fact.key: {**_principal(fact, "RolePolicyList"), "trust": fact.payload["AssumeRolePolicyDocument"]}
        for fact in snapshot.facts("iam.role", scope)
    }
    principals = (*groups.values(), *users.values(), *roles.values())
    wanted = {arn for each in principals for arn in (*each["managed"], each["boundary"]) if arn}
    lost = sorted(wanted - managed.keys() - by_aws.keys())
    lost += sorted({group for each in users.values() for group in each["groups"]} - groups.keys())
    if lost:
        return f"{lost[0]} is attached and was not read"
    return {"managed_policies": managed, "groups": groups, "users": users, "roles": roles}


def _principal(fact: Fact, inline: str) -> dict[str, Any]:
    payload = fact.payload
    boundary: Mapping[str, Any] = payload.get("PermissionsBoundary") or {}
    return {
        "managed": [each["PolicyArn"] for each in payload.get("AttachedManagedPolicies", [])],
        "inline": {each["PolicyName"]: each["PolicyDocument"] for each in payload.get(inline, [])},
        "boundary": boundary.get("PermissionsBoundaryArn"),
        "tags": {each["Key"]: each["Value"] for each in payload.get("Tags", [])},
    }


def _in_force(fact: Fact) -> object:
    """Return the document of a managed policy's default version."""
    versions: Iterable[Mapping[str, Any]] = fact.payload["PolicyVersionList"]
    return next(
        (each["Document"] for each in versions if each["VersionId"] == fact.payload["DefaultVersionId"]),
        {"Version": "2012-10-17"},
    )
