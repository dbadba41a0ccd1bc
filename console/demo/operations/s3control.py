"""Amazon S3's control plane: what holds for an account's buckets as a whole."""

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations

OPERATIONS = Operations("s3control")


@OPERATIONS("GetPublicAccessBlock")
def get_public_access_block(asked: Asked) -> Payload:
    """Return the account's block of public access, if it has one."""
    if asked.text("AccountId") != asked.account_id:
        raise RefusedError(403, "AccessDenied", "Access Denied")
    for each in asked.account.held.get("s3control.public_access_block", ()):
        return each
    message = "The public access block configuration was not found"
    raise RefusedError(404, "NoSuchPublicAccessBlockConfiguration", message)
