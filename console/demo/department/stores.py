"""The vector stores and secrets that knowledge bases name, as the services that keep them tell of them."""

from collections.abc import Iterable

from console.demo.department.knowledge import knowledge_of
from console.demo.department.site import Held, Place, allowing
from console.demo.messages import Payload

_MADE_MS = 1_735_689_600_000
"""The beginning of 2025, as OpenSearch Serverless counts."""


def stores_of(place: Place) -> Held:
    """Return what there is of each store in a Region."""
    held = knowledge_of(place)
    bases = held.get("bedrock-agent.knowledge_base", [])
    found: Held = {}
    for base in bases:
        for name, records in _behind(place, base).items():
            found.setdefault(name, []).extend(records)
    named = _secrets([*bases, *held.get("bedrock-agent.data_source", [])])
    if named:
        found["secretsmanager.secret"] = [_secret(place, arn) for arn in sorted(named)]
    return found


def _behind(place: Place, base: Payload) -> Held:
    store = base["storageConfiguration"]
    made = {
        "OPENSEARCH_SERVERLESS": _serverless,
        "S3_VECTORS": _s3_vectors,
        "RDS": _cluster,
        "NEPTUNE_ANALYTICS": _graph,
        "OPENSEARCH_MANAGED_CLUSTER": _domain,
    }.get(store["type"])
    return made(place, base["name"], store) if made else {}


def _serverless(place: Place, topic: str, store: Payload) -> Held:
    arn = store["opensearchServerlessConfiguration"]["collectionArn"]
    collection = {
        "id": arn.rpartition("/")[2],
        "name": topic,
        "status": "ACTIVE",
        "type": "VECTORSEARCH",
        "arn": arn,
        "kmsKeyArn": place.builders_key("vectors")
        if place.is_busiest or not place.chance(4, "aoss")
        else "auto",
        "standbyReplicas": "ENABLED",
        "createdDate": _MADE_MS,
        "lastModifiedDate": _MADE_MS,
    }
    named = [f"collection/{topic}"]
    indexes = [f"index/{topic}/*"]
    return {
        "opensearchserverless.collection": [collection],
        "opensearchserverless.access_policy": [
            _serverless_policy(
                "data", f"{topic}-bedrock", [_data_rule(place.application_role, named, indexes)]
            ),
            _serverless_policy(
                "data", f"{topic}-operators", [_data_rule(f"{place.application_role}-ops", named, indexes)]
            ),
            _serverless_policy(
                "data", "another-team", [_data_rule(place.application_role, ["collection/logs"], [])]
            ),
        ],
        "opensearchserverless.security_policy": [
            _serverless_policy("encryption", topic, _encryption(named, collection["kmsKeyArn"])),
            _serverless_policy(
                "network", topic, [_network(named, is_public=place.chance(3, "public", topic))]
            ),
            _serverless_policy("network", f"{topic}-console", [_network(named, is_public=False)]),
        ],
    }


def _serverless_policy(type_: str, name: str, policy: object) -> Payload:
    dates = {"createdDate": _MADE_MS, "lastModifiedDate": _MADE_MS}
    return {"type": type_, "name": name, "policyVersion": "MTczNTY4OTYwMDAwMF8x", "policy": policy, **dates}


def _data_rule(role: str, collections: list[str], indexes: list[str]) -> Payload:
    rules = [
        {
            "ResourceType": "collection",
            "Resource": collections,
            "Permission": ["aoss:DescribeCollectionItems"],
        },
        {
            "ResourceType": "index",
            "Resource": indexes,
            "Permission": ["aoss:ReadDocument", "aoss:WriteDocument"],
        },
    ]
    return {"Rules": [each for each in rules if each["Resource"]], "Principal": [role]}


def _encryption(collections: list[str], key: str) -> Payload:
    rules = [{"ResourceType": "collection", "Resource": collections}]
    return {"Rules": rules, "AWSOwnedKey": True} if key == "auto" else {"Rules": rules, "KmsARN": key}


def _network(collections: list[str], *, is_public: bool) -> Payload:
    rules = [{"ResourceType": "collection", "Resource": collections}]
    return {"Rules": rules, "AllowFromPublic": is_public}


