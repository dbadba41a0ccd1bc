from unit.collect.collectors.asking import Asking

KIND = "bedrock-agent.knowledge_base"


def test_every_kind_of_store_is_told_of_the_third_parties_too(asking: Asking) -> None:
    stores = {base["storageConfiguration"]["type"] for base in asking.payloads(KIND)}
    assert {"OPENSEARCH_SERVERLESS", "S3_VECTORS", "RDS", "PINECONE"} <= stores


def test_the_embedding_model_and_its_region_are_known(asking: Asking) -> None:
    for base in asking.payloads(KIND):
        configuration = base["knowledgeBaseConfiguration"]["vectorKnowledgeBaseConfiguration"]
        assert ":eu-west-2::foundation-model/" in configuration["embeddingModelArn"]
