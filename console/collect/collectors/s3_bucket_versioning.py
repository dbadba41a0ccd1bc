"""Whether data-path buckets keep what is overwritten or deleted."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.buckets import LOCATIONS, ask_each_bucket


def fetch(s3: Client, known: Known) -> Found:
    """Yield the state of each bucket; S3 leaves `Status` out where versioning was never switched on."""
    return ask_each_bucket(s3, known, "get_bucket_versioning")


COLLECTOR = Collector(
    kind="s3.bucket_versioning",
    title="Versioning of data-path buckets",
    service="s3",
    reach=Reach.REGION,
    actions=("s3:GetBucketVersioning",),
    key="Bucket",
    fetch=fetch,
    required=("Bucket",),
    needs=(LOCATIONS,),
)
