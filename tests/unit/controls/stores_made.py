"""Knowledge bases on each sort of store."""

from typing import Any

from console.domain.evidence import Fact
from fakes import fact

BASE = "bedrock-agent.knowledge_base"
ARN = "arn:aws:store:eu-west-2:111122223333:it/index/x"
BUCKET = ARN.partition("/index/")[0]
NAMED = {
    "OPENSEARCH_SERVERLESS": (
        "opensearchServerlessConfiguration",
        "collectionArn",
        "opensearchserverless.collection",
    ),
    "OPENSEARCH_MANAGED_CLUSTER": ("opensearchManagedClusterConfiguration", "domainArn", "opensearch.domain"),
    "NEPTUNE_ANALYTICS": ("neptuneAnalyticsConfiguration", "graphArn", "neptune-graph.graph"),
    "RDS": ("rdsConfiguration", "resourceArn", "rds.db_cluster"),
    "S3_VECTORS": ("s3VectorsConfiguration", "indexArn", "s3vectors.index"),
}


def base(store: Any, *, sort: Any = "VECTOR", arn: Any = ARN) -> Fact:
    """Make a knowledge base on a sort of store."""
    storage: Any = {"type": store}
    if store in NAMED:
        configuration, member, _kind = NAMED[store]
        storage[configuration] = {member: arn}
    payload = {"knowledgeBaseConfiguration": {"type": sort}, "storageConfiguration": storage}
    return fact(BASE, "kb", payload, sequence=7)


def kept(store: str, payload: Any) -> Fact:
    """Make the store itself."""
    return fact(NAMED[store][2], ARN, payload, sequence=8)
