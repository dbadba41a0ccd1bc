"""Amazon Bedrock: models of an account's own, jobs, access to models, and what guards them."""

from collections.abc import Mapping, Sequence

from console.demo.department.offers import SOLD_BY_MARKETPLACE, offers_of
from console.demo.messages import Payload, RefusedError
from console.demo.models import operation_of
from console.demo.native import Asked, Operations, Paging, page
from console.demo.records import Lookup, Names, Records, cut

OPERATIONS = Operations("bedrock")
_FEW = Paging(most=2, asked="maxResults", token="nextToken")  # noqa: S106
_ONE = Paging(most=1, asked="maxResults", token="nextToken")  # noqa: S106
_LISTED: Sequence[tuple[str, str, str, Mapping[str, Names]]] = (
    ("ListAdvancedPromptOptimizationJobs", "jobSummaries", "advanced_prompt_optimization_job", {}),
    ("ListCustomModelDeployments", "modelDeploymentSummaries", "custom_model_deployment", {}),
    ("ListEvaluationJobs", "jobSummaries", "evaluation_job", {}),
    ("ListImportedModels", "modelSummaries", "imported_model", {}),
    ("ListMarketplaceModelEndpoints", "marketplaceModelEndpoints", "marketplace_model_endpoint", {}),
    ("ListModelCopyJobs", "modelCopyJobSummaries", "model_copy_job", {}),
    ("ListModelCustomizationJobs", "modelCustomizationJobSummaries", "model_customization_job", {}),
    ("ListModelImportJobs", "modelImportJobSummaries", "model_import_job", {}),
    ("ListModelInvocationJobs", "invocationJobSummaries", "model_invocation_job", {}),
    ("ListPromptRouters", "promptRouterSummaries", "prompt_router", {"type": "type"}),
    ("ListProvisionedModelThroughputs", "provisionedModelSummaries", "provisioned_model_throughput", {}),
)
_SHOWN: Sequence[tuple[str, str, str, Mapping[str, Names]]] = (
    (
        "GetAdvancedPromptOptimizationJob",
        "",
        "advanced_prompt_optimization_job",
        {"jobIdentifier": "jobArn"},
    ),
    ("GetAutomatedReasoningPolicy", "", "automated_reasoning_policy", {"policyArn": "policyArn"}),
    ("GetCustomModel", "", "custom_model", {"modelIdentifier": ("modelArn", "modelName")}),
    (
        "GetCustomModelDeployment",
        "",
        "custom_model_deployment",
        {"customModelDeploymentIdentifier": ("customModelDeploymentArn", "modelDeploymentName")},
    ),
    ("GetEvaluationJob", "", "evaluation_job", {"jobIdentifier": "jobArn"}),
    ("GetImportedModel", "", "imported_model", {"modelIdentifier": ("modelArn", "modelName")}),
    (
        "GetMarketplaceModelEndpoint",
        "marketplaceModelEndpoint",
        "marketplace_model_endpoint",
        {"endpointArn": "endpointArn"},
    ),
    ("GetModelCustomizationJob", "", "model_customization_job", {"jobIdentifier": ("jobArn", "jobName")}),
    ("GetModelInvocationJob", "", "model_invocation_job", {"jobIdentifier": ("jobArn", "jobName")}),
    ("GetModelImportJob", "", "model_import_job", {"jobIdentifier": ("jobArn", "jobName")}),
    (
        "GetProvisionedModelThroughput",
        "",
        "provisioned_model_throughput",
        {"provisionedModelId": ("provisionedModelArn", "provisionedModelName")},
    ),
    ("GetResourcePolicy", "", "resource_policy", {"resourceArn": "resourceArn"}),
    ("GetUseCaseForModelAccess", "", "use_case", {}),
    ("ListTagsForResource", "", "tag", {"resourceARN": "resourceARN"}),
)
_RECORDS = Records(OPERATIONS, _FEW)

for _name, _member, _held, _by in _LISTED:
    _RECORDS.listed(_name, Lookup(held=f"bedrock.{_held}", member=_member, by=_by))
for _name, _member, _held, _by in _SHOWN:
    _RECORDS.shown(_name, Lookup(held=f"bedrock.{_held}", member=_member, by=_by))
Records(OPERATIONS, _ONE).listed(
    "ListEnforcedGuardrailsConfiguration",
    Lookup(held="bedrock.enforced_guardrail", member="guardrailsConfig"),
)


@OPERATIONS("ListCustomModels")
def list_custom_models(asked: Asked) -> Payload:
    """Return the account's models, or those that others share with it, or both."""
    models = asked.held("bedrock.custom_model")
    if "isOwned" in asked.parameters:
        wanted = asked.parameters["isOwned"]
        models = [each for each in models if (each["ownerAccountId"] == asked.account_id) is wanted]
    return _summaries(asked, "modelSummaries", models)


@OPERATIONS("ListAutomatedReasoningPolicies")
def list_automated_reasoning_policies(asked: Asked) -> Payload:
    """Return the draft of every policy, or the numbered versions of the one that is named."""
    wanted = asked.text("policyArn")
    policies = asked.held("bedrock.automated_reasoning_policy")
    if wanted:
        chosen = [each for each in policies if each["policyArn"].startswith(f"{wanted}:")]
    else:
        chosen = [each for each in policies if each["version"] == "DRAFT"]
    return _summaries(asked, "automatedReasoningPolicySummaries", chosen)


@OPERATIONS("GetFoundationModelAvailability")
def get_foundation_model_availability(asked: Asked) -> Payload:
    """Return whether the account may call a model that the Region offers."""
    model = _offered(asked)
    agreed = {each["modelId"]: each for each in asked.held("bedrock.agreement")}
    needs_agreement = _maker(model) in SOLD_BY_MARKETPLACE
    standing = agreed.get(model, {"status": "NOT_AVAILABLE"}) if needs_agreement else {"status": "AVAILABLE"}
    agreement = standing["status"]
    return {
        "modelId": model,
        "agreementAvailability": {"status": agreement},
        "authorizationStatus": "AUTHORIZED",
        "entitlementAvailability": standing.get(
            "entitlement", "AVAILABLE" if agreement == "AVAILABLE" else "NOT_AVAILABLE"
        ),
        "regionAvailability": "AVAILABLE",
    }


@OPERATIONS("ListFoundationModelAgreementOffers")
def list_foundation_model_agreement_offers(asked: Asked) -> Payload:
    """Return the terms on which a model is offered; there are none for what no marketplace sells."""
    model = _offered(asked)
    if _maker(model) not in SOLD_BY_MARKETPLACE:
        raise RefusedError(404, "ResourceNotFoundException", f"There are no offers for {model}")
    return {"modelId": model, "offers": offers_of(model, private=asked.text("offerType") == "ALL")}


def _offered(asked: Asked) -> str:
    model = asked.text("modelId")
    if model not in {each["modelId"] for each in asked.estate.models[asked.region]}:
        raise RefusedError(404, "ResourceNotFoundException", f"There is no model {model} here")
    return model


def _maker(model: str) -> str:
    return model.partition(".")[0]


def _summaries(asked: Asked, member: str, records: Sequence[Payload]) -> Payload:
    shape = operation_of(asked.service, asked.operation).output_shape.members[member].member
    found, following = page(asked, [cut(shape, each) for each in records], _FEW)
    return {member: found, **following}
