"""Indexes of S3 vector buckets in which knowledge bases keep their vectors."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask
from console.collect.each import each
from console.collect.stores import KNOWLEDGE_BASE, here, vector_indexes
from console.domain.evidence import Payload


def fetch(vectors: Client, known: Known) -> Found:
    """Yield the indexes that knowledge bases name."""
    near, far = here(vectors, vector_indexes(known[KNOWLEDGE_BASE]))
    yield from far

    def one(arn: str) -> Payload:
        index: Payload = ask(vectors, "get_index", indexArn=arn)["index"]
        return index

    yield from each(near, one)


COLLECTOR = Collector(
    kind="s3vectors.index",
    title="S3 vector indexes behind knowledge bases",
    service="s3vectors",
    reach=Reach.REGION,
    actions=("s3vectors:GetIndex",),
    key="indexArn",
    fetch=fetch,
    required=("indexArn", "vectorBucketName", "dataType", "dimension"),
    needs=(KNOWLEDGE_BASE,),
)
