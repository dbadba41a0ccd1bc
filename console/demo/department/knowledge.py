"""Knowledge bases and their data sources, with the jobs that read them."""

from console.demo.department.catalogue import model_arn
from console.demo.department.plan import LONDON
from console.demo.department.site import Held, Place, allowing
from console.demo.messages import Payload

_TOPICS = ("case-guidance", "road-schemes", "planning-policy", "tenders", "staff-handbook", "site-surveys")
_STORES = ("OPENSEARCH_SERVERLESS", "S3_VECTORS", "RDS")
_USUAL = (*_STORES, *_STORES[:2], "PINECONE")
"""What an account that has one store takes; a few trusted a company that nobody had asked about."""
_EVERY_STORE = (*_STORES, "NEPTUNE_ANALYTICS", "OPENSEARCH_MANAGED_CLUSTER", "PINECONE")
_EMBEDDING = "amazon.titan-embed-text-v2:0"
_FIELDS = {"textField": "text", "metadataField": "metadata"}
_VECTOR_FIELDS = {**_FIELDS, "vectorField": "vector"}


def knowledge_of(place: Place) -> Held:
    """Return the knowledge bases of a Region; they are in London."""
    if place.region != LONDON or not place.builds:
        return {}
    bases = bases_of(place)
    sources = [each for index, base in enumerate(bases) for each in _sources(place, base, index)]
    return {
        "bedrock-agent.knowledge_base": bases,
        "bedrock-agent.data_source": sources,
        "bedrock-agent.document": [each for source in sources for each in _documents(source)],
        "bedrock-agent.ingestion_job": [job for source in sources for job in _jobs(place, source)],
        "bedrock-agent.resource_policy": [_policy(base) for base in bases if place.chance(3, base["name"])],
    }


def bases_of(place: Place) -> list[Payload]:
    """Return the knowledge bases: one of each store where most is built."""
    if place.is_busiest:
        return [_base(place, *each) for each in zip(_TOPICS, _EVERY_STORE, strict=True)]
    topic = place.draw.one_of(_TOPICS, "topic", place.member.id)
    return [_base(place, topic, place.draw.one_of(_USUAL, "store", place.member.id))]


def _base(place: Place, topic: str, store: str) -> Payload:
    id_ = place.agent_id("knowledge base", topic)
    return {
        "knowledgeBaseId": id_,
        "name": topic,
        "knowledgeBaseArn": place.arn("bedrock", f"knowledge-base/{id_}"),
        "description": f"Answers about {topic.replace('-', ' ')}",
        "roleArn": place.application_role,
        "knowledgeBaseConfiguration": {
            "type": "VECTOR",
            "vectorKnowledgeBaseConfiguration": {"embeddingModelArn": model_arn(place.region, _EMBEDDING)},
        },
        "storageConfiguration": {"type": store, **_store(place, topic, store)},
        "status": "ACTIVE",
        **place.made("knowledge base", topic),
    }


def _store(place: Place, topic: str, store: str) -> Payload:
    secret = place.arn("secretsmanager", f"secret:{topic}-store-{place.low(6, 'secret', topic)}")
    if store == "OPENSEARCH_SERVERLESS":
        arn = place.arn("aoss", f"collection/{place.low(20, 'collection', topic)}")
        return {
            "opensearchServerlessConfiguration": {
                "collectionArn": arn,
                "vectorIndexName": topic,
                "fieldMapping": _VECTOR_FIELDS,
            }
        }
    if store == "S3_VECTORS":
        bucket = place.arn("s3vectors", f"bucket/{topic}-{place.member.id}")
        return {"s3VectorsConfiguration": {"indexArn": f"{bucket}/index/{topic}"}}
    if store == "RDS":
        return {
            "rdsConfiguration": {
                "resourceArn": place.arn("rds", f"cluster:{topic}-vectors"),
                "credentialsSecretArn": secret,
                "databaseName": "vectors",
                "tableName": "bedrock.chunks",
                "fieldMapping": {**_VECTOR_FIELDS, "primaryKeyField": "id"},
            }
        }
    if store == "NEPTUNE_ANALYTICS":
        arn = place.arn("neptune-graph", f"graph/g-{place.low(10, 'graph', topic)}")
        return {"neptuneAnalyticsConfiguration": {"graphArn": arn, "fieldMapping": _FIELDS}}
    if store == "OPENSEARCH_MANAGED_CLUSTER":
        return {
            "opensearchManagedClusterConfiguration": {
                "domainEndpoint": f"https://{_domain_host(place, topic)}",
                "domainArn": place.arn("es", f"domain/{topic}"),
                "vectorIndexName": topic,
                "fieldMapping": _VECTOR_FIELDS,
            }
        }
    return {
        "pineconeConfiguration": {
            "connectionString": f"https://{topic}-{place.low(7, 'pinecone')}.svc.gcp-europe.pinecone.example",
            "credentialsSecretArn": secret,
            "fieldMapping": _FIELDS,
        }
    }


