"""What is wrong with knowledge bases and the stores behind them."""

from collections.abc import Iterator

from console.demo.department.sight import Failing, Sight
from console.demo.messages import Payload

_OUTSIDE = "PINECONE"
_STORES = (
    ("opensearchServerlessConfiguration", "collectionArn", "opensearchserverless.collection", "arn"),
    ("opensearchManagedClusterConfiguration", "domainArn", "opensearch.domain", "ARN"),
    ("neptuneAnalyticsConfiguration", "graphArn", "neptune-graph.graph", "arn"),
    ("rdsConfiguration", "resourceArn", "rds.db_cluster", "DBClusterArn"),
    ("s3VectorsConfiguration", "indexArn", "s3vectors.index", "indexArn"),
)


def knowledge_failings(sight: Sight) -> Iterator[Failing]:
    """Yield what is wrong with knowledge bases by their stores, and with data sources."""
    for base in sight.held("bedrock-agent.knowledge_base"):
        yield from ((control, base["knowledgeBaseId"], why) for control, why in _of(sight, base))
    yield from _readings(sight)
    for each in sight.held("bedrock-agent.data_source"):
        subject = f"{each['knowledgeBaseId']}/{each['dataSourceId']}"
        if each["dataDeletionPolicy"] == "RETAIN":
            yield "BR-KBS-003", subject, "Its vectors stay when it is deleted"
        key = each.get("serverSideEncryptionConfiguration", {}).get("kmsKeyArn")
        if why := sight.key_fault(key):
            yield "BR-KBS-004", subject, why


def _readings(sight: Sight) -> Iterator[Failing]:
    newest = {
        f"{each['knowledgeBaseId']}/{each['dataSourceId']}": each
        for each in sorted(sight.held("bedrock-agent.ingestion_job"), key=lambda job: job["startedAt"])
    }
    for subject, job in newest.items():
        if job["status"] == "FAILED" or job["statistics"]["numberOfDocumentsFailed"]:
            yield "BR-KBS-006", subject, "Its newest reading is not whole"


def _of(sight: Sight, base: Payload) -> Iterator[tuple[str, str]]:
    storage = base["storageConfiguration"]
    if storage["type"] == _OUTSIDE:
        yield "BR-KBS-001", "Its vectors are with Pinecone"
        yield "BR-KBS-005", "Pinecone is reached over the internet"
    for configuration, named, kind, identity in _STORES:
        if configuration in storage:
            arn = storage[configuration][named]
            (store,) = (each for each in sight.held(kind) if each[identity] == arn)
            if why := _key_fault(sight, store):
                yield "BR-KBS-002", why
            if _is_public(sight, kind, store):
                yield "BR-KBS-005", "Its store has a public address"


def _key_fault(sight: Sight, store: Payload) -> str:
    """Return what is wrong with the key of a store, each of which names it differently."""
    if "encryptionConfiguration" in store:
        return sight.key_fault(store["encryptionConfiguration"].get("kmsKeyArn"))
    if store.get("StorageEncrypted") is False:
        return "Its cluster is not encrypted"
    rest = store.get("EncryptionAtRestOptions", {})
    key = store.get("kmsKeyArn") or store.get("kmsKeyIdentifier") or store.get("KmsKeyId") or rest["KmsKeyId"]
    return sight.key_fault(None if key == "auto" else key)


def _is_public(sight: Sight, kind: str, store: Payload) -> bool:
    if kind == "opensearchserverless.collection":
        return any(
            rule.get("AllowFromPublic") and rule["Rules"][0]["Resource"] == [f"collection/{store['name']}"]
            for policy in sight.held("opensearchserverless.security_policy")
            for rule in policy["policy"]
            if policy["type"] == "network"
        )
    return bool(store.get("publicConnectivity")) or kind == "opensearch.domain"
