"""S3 vector buckets in which knowledge bases keep their vectors."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask
from console.collect.each import each
from console.collect.stores import KNOWLEDGE_BASE, here, vector_buckets
from console.domain.evidence import Payload


def fetch(vectors: Client, known: Known) -> Found:
    """Yield the vector buckets that knowledge bases name, themselves or by an index."""
    near, far = here(vectors, vector_buckets(known[KNOWLEDGE_BASE]))
    yield from far

    def one(arn: str) -> Payload:
        bucket: Payload = ask(vectors, "get_vector_bucket", vectorBucketArn=arn)["vectorBucket"]
        return bucket

    yield from each(near, one)


COLLECTOR = Collector(
    kind="s3vectors.vector_bucket",
    title="S3 vector buckets behind knowledge bases",
    service="s3vectors",
    reach=Reach.REGION,
    actions=("s3vectors:GetVectorBucket",),
    key="vectorBucketArn",
    fetch=fetch,
    required=("vectorBucketArn", "vectorBucketName"),
    needs=(KNOWLEDGE_BASE,),
)
