"""Data access policies of OpenSearch Serverless: who may read the vectors behind knowledge bases."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.serverless import COLLECTIONS, policies, policy_key


def fetch(serverless: Client, known: Known) -> Found:
    """Yield every policy that holds for a collection behind a knowledge base, or for its indexes."""
    names = [collection["name"] for collection in known[COLLECTIONS]]
    held = [("data", place) for name in names for place in (f"collection/{name}", f"index/{name}/*")]
    yield from policies(serverless, "access", held)


COLLECTOR = Collector(
    kind="opensearchserverless.access_policy",
    title="Who may read the vectors in OpenSearch Serverless",
    service="opensearchserverless",
    reach=Reach.REGION,
    actions=("aoss:ListAccessPolicies", "aoss:GetAccessPolicy"),
    key=policy_key,
    fetch=fetch,
    required=("type", "name", "policy", "policyVersion"),
    needs=(COLLECTIONS,),
)
