"""Amazon OpenSearch Serverless: collections, and who may reach and encrypt them."""

from collections.abc import Iterable
from typing import Any

from console.demo.messages import Payload
from console.demo.models import operation_of
from console.demo.native import Asked, Operations, Paging, page
from console.demo.records import Lookup, Records, cut

OPERATIONS = Operations("opensearchserverless")
_PAGING = Paging(most=1, asked="maxResults", token="nextToken")  # noqa: S106
_RECORDS = Records(OPERATIONS, _PAGING)
_BY = {"type": "type", "name": "name"}

_RECORDS.shown(
    "GetAccessPolicy",
    Lookup(held="opensearchserverless.access_policy", member="accessPolicyDetail", by=_BY),
)
_RECORDS.shown(
    "GetSecurityPolicy",
    Lookup(held="opensearchserverless.security_policy", member="securityPolicyDetail", by=_BY),
)


@OPERATIONS("BatchGetCollection")
def batch_get_collection(asked: Asked) -> Payload:
    """Return the collections that are there, and an error for each of the others."""
    held = {each["id"]: each for each in asked.held("opensearchserverless.collection")}
    wanted = asked.parameters.get("ids", [])
    missing = [
        {"id": each, "errorCode": "NOT_FOUND", "errorMessage": f"Collection with Id {each} not found"}
        for each in wanted
        if each not in held
    ]
    found = [held[each] for each in wanted if each in held]
    return {"collectionDetails": found, "collectionErrorDetails": missing}


@OPERATIONS("ListAccessPolicies")
def list_access_policies(asked: Asked) -> Payload:
    """Return the policies that hold for the resources named."""
    return _policies(asked, "opensearchserverless.access_policy", "accessPolicySummaries")


@OPERATIONS("ListSecurityPolicies")
def list_security_policies(asked: Asked) -> Payload:
    """Return the policies of a type that hold for the resources named."""
    return _policies(asked, "opensearchserverless.security_policy", "securityPolicySummaries")


def _policies(asked: Asked, held: str, member: str) -> Payload:
    shape = operation_of(asked.service, asked.operation).output_shape.members[member].member
    wanted = asked.parameters.get("resource")
    chosen = [
        cut(shape, each)
        for each in asked.held(held)
        if each["type"] == asked.text("type") and (not wanted or _holds_for(each["policy"], wanted))
    ]
    found, following = page(asked, chosen, _PAGING)
    return {member: found, **following}


def _holds_for(policy: Any, resources: Iterable[str]) -> bool:  # noqa: ANN401 - a document of AWS's
    """Tell whether a policy names one of the resources; an access policy and a network policy are lists."""
    statements = policy if isinstance(policy, list) else [policy]
    named = [name for each in statements for rule in each["Rules"] for name in rule["Resource"]]
    return any(
        each == name or (name.endswith("*") and each.startswith(name[:-1]))
        for each in resources
        for name in named
    )
