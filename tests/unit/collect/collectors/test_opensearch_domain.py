from unit.collect.collectors.asking import Asking

KIND = "opensearch.domain"


def test_the_domain_behind_a_knowledge_base_is_read(asking: Asking) -> None:
    (domain,) = asking.payloads(KIND)
    assert domain["DomainEndpointOptions"]["EnforceHTTPS"] is True
    assert domain["EncryptionAtRestOptions"]["KmsKeyId"].startswith("arn:aws:kms:")
