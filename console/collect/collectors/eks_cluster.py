"""Kubernetes clusters, those that run elsewhere and are connected to Amazon EKS among them."""

from typing import Any

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.domain.evidence import Payload

_DROPPED = "activationCode"
"""Whoever has it can connect a cluster of theirs in place of ours."""


def fetch(eks: Client) -> Found:
    """Yield every cluster; `connectorConfig` says where one that is not Amazon's runs."""

    def read(name: str) -> Payload:
        cluster: dict[str, Any] = ask(eks, "describe_cluster", name=name)["cluster"]
        if "connectorConfig" in cluster:
            cluster["connectorConfig"].pop(_DROPPED, None)
        return cluster

    yield from each(ask_all(eks, "list_clusters", "clusters", include=["all"]), read)


COLLECTOR = Collector(
    kind="eks.cluster",
    title="Kubernetes clusters, connected ones too",
    service="eks",
    reach=Reach.REGION,
    actions=("eks:ListClusters", "eks:DescribeCluster"),
    key="arn",
    fetch=fetch,
    required=("arn", "name", "status"),
)
