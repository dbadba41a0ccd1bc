"""Encryption and network policies of the collections behind knowledge bases."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask, ask_all
from console.collect.each import each, each_of
from console.domain.evidence import Payload

_COLLECTION = "opensearchserverless.collection"
_TYPES = ("encryption", "network")


def fetch(serverless: Client, known: Known) -> Found:
    """Yield every policy of either type that holds for a collection behind a knowledge base."""
    resources = [
        f"{type_}/collection/{collection['name']}" for collection in known[_COLLECTION] for type_ in _TYPES
    ]

    def one(name: str) -> Payload:
        type_, _, own = name.partition("/")
        answer = ask(serverless, "get_security_policy", type=type_, name=own)
        policy: Payload = answer["securityPolicyDetail"]
        return policy

    def of(name: str) -> Found:
        type_, _, resource = name.partition("/")
        listed = ask_all(
            serverless, "list_security_policies", "securityPolicySummaries", type=type_, resource=[resource]
        )
        names = [f"{type_}/{policy['name']}" for policy in listed]
        yield from each((name for name in names if name not in read), one)
        read.update(names)

    read: set[str] = set()
    yield from each_of(resources, of)


def key(payload: Payload) -> str:
    """Name a policy; names are unique within a type."""
    return f"{payload['type']}/{payload['name']}"


COLLECTOR = Collector(
    kind="opensearchserverless.security_policy",
    title="Encryption and network of OpenSearch Serverless",
    service="opensearchserverless",
    reach=Reach.REGION,
    actions=("aoss:ListSecurityPolicies", "aoss:GetSecurityPolicy"),
    key=key,
    fetch=fetch,
    required=("type", "name", "policy", "policyVersion"),
    needs=(_COLLECTION,),
)
