"""Amazon S3 Vectors: what deletes an index."""

from console.demo.changing import take
from console.demo.messages import Payload
from console.demo.native import Asked, Operations

OPERATIONS = Operations("s3vectors")


@OPERATIONS("DeleteIndex")
def delete_index(asked: Asked) -> Payload:
    """Delete an index with its vectors."""
    wanted = asked.text("indexArn")
    gone = (404, "NotFoundException")
    take(asked, "s3vectors.index", lambda each: each["indexArn"] == wanted, f"index {wanted}", gone)
    return {}
