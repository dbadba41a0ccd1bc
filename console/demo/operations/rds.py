"""Amazon RDS: database clusters."""

from console.demo.messages import Payload
from console.demo.native import Asked, Operations
from console.demo.records import Lookup, chosen, one

OPERATIONS = Operations("rds")
_LOOKUP = Lookup(
    held="rds.db_cluster",
    by={"DBClusterIdentifier": ("DBClusterIdentifier", "DBClusterArn")},
    refusal=(404, "DBClusterNotFoundFault"),
)


@OPERATIONS("DescribeDBClusters")
def describe_db_clusters(asked: Asked) -> Payload:
    """Return the cluster that is named, or every one."""
    if asked.text("DBClusterIdentifier"):
        return {"DBClusters": [one(asked, _LOOKUP)]}
    return {"DBClusters": chosen(asked, _LOOKUP)}
