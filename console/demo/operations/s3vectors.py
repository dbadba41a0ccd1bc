"""Amazon S3 Vectors: vector buckets, their policies and indexes."""

from console.demo.native import Operations, Paging
from console.demo.records import Lookup, Records

OPERATIONS = Operations("s3vectors")
_RECORDS = Records(OPERATIONS, Paging(most=2, asked="maxResults", token="nextToken"))  # noqa: S106
_BY = {"vectorBucketArn": "vectorBucketArn"}
_GONE = (404, "NotFoundException")

_RECORDS.shown(
    "GetVectorBucket",
    Lookup(held="s3vectors.vector_bucket", member="vectorBucket", by=_BY, refusal=_GONE),
)
_RECORDS.shown("GetVectorBucketPolicy", Lookup(held="s3vectors.vector_bucket_policy", by=_BY, refusal=_GONE))
_RECORDS.shown(
    "GetIndex",
    Lookup(held="s3vectors.index", member="index", by={"indexArn": "indexArn"}, refusal=_GONE),
)
