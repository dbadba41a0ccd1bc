"""Policies of the S3 vector buckets behind knowledge bases."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.each import ask_unless, each
from console.domain.evidence import Payload

_BUCKET = "s3vectors.vector_bucket"
_NONE = ("NotFoundException",)
"""How AWS says that there is no policy; the bucket was found just before."""


def fetch(vectors: Client, known: Known) -> Found:
    """Yield the policy of each vector bucket that has one, with the bucket it belongs to."""

    def one(arn: str) -> Payload | None:
        answer = ask_unless(vectors, "get_vector_bucket_policy", _NONE, vectorBucketArn=arn)
        return None if answer is None else {"vectorBucketArn": arn, **answer}

    yield from each((bucket["vectorBucketArn"] for bucket in known[_BUCKET]), one)


COLLECTOR = Collector(
    kind="s3vectors.vector_bucket_policy",
    title="Policies of S3 vector buckets",
    service="s3vectors",
    reach=Reach.REGION,
    actions=("s3vectors:GetVectorBucketPolicy",),
    key="vectorBucketArn",
    fetch=fetch,
    required=("vectorBucketArn", "policy"),
    needs=(_BUCKET,),
)
