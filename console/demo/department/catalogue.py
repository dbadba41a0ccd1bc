"""What AWS itself offers in a Region: foundation models, and profiles that route between Regions."""

from console.demo.department.plan import DUBLIN, ENABLED, LONDON, VIRGINIA
from console.demo.messages import Payload

OF_AGENTS = "anthropic.claude-3-7-sonnet-20250219-v1:0"
"""The model that agents, flows and prompts of the department use."""
_ALL = (LONDON, DUBLIN, VIRGINIA)
_NOT_LONDON = (DUBLIN, VIRGINIA)
_TEXT, _SEEING, _VECTOR = (("TEXT",), ("TEXT",)), (("TEXT", "IMAGE"), ("TEXT",)), (("TEXT",), ("EMBEDDING",))
_DRAWING = (("TEXT", "IMAGE"), ("IMAGE",))
_Modalities = tuple[tuple[str, ...], tuple[str, ...]]

_MODELS: tuple[tuple[str, str, str, _Modalities, str, tuple[str, ...]], ...] = (
    ("anthropic.claude-3-haiku-20240307-v1:0", "Claude 3 Haiku", "Anthropic", _SEEING, "LEGACY", _ALL),
    ("anthropic.claude-3-sonnet-20240229-v1:0", "Claude 3 Sonnet", "Anthropic", _SEEING, "LEGACY", _ALL),
    ("anthropic.claude-3-7-sonnet-20250219-v1:0", "Claude 3.7 Sonnet", "Anthropic", _SEEING, "ACTIVE", _ALL),
    (
        "anthropic.claude-sonnet-4-20250514-v1:0",
        "Claude Sonnet 4",
        "Anthropic",
        _SEEING,
        "ACTIVE",
        _NOT_LONDON,
    ),
    ("anthropic.claude-sonnet-4-5-20250929-v1:0", "Claude Sonnet 4.5", "Anthropic", _SEEING, "ACTIVE", _ALL),
    ("anthropic.claude-haiku-4-5-20251001-v1:0", "Claude Haiku 4.5", "Anthropic", _SEEING, "ACTIVE", _ALL),
    ("amazon.nova-micro-v1:0", "Nova Micro", "Amazon", _TEXT, "ACTIVE", _ALL),
    ("amazon.nova-lite-v1:0", "Nova Lite", "Amazon", _SEEING, "ACTIVE", _ALL),
    ("amazon.nova-pro-v1:0", "Nova Pro", "Amazon", _SEEING, "ACTIVE", _ALL),
    ("amazon.nova-canvas-v1:0", "Nova Canvas", "Amazon", _DRAWING, "ACTIVE", _NOT_LONDON),
    ("amazon.titan-text-express-v1", "Titan Text G1 - Express", "Amazon", _TEXT, "LEGACY", _ALL),
    ("amazon.titan-embed-text-v2:0", "Titan Text Embeddings V2", "Amazon", _VECTOR, "ACTIVE", _ALL),
    (
        "amazon.titan-image-generator-v2:0",
        "Titan Image Generator G1 v2",
        "Amazon",
        _DRAWING,
        "LEGACY",
        (VIRGINIA,),
    ),
    ("cohere.embed-english-v3", "Embed English", "Cohere", _VECTOR, "ACTIVE", _ALL),
    ("cohere.embed-multilingual-v3", "Embed Multilingual", "Cohere", _VECTOR, "ACTIVE", _ALL),
    ("cohere.command-r-plus-v1:0", "Command R+", "Cohere", _TEXT, "LEGACY", _ALL),
    ("meta.llama3-8b-instruct-v1:0", "Llama 3 8B Instruct", "Meta", _TEXT, "ACTIVE", _ALL),
    ("meta.llama3-70b-instruct-v1:0", "Llama 3 70B Instruct", "Meta", _TEXT, "ACTIVE", _ALL),
    ("mistral.mistral-7b-instruct-v0:2", "Mistral 7B Instruct", "Mistral AI", _TEXT, "LEGACY", _ALL),
    ("mistral.mistral-large-2402-v1:0", "Mistral Large (24.02)", "Mistral AI", _TEXT, "ACTIVE", _ALL),
    (
        "stability.sd3-5-large-v1:0",
        "Stable Diffusion 3.5 Large",
        "Stability AI",
        _DRAWING,
        "ACTIVE",
        (VIRGINIA,),
    ),
)
_EUROPE = ("eu-central-1", "eu-north-1", "eu-west-1", "eu-west-3")
_AMERICA = ("us-east-1", "us-east-2", "us-west-2")
_PROFILES = (
    ("anthropic.claude-3-7-sonnet-20250219-v1:0", "Claude 3.7 Sonnet"),
    ("anthropic.claude-sonnet-4-5-20250929-v1:0", "Claude Sonnet 4.5"),
    ("anthropic.claude-haiku-4-5-20251001-v1:0", "Claude Haiku 4.5"),
    ("amazon.nova-lite-v1:0", "Nova Lite"),
    ("amazon.nova-pro-v1:0", "Nova Pro"),
)
_SINCE = "2025-10-15T00:00:00Z"


