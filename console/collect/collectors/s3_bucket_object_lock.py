"""Whether objects of data-path buckets are locked against change and deletion."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.buckets import LOCATIONS, ask_each_bucket


def fetch(s3: Client, known: Known) -> Found:
    """Yield the configuration of each bucket that has one."""
    return ask_each_bucket(
        s3, known, "get_object_lock_configuration", ("ObjectLockConfigurationNotFoundError",)
    )


COLLECTOR = Collector(
    kind="s3.bucket_object_lock",
    title="Object Lock of data-path buckets",
    service="s3",
    reach=Reach.REGION,
    actions=("s3:GetBucketObjectLockConfiguration",),
    key="Bucket",
    fetch=fetch,
    required=("Bucket", "ObjectLockConfiguration"),
    needs=(LOCATIONS,),
    operations=("GetObjectLockConfiguration",),
)
