import pytest

from console.collect.collectors.bedrock_model_agreement import may_be_called
from unit.collect.collectors.asking import Asking

KIND = "bedrock.model_agreement"


def test_one_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "ListFoundationModelAgreementOffers")
    (gap,) = after.collected.gaps
    assert gap.key in before.payloads
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}


def test_only_terms_that_may_bind_the_account_are_asked_for(asking: Asking) -> None:
    for reading in asking.everywhere(KIND):
        availability = asking.read("bedrock.model_availability", reading.scope).payloads
        assert [name for name in reading.payloads if name.startswith("amazon.")] == []
        assert {availability[name]["agreementAvailability"]["status"] for name in reading.payloads} <= {
            "AVAILABLE",
            "ERROR",
            "PENDING",
        }


def test_a_model_without_offers_is_no_gap(asking: Asking) -> None:
    reading = asking.somewhere(KIND)
    asked = sum(each.operation == "ListFoundationModelAgreementOffers" for each in reading.heard)
    assert asked > len(reading.facts) > 0


def test_licence_and_duration_are_kept_and_the_token_to_accept_is_not(asking: Asking) -> None:
    offers = [offer for each in asking.payloads(KIND) for offer in each["offers"]]
    terms = [offer["termDetails"] for offer in offers]
    assert {"offerToken" in offer for offer in offers} == {False}
    assert all(each["legalTerm"]["url"].startswith("https://") for each in terms)
    assert {each.get("validityTerm", {}).get("agreementDuration") for each in terms} == {None, "P365D"}


@pytest.mark.parametrize(
    ("model", "agreement", "entitlement", "called"),
    [
        ("anthropic.a", "AVAILABLE", "AVAILABLE", True),
        ("anthropic.a", "PENDING", "NOT_AVAILABLE", True),
        ("anthropic.a", "ERROR", "NOT_AVAILABLE", True),
        ("meta.a", "NOT_AVAILABLE", "AVAILABLE", True),
        ("meta.a", "NOT_AVAILABLE", "NOT_AVAILABLE", False),
        ("amazon.a", "AVAILABLE", "AVAILABLE", False),
    ],
)
def test_terms_bind_whoever_agreed_or_may_call(
    model: str, agreement: str, entitlement: str, *, called: bool
) -> None:
    availability = {
        "modelId": model,
        "agreementAvailability": {"status": agreement},
        "entitlementAvailability": entitlement,
    }
    assert may_be_called(availability) is called