def model_arn(region: str, model_id: str) -> str:
    """Return a foundation model's ARN; a Region that is empty is every Region."""
    return f"arn:aws:bedrock:{region}::foundation-model/{model_id}"


def models() -> dict[str, list[Payload]]:
    """Return the `ListFoundationModels` entries of each enabled Region."""
    return {
        region: [_model(region, *each) for *each, regions in _MODELS if region in regions]  # type: ignore[arg-type]
        for region in ENABLED
    }


def system_profiles() -> dict[str, list[Payload]]:
    """Return AWS's own `ListInferenceProfiles` entries of each enabled Region; `{account}` stands for whose."""
    found: dict[str, list[Payload]] = {}
    for region in ENABLED:
        area, name, regions = ("us", "US", _AMERICA) if region == VIRGINIA else ("eu", "EU", _EUROPE)
        found[region] = [_profile(region, area, name, regions, *each) for each in _PROFILES]
        found[region] += [_profile(region, "global", "GLOBAL", ("",), *each) for each in _PROFILES[1:3]]
    return found


def _model(
    region: str, model_id: str, name: str, provider: str, modalities: _Modalities, status: str
) -> Payload:
    lifecycle = {"status": status, "startOfLifeTime": "2024-06-01T00:00:00Z"}
    if status == "LEGACY":
        lifecycle |= {"legacyTime": "2026-03-01T00:00:00Z", "endOfLifeTime": "2027-03-01T00:00:00Z"}
    return {
        "modelArn": model_arn(region, model_id),
        "modelId": model_id,
        "modelName": name,
        "providerName": provider,
        "inputModalities": list(modalities[0]),
        "outputModalities": list(modalities[1]),
        "responseStreamingSupported": modalities in (_TEXT, _SEEING),
        "customizationsSupported": [],
        "inferenceTypesSupported": ["ON_DEMAND"],
        "modelLifecycle": lifecycle,
    }


def _profile(
    region: str, area: str, area_name: str, regions: tuple[str, ...], model_id: str, name: str
) -> Payload:
    profile_id = f"{area}.{model_id}"
    routed = sorted({*regions, region}) if regions != ("",) else [region, ""]
    return {
        "inferenceProfileName": f"{area_name} {name}",
        "description": f"Routes requests to {name} in {', '.join(filter(None, regions)) or 'any Region'}.",
        "createdAt": _SINCE,
        "updatedAt": _SINCE,
        "inferenceProfileArn": f"arn:aws:bedrock:{region}:{{account}}:inference-profile/{profile_id}",
        "models": [{"modelArn": model_arn(each, model_id)} for each in routed],
        "inferenceProfileId": profile_id,
        "status": "ACTIVE",
        "type": "SYSTEM_DEFINED",
    }
