"""Where data-path buckets are copied to."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.buckets import LOCATIONS, ask_each_bucket


def fetch(s3: Client, known: Known) -> Found:
    """Yield the rules of each bucket that has some."""
    return ask_each_bucket(s3, known, "get_bucket_replication", ("ReplicationConfigurationNotFoundError",))


COLLECTOR = Collector(
    kind="s3.bucket_replication",
    title="Replication of data-path buckets",
    service="s3",
    reach=Reach.REGION,
    actions=("s3:GetReplicationConfiguration",),
    key="Bucket",
    fetch=fetch,
    required=("Bucket", "ReplicationConfiguration"),
    needs=(LOCATIONS,),
    operations=("GetBucketReplication",),
)
