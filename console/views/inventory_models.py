"""Models and agreements: what may be called on whose terms, what is on offer, and what the accounts made themselves."""

from collections.abc import Iterator

from console.controls.payload import arn_region, listed, part, said
from console.domain.evidence import Payload
from console.views.beside import Get, Seen, at
from console.views.inventory_jobs import JOBS
from console.views.inventory_own_models import OWN_MODELS
from console.views.sections import Detail, Heading, Inventory, Section, Source
from console.views.table import Cell, Kind
from console.views.text import inert

_MODEL = "bedrock.foundation_model"
_AVAILABILITY = "bedrock.model_availability"
_AGREEMENT = "bedrock.model_agreement"
_USE_CASE = "bedrock.model_use_case"
_OWN = "amazon."
_NAME = Heading("name", "Name")
_STATUS = Heading("status", "Status")
_ARN = Heading("arn", "ARN", Kind.ARN, is_shown=False)


def _may_be_called(payload: Payload) -> bool:
    """Tell whether an account may call a model: entitled to it, or with terms agreed or under way."""
    agreement = part(payload, "agreementAvailability").get("status")
    return payload.get("entitlementAvailability") == "AVAILABLE" or agreement != "NOT_AVAILABLE"


def _of_offer(*path: str) -> Get:
    """Return a cell from the Region's list of models, or why it is not there."""

    def cell(seen: Seen) -> Cell:
        found = seen.others(_MODEL, "modelId", seen.fact.payload.get("modelId", ""))
        if not found:
            return seen.why_not(_MODEL) or "not on offer in this Region"
        return at(found[0].payload, ".".join(path))

    return cell


def _or_none(where: Get) -> Get:
    """Return a day, or that AWS announced none."""
    return lambda seen: seen.get(where) or "none announced"


def _terms(seen: Seen) -> Cell:
    """Return the addresses of the terms, apart by commas."""
    fact = seen.beside.one(_AGREEMENT, seen.fact.scope, seen.fact.key)
    if fact is None:
        none = "AWS's own: no agreement" if seen.fact.key.startswith(_OWN) else "AWS lists no offer"
        return seen.why_not(_AGREEMENT, seen.fact.key) or none
    seen.looked_at.append(fact.sequence)
    return ", ".join(dict.fromkeys(_addresses(fact.payload))) or "the offers name no terms"


def _addresses(payload: Payload) -> Iterator[str]:
    for offer in listed(payload, "offers"):
        address = said(part(part(offer, "termDetails"), "legalTerm"), "url")
        if address:
            yield inert(address)


def _offer_lines(seen: Seen) -> Iterator[str]:
    fact = seen.beside.one(_AGREEMENT, seen.fact.scope, seen.fact.key)
    for offer in listed(fact.payload, "offers") if fact else ():
        terms = part(offer, "termDetails")
        address = said(part(terms, "legalTerm"), "url") or "no address of terms"
        length = said(part(terms, "validityTerm"), "agreementDuration")
        refund = said(part(terms, "supportTerm"), "refundPolicyDescription")
        more = [each for each in (length and f"for {length}", refund) if each]
        yield inert("; ".join((f"{said(offer, 'offerId') or 'offer'}: {address}", *more)))


def _use_case(seen: Seen) -> Cell:
    return seen.other(_USE_CASE, "model-use-case", nothing="none")


def routes(payload: Payload) -> str | None:
    """Return the Regions of a profile's models; an ARN without one is global."""
    regions = {arn_region(each.get("modelArn")) for each in listed(payload, "models")}
    said_ = {"not said" if each is None else inert(each) or "global" for each in regions}
    return ", ".join(sorted(said_)) or None


def _members(seen: Seen) -> Iterator[str]:
    for each in listed(seen.fact.payload, "models"):
        yield inert(each.get("modelArn", "not said"))


def _purchased(seen: Seen) -> Cell:
    found = [
        inert(each.get("id", "")) for each in listed(part(seen.fact.payload, "proposalSummary"), "resources")
    ]
    return ", ".join(found) or None


