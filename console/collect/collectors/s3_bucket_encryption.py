"""Under which key new objects of each data-path bucket are encrypted."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.buckets import LOCATIONS, ask_each_bucket


def fetch(s3: Client, known: Known) -> Found:
    """Yield the default encryption of each bucket; a bucket without one is older than S3's own."""
    return ask_each_bucket(
        s3, known, "get_bucket_encryption", ("ServerSideEncryptionConfigurationNotFoundError",)
    )


COLLECTOR = Collector(
    kind="s3.bucket_encryption",
    title="Default encryption of data-path buckets",
    service="s3",
    reach=Reach.REGION,
    actions=("s3:GetEncryptionConfiguration",),
    key="Bucket",
    fetch=fetch,
    required=("Bucket", "ServerSideEncryptionConfiguration"),
    needs=(LOCATIONS,),
    operations=("GetBucketEncryption",),
)
