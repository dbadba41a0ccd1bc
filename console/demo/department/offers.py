"""On which terms other makers offer their models; invented, of AWS's shape."""

from console.demo.messages import Payload

SOLD_BY_MARKETPLACE = ("anthropic", "cohere", "stability")
"""Makers whose models come with an agreement; for the others there is nothing to agree to."""
_PRICES = (("input_tokens", "0.003"), ("output_tokens", "0.015"))


def offers_of(model: str, *, private: bool) -> list[Payload]:
    """Return the offers for a model: the public one, and one made to the department alone."""
    maker = model.partition(".")[0]
    found = [_offer(model, maker, "public", "")]
    if private and maker == "anthropic":
        found.append(_offer(model, maker, "private", "P365D"))
    return found


def _offer(model: str, maker: str, sort: str, duration: str) -> Payload:
    rates = [
        {"dimension": f"{model}-{name}", "price": price, "description": name, "unit": "1K tokens"}
        for name, price in _PRICES
    ]
    return {
        "offerId": f"offer-{sort}-{maker}",
        "offerToken": f"token-of-{sort}-{model}",
        "termDetails": {
            "usageBasedPricingTerm": {"rateCard": rates},
            "legalTerm": {"url": f"https://terms.example/{maker}/{sort}-eula.pdf"},
            "supportTerm": {"refundPolicyDescription": "No refunds"},
            **({"validityTerm": {"agreementDuration": duration}} if duration else {}),
        },
    }
