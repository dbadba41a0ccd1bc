"""Whether access to data-path buckets is logged, and where."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.buckets import LOCATIONS, ask_each_bucket


def fetch(s3: Client, known: Known) -> Found:
    """Yield it for each bucket; S3 leaves `LoggingEnabled` out where access is not logged."""
    return ask_each_bucket(s3, known, "get_bucket_logging")


COLLECTOR = Collector(
    kind="s3.bucket_logging",
    title="Access logging of data-path buckets",
    service="s3",
    reach=Reach.REGION,
    actions=("s3:GetBucketLogging",),
    key="Bucket",
    fetch=fetch,
    required=("Bucket",),
    needs=(LOCATIONS,),
)
