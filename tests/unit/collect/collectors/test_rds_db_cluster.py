from unit.collect.collectors.asking import Asking

KIND = "rds.db_cluster"


def test_only_clusters_behind_knowledge_bases_are_read_each_by_its_name(asking: Asking) -> None:
    for cluster in asking.payloads(KIND):
        assert cluster["DBClusterIdentifier"].endswith("-vectors")
        assert isinstance(cluster["StorageEncrypted"], bool)
    heard = [each for reading in asking.everywhere(KIND) for each in reading.heard]
    assert len(heard) == len(asking.payloads(KIND))
