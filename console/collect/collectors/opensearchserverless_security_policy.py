"""Encryption and network policies of the collections behind knowledge bases."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.serverless import COLLECTIONS, policies, policy_key

_TYPES = ("encryption", "network")


def fetch(serverless: Client, known: Known) -> Found:
    """Yield every policy of either type that holds for a collection behind a knowledge base."""
    names = [collection["name"] for collection in known[COLLECTIONS]]
    held = [(type_, f"collection/{name}") for name in names for type_ in _TYPES]
    yield from policies(serverless, "security", held)


COLLECTOR = Collector(
    kind="opensearchserverless.security_policy",
    title="Encryption and network of OpenSearch Serverless",
    service="opensearchserverless",
    reach=Reach.REGION,
    actions=("aoss:ListSecurityPolicies", "aoss:GetSecurityPolicy"),
    key=policy_key,
    fetch=fetch,
    required=("type", "name", "policy", "policyVersion"),
    needs=(COLLECTIONS,),
)
