"""The identity store of IAM Identity Center: groups."""

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations

OPERATIONS = Operations("identitystore")


@OPERATIONS("DescribeGroup")
def describe_group(asked: Asked) -> Payload:
    """Return a group."""
    for each in asked.estate.organisation.held.get("identitystore.group", []):
        named = (each["IdentityStoreId"], each["GroupId"])
        is_theirs = asked.account_id == asked.estate.management_account
        if is_theirs and named == (asked.text("IdentityStoreId"), asked.text("GroupId")):
            return each
    raise RefusedError(400, "ResourceNotFoundException", "GROUP not found.")
