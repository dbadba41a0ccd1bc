import pytest

from console.views.inventory_models import MODELS, routes
from fakes import gap
from unit.views.listed import cells_of, facts, rows_of, section_of, told_of

CALLABLE = section_of(MODELS, "callable")
CLAUDE = "anthropic.claude-x"
AVAILABLE = {
    "modelId": CLAUDE,
    "agreementAvailability": {"status": "AVAILABLE"},
    "authorizationStatus": "AUTHORIZED",
    "entitlementAvailability": "AVAILABLE",
}
OFFER = {
    "offerId": "offer-1",
    "termDetails": {
        "legalTerm": {"url": "https://terms.example/eula"},
        "validityTerm": {"agreementDuration": "P1Y"},
        "supportTerm": {"refundPolicyDescription": "No refunds"},
    },
}


def test_a_model_is_shown_with_its_maker_its_terms_and_the_form() -> None:
    known = facts(
        ("bedrock.model_availability", CLAUDE, AVAILABLE),
        (
            "bedrock.foundation_model",
            f"arn:{CLAUDE}",
            {"modelId": CLAUDE, "providerName": "Anthropic", "modelLifecycle": {"status": "ACTIVE"}},
        ),
        ("bedrock.model_agreement", CLAUDE, {"modelId": CLAUDE, "offers": [OFFER, {"offerId": "o-2"}]}),
        ("bedrock.model_use_case", "model-use-case", {"formDataSha256": "00"}),
    )
    found = cells_of(CALLABLE, known)
    assert (found["provider"], found["lifecycle"], found["end"]) == ("Anthropic", "ACTIVE", "none announced")
    assert (found["terms"], found["use_case"]) == ("https://terms.example/eula", "yes")
    assert told_of(CALLABLE, known)["Offers"] == (
        "offer-1: https://terms.example/eula; for P1Y; No refunds\no-2: no address of terms"
    )
    assert set(rows_of(CALLABLE, known)[0].evidence) == {1, 2, 3, 4}


def test_what_stands_beside_a_model_and_could_not_be_read_is_said_in_its_place() -> None:
    known = facts(("bedrock.model_availability", CLAUDE, AVAILABLE))
    missing = [
        gap(kind, sequence=7)
        for kind in ("bedrock.foundation_model", "bedrock.model_agreement", "bedrock.model_use_case")
    ]
    found = cells_of(CALLABLE, known, missing)
    assert {found[each] for each in ("provider", "terms", "use_case")} == {"could not be read: denied"}


def test_a_model_without_offers_is_aws_own_or_lacks_them() -> None:
    known = facts(("bedrock.model_availability", CLAUDE, AVAILABLE))
    empty = [(kind, known[0].scope) for kind in ("bedrock.foundation_model", "bedrock.model_agreement")]
    (row,) = rows_of(CALLABLE, known, empty=empty)
    assert "AWS lists no offer" in row.cells
    own = facts(("bedrock.model_availability", "amazon.nova", AVAILABLE | {"modelId": "amazon.nova"}))
    (row,) = rows_of(CALLABLE, own, empty=empty)
    assert "AWS's own: no agreement" in row.cells
    assert "not on offer in this Region" in row.cells
    nameless = facts(
        ("bedrock.model_availability", CLAUDE, AVAILABLE),
        ("bedrock.model_agreement", CLAUDE, {"offers": []}),
    )
    assert cells_of(CALLABLE, nameless)["terms"] == "the offers name no terms"


@pytest.mark.parametrize(
    ("agreement", "entitlement", "shown"),
    [
        ("NOT_AVAILABLE", "NOT_AVAILABLE", False),
        ("PENDING", "NOT_AVAILABLE", True),
        ("NOT_AVAILABLE", "AVAILABLE", True),
    ],
)
def test_only_models_that_may_be_called_are_among_them(
    *, agreement: str, entitlement: str, shown: bool
) -> None:
    payload = {"agreementAvailability": {"status": agreement}, "entitlementAvailability": entitlement}
    found = rows_of(CALLABLE, facts(("bedrock.model_availability", CLAUDE, payload)))
    assert bool(found) is shown


def test_a_purchase_names_its_products() -> None:
    section = section_of(MODELS, "purchases")
    payload = {"proposalSummary": {"resources": [{"id": "prod-1"}, {"id": "prod-2"}]}}
    known = facts(("marketplace-agreement.agreement", "agmt-1", payload))
    assert cells_of(section, known)["products"] == "prod-1, prod-2"


def test_a_profile_says_which_regions_it_sends_calls_to() -> None:
    arns = ["arn:aws:bedrock:eu-west-1::foundation-model/m", "arn:aws:bedrock:::foundation-model/m", "x"]
    payload = {"models": [{"modelArn": each} for each in arns]}
    assert routes(payload) == "eu-west-1, global, not said"
    section = section_of(MODELS, "profiles")
    known = facts(("bedrock.inference_profile", "p", payload))
    assert told_of(section, known)["Models"].splitlines() == arns


def test_a_model_shared_with_the_account_is_told_from_its_own() -> None:
    section = section_of(MODELS, "own")
    known = facts(("bedrock.custom_model", "a", {"isOwned": True}), ("bedrock.custom_model", "b", {}))
    assert [cells_of(section, known, place=at)["sort"] for at in (0, 1)] == [
        "custom model",
        "custom model, shared with it",
    ]
