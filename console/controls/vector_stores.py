"""Where knowledge bases keep their vectors, followed to the store itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.controls.base import Question
from console.controls.payload import part, said
from console.domain.evidence import Fact, Gap

BASE = "bedrock-agent.knowledge_base"
SERVERLESS, MANAGED_SEARCH, GRAPH, CLUSTER, VECTORS = (
    "OPENSEARCH_SERVERLESS",
    "OPENSEARCH_MANAGED_CLUSTER",
    "NEPTUNE_ANALYTICS",
    "RDS",
    "S3_VECTORS",
)
"""Stores at AWS, by the names that knowledge bases give them."""
OUTSIDE: Mapping[str, str] = {
    "PINECONE": "Pinecone",
    "REDIS_ENTERPRISE_CLOUD": "Redis Enterprise Cloud",
    "MONGO_DB_ATLAS": "MongoDB Atlas",
}
"""Stores of other companies."""


@dataclass(frozen=True, slots=True)
class _Place:
    """How a knowledge base names a store, and the kind of evidence that tells of it."""

    configuration: str
    member: str
    kind: str


_PLACES: Mapping[str, _Place] = {
    SERVERLESS: _Place(
        "opensearchServerlessConfiguration", "collectionArn", "opensearchserverless.collection"
    ),
    MANAGED_SEARCH: _Place("opensearchManagedClusterConfiguration", "domainArn", "opensearch.domain"),
    GRAPH: _Place("neptuneAnalyticsConfiguration", "graphArn", "neptune-graph.graph"),
    CLUSTER: _Place("rdsConfiguration", "resourceArn", "rds.db_cluster"),
    VECTORS: _Place("s3VectorsConfiguration", "indexArn", "s3vectors.index"),
}
STORES = tuple(place.kind for place in _PLACES.values())
"""Kinds that tell of stores."""


@dataclass(frozen=True, slots=True)
class Store:
    """A knowledge base's store: its sort, its name, and what is known of it."""

    sort: str | None
    """None where the knowledge base names none."""
    arn: str | None = None
    found: Fact | Gap | None = None


def store_of(question: Question, base: Fact) -> Store:
    """Return the store of a knowledge base, with the fact or the gap of it where one is there."""
    storage = part(base.payload, "storageConfiguration")
    sort = said(storage, "type")
    place = _PLACES.get(sort or "")
    if place is None:
        return Store(sort)
    arn = said(part(storage, place.configuration), place.member)
    return Store(sort, arn, question.at(place.kind, question.scope, arn) if arn else None)


def sort_of(base: Fact) -> str | None:
    """Return what a knowledge base is made of: VECTOR, KENDRA, SQL or MANAGED."""
    return said(part(base.payload, "knowledgeBaseConfiguration"), "type")
