"""Amazon Bedrock: guardrails, inference profiles, models, logging and retention."""

from console.demo.estate import Region
from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("bedrock")
_FEW = Paging(most=2, asked="maxResults", token="nextToken")  # noqa: S106
_SOME = Paging(most=5, asked="maxResults", token="nextToken")  # noqa: S106
_SUMMARY = {
    "guardrailId": "id",
    "guardrailArn": "arn",
    "status": "status",
    "name": "name",
    "description": "description",
    "version": "version",
    "createdAt": "createdAt",
    "updatedAt": "updatedAt",
    "crossRegionDetails": "crossRegionDetails",
}
"""What a summary takes from a guardrail, and under which name."""


@OPERATIONS("GetAccountDataRetention")
def get_account_data_retention(asked: Asked) -> Payload:
    """Return the retention mode."""
    return _region(asked).retention


@OPERATIONS("GetModelInvocationLoggingConfiguration")
def get_model_invocation_logging_configuration(asked: Asked) -> Payload:
    """Return where invocations are logged; nothing where logging is off."""
    return _region(asked).logging


@OPERATIONS("ListGuardrails")
def list_guardrails(asked: Asked) -> Payload:
    """Return the draft of every guardrail, or every version of the one that is named."""
    wanted = asked.text("guardrailIdentifier")
    versions = _region(asked).guardrails
    if wanted:
        chosen = [each for each in versions if wanted in (each["guardrailId"], each["guardrailArn"])]
    else:
        chosen = [each for each in versions if each["version"] == "DRAFT"]
    found, following = page(asked, [_summary(each) for each in chosen], _FEW)
    return {"guardrails": found, **following}


@OPERATIONS("GetGuardrail")
def get_guardrail(asked: Asked) -> Payload:
    """Return a version of a guardrail, the draft unless one is named."""
    wanted = asked.text("guardrailIdentifier")
    version = asked.text("guardrailVersion") or "DRAFT"
    for each in _region(asked).guardrails:
        if wanted in (each["guardrailId"], each["guardrailArn"]) and each["version"] == version:
            return each
    message = (
        f"The guardrail identifier or version provided in the request does not exist: {wanted}:{version}"
    )
    raise RefusedError(404, "ResourceNotFoundException", message)


@OPERATIONS("ListInferenceProfiles")
def list_inference_profiles(asked: Asked) -> Payload:
    """Return AWS's own profiles (also if no type is named) or the account's."""
    if asked.text("typeEquals") == "APPLICATION":
        wanted = _region(asked).profiles
    else:
        wanted = [
            {**each, "inferenceProfileArn": each["inferenceProfileArn"].format(account=asked.account_id)}
            for each in asked.estate.system_profiles[asked.region]
        ]
    found, following = page(asked, wanted, _SOME)
    return {"inferenceProfileSummaries": found, **following}


@OPERATIONS("ListFoundationModels")
def list_foundation_models(asked: Asked) -> Payload:
    """Return the models that the Region offers."""
    _region(asked)
    tests = (
        ("byProvider", "providerName"),
        ("byOutputModality", "outputModalities"),
        ("byInferenceType", "inferenceTypesSupported"),
        ("byCustomizationType", "customizationsSupported"),
    )
    found = [
        model
        for model in asked.estate.models[asked.region]
        if all(asked.text(name) in ("", model[member], *model[member]) for name, member in tests)
    ]
    return {"modelSummaries": found}


def _region(asked: Asked) -> Region:
    return asked.account.regions[asked.region]


def _summary(guardrail: Payload) -> Payload:
    return {name: guardrail[member] for member, name in _SUMMARY.items() if member in guardrail}
