"""Terms under which a foundation model may be called: where the licence is, how long an agreement lasts, the prices.

Asked only about models with an agreement, or of which AWS says that the account may call them: no terms bind the
account for the others. Amazon's own models are not asked about, because they come under AWS's terms.
"""

from typing import Any

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.each import ask_unless, each
from console.domain.evidence import Payload

_AVAILABILITY = "bedrock.model_availability"
_NO_OFFERS = frozenset({"ResourceNotFoundException"})
"""AWS sells some makers' models itself; there is nothing to agree to."""
_OWN = "amazon."
_NOT_KEPT = frozenset({"offerToken"})
"""Whoever holds the token may accept the offer; and it is another one each time."""


def fetch(bedrock: Client, known: Known) -> Found:
    """Yield the offers, public and private, for each model that the account may call."""

    def read(model: str) -> Payload | None:
        answer = ask_unless(
            bedrock, "list_foundation_model_agreement_offers", _NO_OFFERS, modelId=model, offerType="ALL"
        )
        return answer and {**answer, "offers": [_kept(offer) for offer in answer["offers"]]}

    yield from each((each["modelId"] for each in known[_AVAILABILITY] if may_be_called(each)), read)


def may_be_called(availability: Payload) -> bool:
    """Tell whether there is an agreement, be it pending or broken, or an entitlement to another maker's model."""
    agreement, entitlement = availability["agreementAvailability"], availability["entitlementAvailability"]
    is_own = str(availability["modelId"]).startswith(_OWN)
    return not is_own and (agreement["status"] != "NOT_AVAILABLE" or entitlement == "AVAILABLE")


def _kept(offer: dict[str, Any]) -> Payload:
    return {name: value for name, value in offer.items() if name not in _NOT_KEPT}


COLLECTOR = Collector(
    kind="bedrock.model_agreement",
    title="Terms of foundation models",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:ListFoundationModelAgreementOffers",),
    key="modelId",
    fetch=fetch,
    required=("modelId", "offers"),
    needs=(_AVAILABILITY,),
)
