"""Whether data-path buckets refuse to be public."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.buckets import LOCATIONS, ask_each_bucket


def fetch(s3: Client, known: Known) -> Found:
    """Yield the block of each bucket that has one."""
    return ask_each_bucket(s3, known, "get_public_access_block", ("NoSuchPublicAccessBlockConfiguration",))


COLLECTOR = Collector(
    kind="s3.bucket_public_access",
    title="Public access blocks of data-path buckets",
    service="s3",
    reach=Reach.REGION,
    actions=("s3:GetBucketPublicAccessBlock",),
    key="Bucket",
    fetch=fetch,
    required=("Bucket", "PublicAccessBlockConfiguration"),
    needs=(LOCATIONS,),
    operations=("GetPublicAccessBlock",),
)