def _domain_host(place: Place, topic: str) -> str:
    return f"search-{topic}-{place.low(26, 'domain', topic)}.{place.region}.es.amazonaws.com"


def _sources(place: Place, base: Payload, index: int) -> list[Payload]:
    name, id_ = base["name"], base["knowledgeBaseId"]
    found = [_source(place, id_, f"{name}-documents", _bucket(place, name))]
    if place.is_busiest and index == 0:
        found.append(_source(place, id_, f"{name}-intranet", _crawled()))
        found.append(_source(place, id_, f"{name}-wiki", _confluence(place)))
    return found


def _source(place: Place, base: str, name: str, configuration: Payload) -> Payload:
    words = ("data source", name)
    source: Payload = {
        "knowledgeBaseId": base,
        "dataSourceId": place.agent_id(*words),
        "name": name,
        "status": "AVAILABLE",
        "dataSourceConfiguration": configuration,
        "dataDeletionPolicy": "RETAIN" if place.chance(3, "retain", name) else "DELETE",
        "vectorIngestionConfiguration": {
            "chunkingConfiguration": {
                "chunkingStrategy": "FIXED_SIZE",
                "fixedSizeChunkingConfiguration": {"maxTokens": 300, "overlapPercentage": 20},
            },
            "parsingConfiguration": {
                "parsingStrategy": "BEDROCK_FOUNDATION_MODEL",
                "bedrockFoundationModelConfiguration": {
                    "modelArn": model_arn(place.region, "anthropic.claude-3-7-sonnet-20250219-v1:0"),
                    "parsingPrompt": {"parsingPromptText": f"Write down the tables of {name} as text."},
                },
            },
        },
        **place.made(*words),
    }
    if place.is_busiest or not place.chance(4, "key", name):
        source["serverSideEncryptionConfiguration"] = {"kmsKeyArn": place.builders_key("documents")}
    return source


def _documents(source: Payload) -> list[Payload]:
    """Return the documents that were read from a source in S3."""
    configuration = source["dataSourceConfiguration"].get("s3Configuration")
    if configuration is None:
        return []
    bucket = configuration["bucketArn"].rpartition(":")[2]
    return [
        {
            "knowledgeBaseId": source["knowledgeBaseId"],
            "dataSourceId": source["dataSourceId"],
            "status": "INDEXED",
            "identifier": {
                "dataSourceType": "S3",
                "s3": {"uri": f"s3://{bucket}/approved/{name}"},
            },
        }
        for name in ("letter-0001.pdf", "letter-0002.pdf")
    ]


def _bucket(place: Place, name: str) -> Payload:
    bucket = f"arn:aws:s3:::{name}-{place.member.id}"
    return {"type": "S3", "s3Configuration": {"bucketArn": bucket, "inclusionPrefixes": ["approved/"]}}


def _crawled() -> Payload:
    return {
        "type": "WEB",
        "webConfiguration": {
            "sourceConfiguration": {
                "urlConfiguration": {"seedUrls": [{"url": "https://intranet.public-works.example/guidance"}]}
            },
            "crawlerConfiguration": {"scope": "HOST_ONLY"},
        },
    }


def _confluence(place: Place) -> Payload:
    secret = place.arn("secretsmanager", f"secret:wiki-reader-{place.low(6, 'secret', 'wiki')}")
    return {
        "type": "CONFLUENCE",
        "confluenceConfiguration": {
            "sourceConfiguration": {
                "hostUrl": "https://public-works.atlassian.example",
                "hostType": "SAAS",
                "authType": "OAUTH2_CLIENT_CREDENTIALS",
                "credentialsSecretArn": secret,
            }
        },
    }


def _jobs(place: Place, source: Payload) -> list[Payload]:
    """Return a source's jobs, the older before the newer; the wiki was never read."""
    if "confluenceConfiguration" in source["dataSourceConfiguration"]:
        return []
    days = ("2026-05-04T02:00:00Z", "2026-11-16T02:00:00Z")
    has_failed = place.chance(6, "job", source["name"])
    return [
        {
            "knowledgeBaseId": source["knowledgeBaseId"],
            "dataSourceId": source["dataSourceId"],
            "ingestionJobId": place.agent_id("job", source["name"], day),
            "status": "FAILED" if has_failed and day == days[-1] else "COMPLETE",
            "startedAt": day,
            "updatedAt": day.replace("02:00", "02:41"),
            "statistics": {
                "numberOfDocumentsScanned": 40 + place.draw.below(900, source["name"], day),
                "numberOfDocumentsFailed": 2 if place.chance(8, "unreadable", source["name"]) else 0,
            },
        }
        for day in days
    ]


def _policy(base: Payload) -> Payload:
    account = base["knowledgeBaseArn"].split(":")[4]
    return {
        "resourceArn": base["knowledgeBaseArn"],
        "policy": allowing(f"arn:aws:iam::{account}:root", "bedrock:Retrieve", base["knowledgeBaseArn"]),
        "revisionId": base["knowledgeBaseId"].lower(),
    }
