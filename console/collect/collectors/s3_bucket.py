"""The account's own buckets, each with its Region; which bucket belongs to somebody else, this alone tells."""

from console.collect.base import Client, Collector, Found, Reach, ask_all

_MOST = 1000
"""Of one page; S3 tells the Regions of buckets only where the size of a page is asked for."""


def fetch(s3: Client) -> Found:
    """Yield every bucket."""
    yield from ask_all(s3, "list_buckets", "Buckets", MaxBuckets=_MOST)


COLLECTOR = Collector(
    kind="s3.bucket",
    title="Buckets and their Regions",
    service="s3",
    reach=Reach.ACCOUNT,
    actions=("s3:ListAllMyBuckets",),
    key="Name",
    fetch=fetch,
    required=("Name", "BucketRegion"),
    operations=("ListBuckets",),
)
