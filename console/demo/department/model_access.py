"""Who may call which model on which terms: agreements, routers, enforced guardrails, policies, rules to reason by."""

import base64
import json

from console.demo.department.catalogue import model_arn
from console.demo.department.plan import LONDON
from console.demo.department.site import Held, Place
from console.demo.messages import Payload

_ROUTED = {
    "anthropic.claude:1": (
        "anthropic.claude-3-haiku-20240307-v1:0",
        "anthropic.claude-3-7-sonnet-20250219-v1:0",
    ),
    "amazon.nova:1": ("amazon.nova-micro-v1:0", "amazon.nova-pro-v1:0"),
    "meta.llama:1": ("meta.llama3-8b-instruct-v1:0", "meta.llama3-70b-instruct-v1:0"),
}
"""AWS's own routers, each between two models of a family."""
_RULES = ("grant-eligibility", "permit-fees")
_MARKET = ("huggingface-llm-falcon-7b", "huggingface-textembedding-bge-large", "huggingface-ner-uk")
_VERSIONS = 3
_LAPSED = "cohere.embed-multilingual-v3"
"""A model that some may call although their agreement failed."""
ACROSS = "eu.anthropic.claude-3-7-sonnet-20250219-v1:0"
"""A profile of AWS's that crosses Regions."""
_GONE = "9"
"""A version that no guardrail has any more."""
SUPPLIER = "555500001111"
"""An account of somebody else's."""


def agreements(place: Place, models: list[str], pending: list[str]) -> Held:
    """Return which models of other makers an account has agreed to, and what it said it needs them for."""
    theirs = {each: "AVAILABLE" for each in models if each.startswith("anthropic.")}
    theirs |= dict.fromkeys(pending, "PENDING")
    if not theirs:
        return {}
    form = {
        "companyName": "Department for Public Works",
        "intendedUsers": "caseworkers",
        "useCases": f"Letters of {place.member.id}; ask a.okafor@public-works.example",
    }
    found = [{"modelId": model, "status": status} for model, status in theirs.items()]
    if not place.below(6, "agreement"):
        found.append({"modelId": _LAPSED, "status": "ERROR", "entitlement": "AVAILABLE"})
    return {
        "bedrock.agreement": found,
        "bedrock.use_case": [{"formData": base64.b64encode(json.dumps(form).encode()).decode()}],
    }


def routers(place: Place, count: int) -> Held:
    """Return AWS's routers, which London does not have, and the account's own."""
    if place.region != LONDON:
        stem = f"arn:aws:bedrock:{place.region}:{place.member.id}:default-prompt-router"
        found = [
            _router(place, f"{stem}/{name}", "default", name.partition(":")[0], models)
            for name, models in _ROUTED.items()
        ]
    else:
        pairs = list(_ROUTED.values())[:count]
        names = ("careful-drafts", "quick-triage", "open-models")
        found = [
            _router(place, place.bedrock_arn("prompt-router", name), "custom", name, models)
            for name, models in zip(names, pairs, strict=False)
        ]
        found = [
            _across(place, each) if not place.below(3, "across", each["promptRouterName"]) else each
            for each in found
        ]
    return {"bedrock.prompt_router": found}


def _router(place: Place, arn: str, sort: str, name: str, models: tuple[str, ...]) -> Payload:
    arns = [{"modelArn": model_arn(place.region, each)} for each in models]
    return {
        "promptRouterName": name.replace(".", " "),
        "routingCriteria": {"responseQualityDifference": 5.0},
        "createdAt": place.day("router", name),
        "updatedAt": place.day("router", name),
        "promptRouterArn": arn,
        "models": arns,
        "fallbackModel": arns[-1],
        "status": "AVAILABLE",
        "type": sort,
    }


def _across(place: Place, router: Payload) -> Payload:
    """Return a router whose fallback has an address in London and runs all over Europe."""
    stem = f"arn:aws:bedrock:{place.region}:{place.member.id}:inference-profile"
    return {**router, "fallbackModel": {"modelArn": f"{stem}/{ACROSS}"}}


