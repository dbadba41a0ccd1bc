"""When data-path buckets delete or move what they hold."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.buckets import LOCATIONS, ask_each_bucket


def fetch(s3: Client, known: Known) -> Found:
    """Yield the rules of each bucket that has some."""
    return ask_each_bucket(s3, known, "get_bucket_lifecycle_configuration", ("NoSuchLifecycleConfiguration",))


COLLECTOR = Collector(
    kind="s3.bucket_lifecycle",
    title="Lifecycle rules of data-path buckets",
    service="s3",
    reach=Reach.REGION,
    actions=("s3:GetLifecycleConfiguration",),
    key="Bucket",
    fetch=fetch,
    required=("Bucket", "Rules"),
    needs=(LOCATIONS,),
    operations=("GetBucketLifecycleConfiguration",),
)