_CALLABLE = Section(
    id="callable",
    title="Models that may be called",
    about=(
        "AWS's own models need no agreement; those of other makers are called under the maker's terms, which stand at"
        " the address given."
    ),
    headings=(
        Heading("model", "Model id"),
        Heading("provider", "Maker"),
        Heading("agreement", "Agreement"),
        Heading("authorised", "Authorised"),
        Heading("entitled", "Entitled"),
        Heading("lifecycle", "Lifecycle"),
        Heading("end", "End of life", Kind.TIME),
        Heading("terms", "Terms"),
        Heading("use_case", "Use-case form"),
    ),
    sources=(
        Source(
            _AVAILABILITY,
            (
                "modelId",
                _of_offer("providerName"),
                "agreementAvailability.status",
                "authorizationStatus",
                "entitlementAvailability",
                _of_offer("modelLifecycle", "status"),
                _or_none(_of_offer("modelLifecycle", "endOfLifeTime")),
                _terms,
                _use_case,
            ),
            _may_be_called,
        ),
    ),
    beside=(_MODEL, _AGREEMENT, _USE_CASE),
    details=(Detail("Offers", _offer_lines),),
    stretch="terms",
)
_ON_OFFER = Section(
    id="offer",
    title="Models on offer",
    about="What AWS offers, whether or not an account may call it. Alike in several accounts and Regions is one row.",
    headings=(
        Heading("model", "Model id"),
        _NAME,
        Heading("provider", "Maker"),
        Heading("takes", "Takes"),
        Heading("gives", "Gives"),
        Heading("how", "Called"),
        Heading("lifecycle", "Lifecycle"),
        Heading("legacy", "Legacy from", Kind.TIME, is_shown=False),
        Heading("end", "End of life", Kind.TIME),
    ),
    sources=(
        Source(
            _MODEL,
            (
                "modelId",
                "modelName",
                "providerName",
                "inputModalities",
                "outputModalities",
                "inferenceTypesSupported",
                "modelLifecycle.status",
                _or_none("modelLifecycle.legacyTime"),
                _or_none("modelLifecycle.endOfLifeTime"),
            ),
        ),
    ),
    merges=True,
    stretch="model",
)
_PURCHASES = Section(
    id="purchases",
    title="Purchases",
    about="Agreements made through AWS Marketplace. AWS does not say which of them are about models: the products do.",
    headings=(
        Heading("products", "Products"),
        _STATUS,
        Heading("kind", "Sort"),
        Heading("accepted", "Accepted", Kind.TIME),
        Heading("ends", "Ends", Kind.TIME),
        Heading("seller", "Seller's account"),
        Heading("value", "Value", is_shown=False),
        Heading("agreement", "Agreement id", is_shown=False),
    ),
    sources=(
        Source(
            "marketplace-agreement.agreement",
            (
                _purchased,
                "status",
                "agreementType",
                "acceptanceTime",
                "endTime",
                "proposer.accountId",
                "estimatedCharges.agreementValue",
                "agreementId",
            ),
        ),
    ),
    stretch="products",
)
_PROFILES = Section(
    id="profiles",
    title="Inference profiles and routers",
    about="A profile sends calls on to models in one or more Regions; a prompt router chooses between models.",
    headings=(
        _NAME,
        Heading("sort", "Sort"),
        _STATUS,
        Heading("routes", "Sends calls to"),
        _ARN,
    ),
    sources=(
        Source(
            "bedrock.inference_profile",
            (
                "inferenceProfileName",
                "type",
                "status",
                lambda seen: routes(seen.fact.payload),
                "inferenceProfileArn",
            ),
        ),
        Source(
            "bedrock.prompt_router",
            (
                "promptRouterName",
                lambda seen: f"prompt router, {said(seen.fact.payload, 'type') or 'sort not said'}",
                "status",
                lambda seen: routes(seen.fact.payload),
                "promptRouterArn",
            ),
        ),
    ),
    details=(Detail("Models", _members),),
    stretch="routes",
)
MODELS = Inventory(
    "models", "Models and agreements", (_CALLABLE, _ON_OFFER, _PURCHASES, _PROFILES, OWN_MODELS, JOBS)
)
