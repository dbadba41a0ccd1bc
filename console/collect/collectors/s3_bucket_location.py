"""Where the buckets of the data path lie: those that Bedrock's resources, trails and log deliveries name."""

from console.collect.base import Client, Collector, Found, Known, Missed, NotAskedError, Reach, client_in
from console.collect.data_paths import BUCKET, NAMES_BUCKETS, bucket_names, named_in
from console.collect.each import ask_unless, each
from console.domain.evidence import Payload

_ABSENT = "NoSuchBucket"
_FOREIGN = "the bucket is none of this account's"


def fetch(s3: Client, known: Known) -> Found:
    """Yield each bucket's location; of a bucket that is named and is not there, S3's error in its stead."""
    regions = {bucket["Name"]: bucket["BucketRegion"] for bucket in known["s3.bucket"]}

    def read(bucket: str) -> Payload:
        if not BUCKET.fullmatch(bucket):
            raise NotAskedError(
                f"{bucket} is an access point, and S3 does not say of it which bucket is behind it"
            )
        client = client_in(s3, regions[bucket]) if bucket in regions else s3
        answer = ask_unless(client, "get_bucket_location", (_ABSENT,), Bucket=bucket)
        return {"Bucket": bucket, **({"Error": _ABSENT} if answer is None else answer)}

    for found in each(named_in(known, NAMES_BUCKETS, bucket_names), read):
        is_foreign = isinstance(found, Missed) and found.key not in regions
        yield Missed(found.key, found.error, _FOREIGN) if isinstance(found, Missed) and is_foreign else found


COLLECTOR = Collector(
    kind="s3.bucket_location",
    title="Locations of data-path buckets",
    service="s3",
    reach=Reach.REGION,
    actions=("s3:GetBucketLocation",),
    key="Bucket",
    fetch=fetch,
    required=("Bucket",),
    needs=("s3.bucket", *NAMES_BUCKETS),
)