def _s3_vectors(place: Place, topic: str, store: Payload) -> Held:
    index = store["s3VectorsConfiguration"]["indexArn"]
    bucket, _, name = index.partition("/index/")
    own = {"sseType": "aws:kms", "kmsKeyArn": place.builders_key("vectors")}
    encryption = own if place.is_busiest or not place.chance(4, "s3vectors") else {"sseType": "AES256"}
    common = {
        "vectorBucketName": bucket.rpartition("/")[2],
        "creationTime": place.day("vector bucket", topic),
        "encryptionConfiguration": encryption,
    }
    policy = allowing(place.application_role, "s3vectors:QueryVectors", f"{bucket}/index/*")
    has_policy = place.is_busiest or place.chance(2, "bucket policy")
    return {
        "s3vectors.vector_bucket": [{**common, "vectorBucketArn": bucket}],
        "s3vectors.vector_bucket_policy": [{"vectorBucketArn": bucket, "policy": policy}][:has_policy],
        "s3vectors.index": [
            {
                **common,
                "indexName": name,
                "indexArn": index,
                "dataType": "float32",
                "dimension": 1024,
                "distanceMetric": "cosine",
            }
        ],
    }


def _cluster(place: Place, topic: str, store: Payload) -> Held:
    arn = store["rdsConfiguration"]["resourceArn"]
    is_encrypted = place.is_busiest or not place.chance(3, "cluster")
    cluster: Payload = {
        "DBClusterIdentifier": arn.rpartition(":")[2],
        "DBClusterArn": arn,
        "Status": "available",
        "Engine": "aurora-postgresql",
        "EngineVersion": "16.6",
        "BackupRetentionPeriod": 7 if place.is_busiest else 1,
        "MultiAZ": place.is_busiest,
        "StorageEncrypted": is_encrypted,
        "IAMDatabaseAuthenticationEnabled": True,
        "DeletionProtection": place.is_busiest,
        "HttpEndpointEnabled": True,
        "PubliclyAccessible": False,
        "ClusterCreateTime": place.day("cluster", topic),
    }
    if is_encrypted:
        cluster["KmsKeyId"] = place.builders_key("vectors")
    return {"rds.db_cluster": [cluster]}


def _graph(place: Place, topic: str, store: Payload) -> Held:
    arn = store["neptuneAnalyticsConfiguration"]["graphArn"]
    graph = {
        "id": arn.rpartition("/")[2],
        "name": topic,
        "arn": arn,
        "status": "AVAILABLE",
        "createTime": place.day("graph", topic),
        "provisionedMemory": 16,
        "publicConnectivity": place.chance(2, "public", topic),
        "vectorSearchConfiguration": {"dimension": 1024},
        "kmsKeyIdentifier": place.builders_key("vectors"),
        "deletionProtection": False,
    }
    return {"neptune-graph.graph": [graph]}


def _domain(place: Place, topic: str, store: Payload) -> Held:
    named = store["opensearchManagedClusterConfiguration"]
    domain = {
        "DomainId": f"{place.member.id}/{topic}",
        "DomainName": topic,
        "ARN": named["domainArn"],
        "Endpoint": named["domainEndpoint"].removeprefix("https://"),
        "EngineVersion": "OpenSearch_2.19",
        "ClusterConfig": {"InstanceType": "r6g.large.search", "InstanceCount": 2},
        "EncryptionAtRestOptions": {"Enabled": True, "KmsKeyId": place.builders_key("vectors")},
        "NodeToNodeEncryptionOptions": {"Enabled": True},
        "DomainEndpointOptions": {"EnforceHTTPS": True, "TLSSecurityPolicy": "Policy-Min-TLS-1-2-2019-07"},
        "AccessPolicies": '{"Version":"2012-10-17","Statement":[]}',
    }
    return {"opensearch.domain": [domain]}


def _secrets(payloads: Iterable[object]) -> set[str]:
    """Return the ARN of every secret that is named, at any depth."""
    found: set[str] = set()
    for each in payloads:
        if isinstance(each, dict):
            found |= {each["credentialsSecretArn"]} if "credentialsSecretArn" in each else set()
            found |= _secrets(each.values())
    return found


def _secret(place: Place, arn: str) -> Payload:
    name = arn.rpartition(":")[2].rpartition("-")[0]
    has_rotation = place.chance(2, "rotation", name)
    secret: Payload = {
        "ARN": arn,
        "Name": name,
        "KmsKeyId": place.builders_key("secrets"),
        "RotationEnabled": has_rotation,
        "LastChangedDate": place.day("secret", name),
        "CreatedDate": place.day("secret", name),
        "Tags": [{"Key": "owner", "Value": place.member.unit or "management"}],
    }
    if has_rotation:
        secret["RotationRules"] = {"AutomaticallyAfterDays": 30}
    return secret
