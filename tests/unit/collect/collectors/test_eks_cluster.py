from unit.collect.collectors.asking import Asking

KIND = "eks.cluster"


def test_clusters_that_run_elsewhere_are_told_beside_amazons(asking: Asking) -> None:
    providers = [each.get("connectorConfig", {}).get("provider", "") for each in asking.payloads(KIND)]
    assert set(providers) == {"", "EKS_ANYWHERE"}


def test_the_code_that_connects_a_cluster_is_never_kept(asking: Asking) -> None:
    connected = [each["connectorConfig"] for each in asking.payloads(KIND) if "connectorConfig" in each]
    assert connected
    for each in connected:
        assert "activationCode" not in each
        assert "activationId" in each


def test_one_cluster_that_is_refused_does_not_hide_the_other(asking: Asking) -> None:
    before = asking.somewhere(KIND)
    asking.strike("denied", "DescribeCluster", before, times=1)
    after = asking.read(KIND, before.scope).collected
    assert (len(after.facts), len(after.gaps)) == (1, 1)
