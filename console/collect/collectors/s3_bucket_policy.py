"""Who may do what in each bucket of the data path."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.buckets import LOCATIONS, ask_each_bucket


def fetch(s3: Client, known: Known) -> Found:
    """Yield the policy of each bucket that has one."""
    return ask_each_bucket(s3, known, "get_bucket_policy", ("NoSuchBucketPolicy",))


COLLECTOR = Collector(
    kind="s3.bucket_policy",
    title="Policies of data-path buckets",
    service="s3",
    reach=Reach.REGION,
    actions=("s3:GetBucketPolicy",),
    key="Bucket",
    fetch=fetch,
    required=("Bucket", "Policy"),
    needs=(LOCATIONS,),
)
