"""Which observations stand behind the policies around a principal: by the ARN or id of what holds each."""

from collections.abc import Mapping

from console.domain.evidence import Snapshot
from console.domain.scope import Scope
from console.views.text import inert

_IAM = ("iam.user", "iam.group", "iam.role", "iam.policy")


def sources(snapshot: Snapshot, account_id: str) -> Mapping[str, tuple[int, ...]]:
    """Return the observations of an account's principals and policies, and of the policies above the account."""
    found: dict[str, tuple[int, ...]] = {}
    for kind in _IAM:
        for fact in snapshot.facts(kind, Scope(account_id)):
            found[fact.key] = (fact.sequence,)
    for fact in snapshot.facts("organizations.policy"):
        found[str(fact.payload["PolicySummary"]["Id"])] = (fact.sequence,)
    above = path_above(snapshot, account_id)
    for fact in snapshot.facts("organizations.policy_target"):
        policy = str(fact.payload["PolicyId"])
        if fact.payload["TargetId"] in above:
            found[policy] = (*found.get(policy, ()), fact.sequence)
    return found


def organisation_names(snapshot: Snapshot) -> Mapping[str, str]:
    """Return the names of organisation policies, units and accounts by their ids, safe to show."""
    found = {
        str(fact.payload["PolicySummary"]["Id"]): inert(fact.payload["PolicySummary"].get("Name", ""))
        for fact in snapshot.facts("organizations.policy")
    }
    for kind in ("organizations.root", "organizations.organizational_unit", "organizations.account"):
        found.update({fact.key: inert(fact.payload.get("Name", "")) for fact in snapshot.facts(kind)})
    return found


def path_above(snapshot: Snapshot, account_id: str) -> tuple[str, ...]:
    """Return an account, the units above it and the root, from below; a path that goes round ends."""
    parents = {
        str(fact.payload["Id"]): str(fact.payload["ParentId"])
        for fact in snapshot.facts("organizations.child")
    }
    path = [account_id]
    while path[-1] in parents and parents[path[-1]] not in path:
        path.append(parents[path[-1]])
    return tuple(path)
