"""What else an account has in Bedrock: much in the one that tries things out, a little in those that use models."""

from console.demo.department.bedrock import models_in_use, profiles_of
from console.demo.department.bedrock_jobs import bedrock_jobs, evaluations
from console.demo.department.catalogue import OF_AGENTS, model_arn
from console.demo.department.draw import Draw
from console.demo.department.guardrails import guardrails_of
from console.demo.department.model_access import agreements, bought, enforced, policies, reasoning, routers
from console.demo.department.own_models import own_models, shared_model
from console.demo.department.plan import LONDON, Failings, Member, Plan
from console.demo.department.site import Held, Place
from console.demo.messages import Payload

_PLENTY = 3
"""Of each thing, where models are tried out: enough to turn a page."""
_TAGGED = (
    ("bedrock.custom_model", "modelArn"),
    ("bedrock.imported_model", "modelArn"),
    ("bedrock.custom_model_deployment", "customModelDeploymentArn"),
    ("bedrock.provisioned_model_throughput", "provisionedModelArn"),
)


def workshop(plan: Plan) -> str:
    """Return the account in which models are tried out: one for development, or the last that can be read."""
    open_ = [each for each in plan.members if each.is_active and each.id != plan.without_reader]
    developing = [each for each in open_ if each.unit == "Workloads/Development"]
    return (developing or open_)[-1].id


def more_bedrock(draw: Draw, plan: Plan, member: Member, region: str, organisation_id: str) -> Held:
    """Return what a Region of an account has beside guardrails, profiles, logging and retention."""
    place = Place(draw, member, region)
    models = models_in_use(draw, member)
    is_workshop = member.id == workshop(plan)
    if is_workshop:
        models = models or ["anthropic.claude-haiku-4-5-20251001-v1:0"]
    count = _PLENTY if is_workshop else draw.below(2, "own models", member.id) if models else 0
    guardrails = guardrails_of(draw, member, region, Failings())
    held = {
        **own_models(place, count),
        **bedrock_jobs(place, models, _PLENTY if is_workshop else draw.below(3, "jobs", member.id)),
        **agreements(place, models, ["cohere.embed-english-v3"] if is_workshop else []),
        **(routers(place, count) if models else {}),
        **enforced(place, guardrails, 2 if is_workshop else draw.below(2, "enforces", member.id)),
        **bought(place, count if is_workshop else draw.below(6, "bought", member.id) == 0),
        **reasoning(place, count),
    }
    trained = held.get("bedrock.custom_model", [])
    if models and region == LONDON:
        used = [each["modelArn"] for each in (*trained, *held.get("bedrock.imported_model", []))]
        held["bedrock.evaluation_job"] += evaluations(place, [*used, model_arn(region, OF_AGENTS)])
    held |= policies(guardrails, trained, organisation_id, plan.management.id)
    if is_workshop and region == LONDON:
        held["bedrock.custom_model"] = [*trained, shared_model(place, plan.management.id)]
    held["bedrock.tag"] = _tags(place, held, guardrails)
    return {name: found for name, found in held.items() if found}


def _tags(place: Place, held: Held, guardrails: list[Payload]) -> list[Payload]:
    profiles = profiles_of(place.draw, place.member, place.region, Failings())
    arns = [each["guardrailArn"] for each in guardrails if each["version"] == "DRAFT"]
    arns += [each["inferenceProfileArn"] for each in profiles]
    arns += [
        each[member]
        for kind, member in _TAGGED
        for each in held.get(kind, ())
        if each.get("ownerAccountId", place.member.id) == place.member.id
    ]
    return [{"resourceARN": arn, "tags": _of(place, arn)} for arn in arns]


def _of(place: Place, arn: str) -> list[Payload]:
    """Return a thing's tags; one in four was forgotten."""
    if not place.below(4, "tagged", arn):
        return []
    owner = place.draw.one_of(("digital-services", "casework", "policy-lab"), "owner", place.member.id)
    return [
        {"key": "owner", "value": owner},
        {"key": "data-classification", "value": "OFFICIAL"},
    ]
