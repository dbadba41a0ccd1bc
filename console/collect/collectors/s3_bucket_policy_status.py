"""Whether S3 holds the policy of a data-path bucket to be public."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.buckets import LOCATIONS, ask_each_bucket


def fetch(s3: Client, known: Known) -> Found:
    """Yield it for each bucket that has a policy."""
    return ask_each_bucket(s3, known, "get_bucket_policy_status", ("NoSuchBucketPolicy",))


COLLECTOR = Collector(
    kind="s3.bucket_policy_status",
    title="Whether policies of data-path buckets are public",
    service="s3",
    reach=Reach.REGION,
    actions=("s3:GetBucketPolicyStatus",),
    key="Bucket",
    fetch=fetch,
    required=("Bucket", "PolicyStatus"),
    needs=(LOCATIONS,),
)
