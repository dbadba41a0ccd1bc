"""Aurora clusters in which knowledge bases keep their vectors."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask
from console.collect.each import each
from console.collect.stores import KNOWLEDGE_BASE, here, named
from console.domain.evidence import Payload


def fetch(rds: Client, known: Known) -> Found:
    """Yield the clusters that knowledge bases name."""
    stores = [
        base.get("storageConfiguration", {}).get("rdsConfiguration", {}) for base in known[KNOWLEDGE_BASE]
    ]
    near, far = here(rds, named(stores, "resourceArn"))
    yield from far

    def one(arn: str) -> Payload:
        cluster: Payload = ask(rds, "describe_db_clusters", DBClusterIdentifier=arn)["DBClusters"][0]
        return cluster

    yield from each(near, one)


COLLECTOR = Collector(
    kind="rds.db_cluster",
    title="Aurora clusters behind knowledge bases",
    service="rds",
    reach=Reach.REGION,
    actions=("rds:DescribeDBClusters",),
    key="DBClusterArn",
    fetch=fetch,
    required=("DBClusterArn", "Engine", "StorageEncrypted"),
    needs=(KNOWLEDGE_BASE,),
)
