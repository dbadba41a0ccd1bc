from unit.collect.collectors.asking import Asking

KIND = "neptune-graph.graph"


def test_whether_a_graph_is_public_and_under_which_key_is_known(asking: Asking) -> None:
    (graph,) = asking.payloads(KIND)
    assert graph["publicConnectivity"] in (True, False)
    assert graph["kmsKeyIdentifier"].startswith("arn:aws:kms:")