def enforced(place: Place, guardrails: list[Payload], count: int) -> Held:
    """Return which guardrails an account puts on its own calls; their policies let its people use them."""
    numbered = [each for each in guardrails if each["version"] == "1"][:count]
    found = [
        {
            "configId": place.id("enforced", each["guardrailId"]),
            "guardrailArn": each["guardrailArn"],
            "guardrailId": each["guardrailId"],
            "guardrailVersion": each["version"] if place.below(4, "gone", each["guardrailId"]) else _GONE,
            "inputTags": "HONOR" if place.below(3, "tags", each["guardrailId"]) == 0 else "IGNORE",
            "createdAt": place.day("enforced"),
            "createdBy": place.role("AWSReservedSSO_SecurityAudit"),
            "updatedAt": place.day("enforced"),
            "updatedBy": place.role("AWSReservedSSO_SecurityAudit"),
            "owner": "ACCOUNT",
            "modelEnforcement": {"includedModels": ["ALL"], "excludedModels": []},
        }
        for each in numbered
    ]
    return {"bedrock.enforced_guardrail": found}


def policies(guardrails: list[Payload], models: list[Payload], organisation_id: str, partner: str) -> Held:
    """Return policies on guardrails, for the whole organisation, and on trained models, for one other account each.

    The second model is shared with a supplier, who is not of the organisation.
    """
    ours = {"StringEquals": {"aws:PrincipalOrgID": organisation_id}}
    arns = list(dict.fromkeys(each["guardrailArn"] for each in guardrails))
    found = [_policy(arn, "*", ["bedrock:ApplyGuardrail", "bedrock:GetGuardrail"], ours) for arn in arns[:1]]
    found += [
        _policy(each["modelArn"], {"AWS": f"arn:aws:iam::{other}:root"}, ["bedrock:CreateModelCopyJob"], {})
        for each, other in zip(models, (partner, SUPPLIER), strict=False)
    ]
    return {"bedrock.resource_policy": found}


def _policy(arn: str, principal: object, actions: list[str], condition: Payload) -> Payload:
    statement: Payload = {"Effect": "Allow", "Principal": principal, "Action": actions, "Resource": arn}
    if condition:
        statement["Condition"] = condition
    document = {"Version": "2012-10-17", "Statement": [statement]}
    return {"resourceArn": arn, "resourcePolicy": json.dumps(document)}


def bought(place: Place, count: int) -> Held:
    """Return models of the marketplace that run on machines of an account."""
    if place.region != LONDON:
        return {}
    found = [
        _endpoint(place, name, is_private=index > 0 and bool(place.below(4, "private", name)))
        for index, name in enumerate(_MARKET[:count])
    ]
    return {"bedrock.marketplace_model_endpoint": found}


def _endpoint(place: Place, name: str, *, is_private: bool) -> Payload:
    hub = f"arn:aws:sagemaker:{place.region}:aws:hub-content/SageMakerPublicHub/Model/{name}/2.0.0"
    machines: Payload = {
        "initialInstanceCount": 1,
        "instanceType": "ml.g5.2xlarge",
        "executionRole": place.role(),
    }
    if place.below(3, "market key", name):
        machines["kmsEncryptionKey"] = place.key("models")
    if is_private:
        machines["vpc"] = place.network()
    return {
        "endpointArn": f"arn:aws:sagemaker:{place.region}:{place.member.id}:endpoint/{name}",
        "modelSourceIdentifier": hub,
        "status": "REGISTERED",
        "createdAt": place.day("market", name),
        "updatedAt": place.day("market", name),
        "endpointConfig": {"sageMaker": machines},
        "endpointStatus": "InService",
    }


def reasoning(place: Place, count: int) -> Held:
    """Return automated-reasoning policies: each draft, and the versions of the first."""
    if place.region != LONDON:
        return {}
    names = [*_RULES, "road-closures"][:count]
    found = [_rules(place, name, "DRAFT") for name in names]
    found += [_rules(place, name, str(each + 1)) for name in names[:1] for each in range(_VERSIONS)]
    return {"bedrock.automated_reasoning_policy": found}


def _rules(place: Place, name: str, version: str) -> Payload:
    arn = place.bedrock_arn("automated-reasoning-policy", name)
    return {
        "policyArn": arn if version == "DRAFT" else f"{arn}:{version}",
        "name": name,
        "version": version,
        "policyId": arn.rpartition("/")[2],
        "definitionHash": place.draw.hexadecimal(128, place.member.id, name, version),
        "createdAt": place.day("rules", name),
        "updatedAt": place.day("rules", name, version),
        **({"kmsKeyArn": place.key("models")} if place.below(4, "rules key", name) else {}),
    }
