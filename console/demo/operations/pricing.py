"""AWS's price list: what it has of Bedrock, and the codes of a few other services."""

import json

from console.demo.bill import Priced, priced
from console.demo.department.plan import LONDON
from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("pricing")
_ONE, _TWO = Paging(most=1, token="NextToken"), Paging(most=2, token="NextToken")  # noqa: S106 - a member's name
_SERVICES = (
    "AWSCloudTrail",
    "AmazonBedrock",
    "AmazonBedrockAgentCore",
    "AmazonBedrockFoundationModels",
    "AmazonEC2",
)
_BEDROCK = "Amazon Bedrock"
_PUBLISHED = "2026-11-02T17:00:00Z"
_FILTERS = frozenset({"ANY_OF", "EQUALS", "TERM_MATCH"})
_VERSION = "20261102170000"


@OPERATIONS("DescribeServices")
def describe_services(asked: Asked) -> Payload:
    """Return the services that have a price, or the one that is named."""
    wanted = asked.text("ServiceCode")
    if wanted and wanted not in _SERVICES:
        raise RefusedError(400, "NotFoundException", f"There is no service {wanted}")
    services = [
        {"ServiceCode": each, "AttributeNames": ["regionCode", "servicename", "usagetype"]}
        for each in _SERVICES
        if wanted in ("", each)
    ]
    found, following = page(asked, services, _TWO)
    return {"Services": found, "FormatVersion": "aws_v1", **following}


@OPERATIONS("GetProducts")
def get_products(asked: Asked) -> Payload:
    """Return the products of a service that every filter lets pass, each as a text of JSON."""
    filters: list[Payload] = asked.parameters.get("Filters") or []
    if any(each["Type"] not in _FILTERS for each in filters):
        message = f"The stand-in filters by {', '.join(sorted(_FILTERS))} only"
        raise RefusedError(400, "InvalidParameterException", message)
    products = [_product(each) for each in priced().values() if each.offer == asked.text("ServiceCode")]
    passing = [each for each in products if all(_passes(each, by) for by in filters)]
    found, following = page(asked, passing, _ONE)
    return {"FormatVersion": "aws_v1", "PriceList": [json.dumps(each) for each in found], **following}


def _passes(product: Payload, by: Payload) -> bool:
    said = product["product"]["attributes"].get(by["Field"])
    return said in (by["Value"].split(",") if by["Type"] == "ANY_OF" else (by["Value"],))


def _product(sold: Priced) -> Payload:
    """Return a product as AWS's price list has it; what Marketplace sells has no model and no inference type."""
    term = f"{sold.sku}.JRTCKXETXF"
    attributes = {
        "servicecode": sold.offer,
        "servicename": sold.service,
        "regionCode": LONDON,
        "usagetype": sold.usage_type,
        "operation": "",
        **(
            {"model": sold.model, "provider": sold.provider}
            if sold.service == _BEDROCK and sold.model
            else {}
        ),
    }
    dimension = {
        "unit": sold.unit,
        "description": sold.description,
        "beginRange": "0",
        "endRange": "Inf",
        "pricePerUnit": {"USD": sold.price},
        "appliesTo": [],
        "rateCode": f"{term}.6YS6EN2CT7",
    }
    return {
        "product": {
            "productFamily": "Amazon Bedrock" if sold.service == _BEDROCK else "Machine Learning",
            "attributes": attributes,
            "sku": sold.sku,
        },
        "serviceCode": sold.offer,
        "terms": {
            "OnDemand": {
                term: {
                    "priceDimensions": {dimension["rateCode"]: dimension},
                    "sku": sold.sku,
                    "effectiveDate": "2026-11-01T00:00:00Z",
                    "offerTermCode": "JRTCKXETXF",
                    "termAttributes": {},
                }
            }
        },
        "version": _VERSION,
        "publicationDate": _PUBLISHED,
    }
