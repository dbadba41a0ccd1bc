"""Data access policies of OpenSearch Serverless: who may read the vectors behind knowledge bases."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask, ask_all
from console.collect.each import each, each_of
from console.domain.evidence import Payload

_COLLECTION = "opensearchserverless.collection"
_TYPE = "data"


def fetch(serverless: Client, known: Known) -> Found:
    """Yield every policy that holds for a collection behind a knowledge base, or for its indexes."""
    resources = [
        resource
        for collection in known[_COLLECTION]
        for resource in (f"collection/{collection['name']}", f"index/{collection['name']}/*")
    ]

    def one(name: str) -> Payload:
        answer = ask(serverless, "get_access_policy", type=_TYPE, name=name.partition("/")[2])
        policy: Payload = answer["accessPolicyDetail"]
        return policy

    def of(resource: str) -> Found:
        listed = ask_all(
            serverless, "list_access_policies", "accessPolicySummaries", type=_TYPE, resource=[resource]
        )
        names = [f"{_TYPE}/{policy['name']}" for policy in listed]
        yield from each((name for name in names if name not in read), one)
        read.update(names)

    read: set[str] = set()
    yield from each_of(resources, of)


def key(payload: Payload) -> str:
    """Name a policy; names are unique within a type."""
    return f"{payload['type']}/{payload['name']}"


COLLECTOR = Collector(
    kind="opensearchserverless.access_policy",
    title="Who may read the vectors in OpenSearch Serverless",
    service="opensearchserverless",
    reach=Reach.REGION,
    actions=("aoss:ListAccessPolicies", "aoss:GetAccessPolicy"),
    key=key,
    fetch=fetch,
    required=("type", "name", "policy", "policyVersion"),
    needs=(_COLLECTION,),
)
