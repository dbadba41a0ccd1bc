"""What AWS's price list has for the usage types that are on the bill: its prices for everybody, without discounts."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from console.collect.base import Client, Collector, Known, MalformedAnswerError, Reach, ask_all
from console.domain.evidence import Payload

_LONGEST = 1024
"""Characters that AWS takes of a filter's values, with commas between them."""
_MARKETPLACE, _UNITS = "-MP:", "-Units"


def fetch(pricing: Client, known: Known) -> Iterator[Payload]:
    """Yield the products of each service of Bedrock's that are billed by one of the usage types.

    AWS hands out each product as a text, which is JSON.
    """
    wanted = sorted({name for each in known["ce.cost_by_model_usage"] for name in _names(each["Keys"][1])})
    for service in known["pricing.service"]:
        for some in _joined(wanted):
            of_these = {"Type": "ANY_OF", "Field": "usagetype", "Value": some}
            code = service["ServiceCode"]
            products = ask_all(pricing, "get_products", "PriceList", ServiceCode=code, Filters=[of_these])
            yield from map(_read, products)


def _joined(names: Iterable[str]) -> Iterator[str]:
    """Yield the names with commas between them, as many at once as AWS takes."""
    some = ""
    for name in names:
        if some and len(some) + 1 + len(name) > _LONGEST:
            yield some
            some = ""
        some = f"{some},{name}" if some else name
    if some:
        yield some


def _names(usage_type: str) -> tuple[str, ...]:
    """Return how the price list may write a usage type: the bill leaves out the last word of Marketplace's at times."""
    is_short = _MARKETPLACE in usage_type and not usage_type.endswith(_UNITS)
    return (usage_type, f"{usage_type}{_UNITS}") if is_short else (usage_type,)


def _read(product: str) -> Payload:
    try:
        found: Any = json.loads(product)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("product"), dict):
        raise MalformedAnswerError("a product of the price list is no JSON object with a product in it")
    return found


COLLECTOR = Collector(
    kind="pricing.product",
    title="Prices of what is on the bill",
    service="pricing",
    reach=Reach.ORGANISATION,
    actions=("pricing:GetProducts",),
    key=lambda payload: str(payload["product"]["sku"]),
    fetch=fetch,
    required=("product", "serviceCode", "terms"),
    needs=("ce.cost_by_model_usage", "pricing.service"),
)
