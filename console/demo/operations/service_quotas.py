"""Service Quotas: what AWS allows of Bedrock, and what it allows this account."""

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("service-quotas")
_PAGING = Paging(most=4, refusal="InvalidPaginationTokenException")


@OPERATIONS("ListServiceQuotas")
def list_service_quotas(asked: Asked) -> Payload:
    """Return the quotas as they are for the account."""
    return _page(asked, asked.held("service-quotas.quota"))


@OPERATIONS("ListAWSDefaultServiceQuotas")
def list_aws_default_service_quotas(asked: Asked) -> Payload:
    """Return the quotas as AWS sets them."""
    return _page(asked, asked.held("service-quotas.default"))


def _page(asked: Asked, quotas: list[Payload]) -> Payload:
    if asked.text("ServiceCode") != "bedrock":
        raise RefusedError(400, "NoSuchResourceException", "The stand-in knows quotas of Bedrock only.")
    found, following = page(asked, quotas, _PAGING)
    return {"Quotas": found, **following}
