"""Amazon S3's control plane: what holds for an account's buckets as a whole."""

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("s3control")
_PAGING = Paging(most=2)


@OPERATIONS("GetPublicAccessBlock")
def get_public_access_block(asked: Asked) -> Payload:
    """Return the account's block of public access, if it has one."""
    if asked.text("AccountId") != asked.account_id:
        raise RefusedError(403, "AccessDenied", "Access Denied")
    for each in asked.account.held.get("s3control.public_access_block", ()):
        return each
    message = "The public access block configuration was not found"
    raise RefusedError(404, "NoSuchPublicAccessBlockConfiguration", message)


@OPERATIONS("ListAccessPoints")
def list_access_points(asked: Asked) -> Payload:
    """Return a page of the account's access points in a Region, of one bucket if it is named."""
    if asked.text("AccountId") != asked.account_id:
        raise RefusedError(403, "AccessDenied", "Access Denied")
    wanted = asked.text("Bucket")
    points = [each for each in asked.held("s3control.access_point") if wanted in ("", each["Bucket"])]
    found, following = page(asked, points, _PAGING)
    return {"AccessPointList": found, **following}
