"""AWS Security Hub: whether it is on, and what it checks."""

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("securityhub")
_PAGING = Paging(most=1, refusal="InvalidInputException")


@OPERATIONS("DescribeHub")
def describe_hub(asked: Asked) -> Payload:
    """Return the hub, if the account subscribed in this Region."""
    return _hub(asked)


@OPERATIONS("GetEnabledStandards")
def get_enabled_standards(asked: Asked) -> Payload:
    """Return a page of the standards that are on."""
    _hub(asked)
    found, following = page(asked, asked.held("securityhub.enabled_standard"), _PAGING)
    return {"StandardsSubscriptions": found, **following}


def _hub(asked: Asked) -> Payload:
    for each in asked.held("securityhub.hub"):
        return each
    message = f"Account {asked.account_id} is not subscribed to AWS Security Hub"
    raise RefusedError(401, "InvalidAccessException", message)
