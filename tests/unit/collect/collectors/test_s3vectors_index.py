from unit.collect.collectors.asking import Asking

KIND = "s3vectors.index"


def test_how_an_index_is_encrypted_is_known(asking: Asking) -> None:
    assert all(index["encryptionConfiguration"]["sseType"] for index in asking.payloads(KIND))
