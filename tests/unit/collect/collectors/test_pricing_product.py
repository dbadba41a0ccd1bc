import json
from typing import Any

import pytest

from console.collect.base import MalformedAnswerError
from console.collect.collectors import pricing_product
from unit.collect.collectors.asking import Asking

KIND = "pricing.product"


def test_everything_of_bedrock_that_is_on_the_bill_has_a_price(asking: Asking) -> None:
    (reading,) = asking.everywhere(KIND)
    listed = {each["product"]["attributes"]["usagetype"] for each in reading.payloads.values()}
    billed = {each["Keys"][1] for each in asking.payloads("ce.cost_by_model_usage")}
    assert billed
    assert listed == billed
    services = {each["serviceCode"] for each in reading.payloads.values()}
    assert services == {"AmazonBedrock", "AmazonBedrockFoundationModels"}


class Listing:
    """A price list that says what it is told to."""

    def __init__(self, *products: str) -> None:
        self.products = products
        self.asked: list[Any] = []

    def can_paginate(self, _operation: str) -> bool:
        return False

    def get_products(self, **asked: Any) -> dict[str, Any]:
        self.asked.append(asked)
        return {"PriceList": list(self.products)}


def fetched(client: Listing, *usage_types: str) -> list[Any]:
    known = {
        "ce.cost_by_model_usage": [{"Keys": ["model$x", each]} for each in usage_types],
        "pricing.service": [{"ServiceCode": "AmazonBedrock"}],
    }
    return list(pricing_product.COLLECTOR.fetch(client, known))


def test_usage_types_are_asked_about_twenty_at_a_time_and_marketplace_s_in_both_spellings() -> None:
    client = Listing()
    fetched(client, *(f"EUW2-m{place:02}" for place in range(20)), "EUW2-m00", "USE1-MP:USE1_InputTokenCount")
    values = [each["Filters"][0]["Value"].split(",") for each in client.asked]
    assert [len(each) for each in values] == [20, 2]
    assert values[1] == ["USE1-MP:USE1_InputTokenCount", "USE1-MP:USE1_InputTokenCount-Units"]
    assert {each["ServiceCode"] for each in client.asked} == {"AmazonBedrock"}


def test_without_a_bill_nothing_is_asked() -> None:
    client = Listing("never read")
    assert fetched(client) == []
    assert client.asked == []


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", json.dumps({"product": "x"})])
def test_a_product_that_is_none_is_malformed(text: str) -> None:
    with pytest.raises(MalformedAnswerError, match="price list"):
        fetched(Listing(text), "EUW2-m")
