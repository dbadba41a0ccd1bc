"""AWS's price list: what a million tokens cost everybody, by model and usage type.

What Amazon makes itself is listed by model; what is sold through AWS Marketplace has the same usage types for every
model, and is told apart by the service's name: `Claude Haiku 4.5 (Amazon Bedrock Edition)`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from console.controls.payload import part, said
from console.domain.evidence import Fact, Snapshot

PRODUCTS = "pricing.product"
_MILLION = 1_000_000
_MOST = 1_000_000
"""More than any unit costs; what is more is no price."""
_UNITS: Mapping[str, int] = {"tokens": 1, "1k tokens": 1_000, "1m tokens": _MILLION}
_MILLIONS = re.compile(r"\|million [\w ]*tokens\b", re.ASCII)
"""How the description of a thing begins that is sold by the million, where the unit is called `Units`."""
_ENDING = "-Units"
_EDITION = " (amazon bedrock edition)"


@dataclass(frozen=True, slots=True)
class ListPrice:
    """What a million tokens cost, and the facts that say so."""

    amount: Decimal
    sequences: tuple[int, ...]


class PriceList:
    """The prices that a refresh read."""

    def __init__(self, snapshot: Snapshot, currency: str) -> None:
        self._currency = currency
        self._found: dict[tuple[str, str], list[Fact]] = {}
        for fact in snapshot.facts(PRODUCTS):
            attributes = part(part(fact.payload, "product"), "attributes")
            service = (said(attributes, "servicename") or "").casefold()
            model = (said(attributes, "model") or "").casefold() or service.removesuffix(_EDITION)
            usage = (said(attributes, "usagetype") or "").removesuffix(_ENDING)
            self._found.setdefault((model, usage), []).append(fact)

    def of(self, model: str, usage_type: str) -> ListPrice | None:
        """Return the price of a million tokens; None where the list has none, or more than one."""
        facts = self._found.get((model.casefold(), usage_type.removesuffix(_ENDING)), [])
        found = [price for fact in facts for price in _prices(fact, self._currency)]
        amounts = set(found)
        if len(amounts) != 1 or None in amounts:
            return None
        (amount,) = amounts
        return None if amount is None else ListPrice(amount, tuple(fact.sequence for fact in facts))


def _prices(fact: Fact, currency: str) -> Iterator[Decimal | None]:
    """Yield what each line of a product's price comes to for a million tokens; None where that cannot be told."""
    for term in _members(part(part(fact.payload, "terms"), "OnDemand")):
        for dimension in _members(part(term, "priceDimensions")):
            tokens = _tokens(said(dimension, "unit") or "", said(dimension, "description") or "")
            try:
                price = Decimal(said(part(dimension, "pricePerUnit"), currency) or "")
                is_price = 0 <= price < _MOST
            except InvalidOperation:
                is_price = False
            yield price / tokens * _MILLION if tokens and is_price else None


def _members(payload: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    return (part(payload, name) for name in payload)


def _tokens(unit: str, description: str) -> int:
    """Return how many tokens a unit is; 0 where that is not said."""
    if unit.lower() == "units":
        return _MILLION if _MILLIONS.search(description.lower()) else 0
    return _UNITS.get(unit.lower(), 0)
