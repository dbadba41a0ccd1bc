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


def test_as_many_usage_types_are_asked_about_as_aws_takes_and_marketplace_s_in_both_spellings() -> None:
    client, names = Listing(), [f"EUW2-{place:04}-{'x' * 40}" for place in range(60)]
    fetched(client, *names, names[0], "USE1-MP:USE1_InputTokenCount")
    values = [each["Filters"][0]["Value"] for each in client.asked]
    assert all(1024 - 51 < len(each) <= 1024 for each in values[:-1])
    asked = [name for each in values for name in each.split(",")]
    assert asked == [*names, "USE1-MP:USE1_InputTokenCount", "USE1-MP:USE1_InputTokenCount-Units"]
    assert {each["ServiceCode"] for each in client.asked} == {"AmazonBedrock"}


def test_without_a_bill_nothing_is_asked() -> None:
    client = Listing("never read")
    assert fetched(client) == []
    assert client.asked == []


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", json.dumps({"product": "x"})])
def test_a_product_that_is_none_is_malformed(text: str) -> None:
    with pytest.raises(MalformedAnswerError, match="price list"):
        fetched(Listing(text), "EUW2-m")
