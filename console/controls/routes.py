"""Where a call goes that names a model: a profile's or a router's own address says nothing of it."""

from collections.abc import Iterator, Mapping, Sequence

from console.controls.answers import Answer, together
from console.controls.base import Question, Verdict
from console.controls.payload import arn_region, listed, said
from console.domain.evidence import Fact, Gap

PROFILE, ROUTER, MODEL = "bedrock.inference_profile", "bedrock.prompt_router", "bedrock.foundation_model"
_PROFILES = ("inference-profile", "application-inference-profile")
_ROUTERS = ("prompt-router", "default-prompt-router")
_STAYING = (
    "foundation-model",
    "custom-model",
    "custom-model-deployment",
    "imported-model",
    "provisioned-model",
    "endpoint",
)
"""Sorts of things that run in the Region of their ARN."""
_MEMBERS = frozenset(("foundationModel", "modelArn", "modelId", "embeddingModelArn"))
"""How agents, flows, prompts, knowledge bases and data sources name models, at whatever depth."""
_RESOURCE = 5


def models_named(payload: object) -> Iterator[str]:
    """Yield what a thing names as models, anywhere in it."""
    if isinstance(payload, Mapping):
        for name, value in payload.items():
            if name in _MEMBERS and isinstance(value, str) and value:
                yield value
            else:
                yield from models_named(value)
    elif isinstance(payload, list):
        for each in payload:
            yield from models_named(each)


def route(question: Question, name: str | None) -> Answer:
    """Answer whether what is named as a model runs in approved Regions only."""
    if name is None:
        return Answer(Verdict.UNKNOWN, "AWS did not say which model it is")
    if arn_region(name) is None:
        return _by_id(question, name)
    sort = name.split(":", _RESOURCE)[_RESOURCE].partition("/")[0].partition(":")[0]
    if sort in _PROFILES:
        return _through(name, question.at(PROFILE, question.scope, name), question)
    if sort in _ROUTERS:
        return _through(name, question.at(ROUTER, question.scope, name), question)
    if sort not in _STAYING:
        return Answer(Verdict.UNKNOWN, f"{name} is nothing that this build knows")
    return _staying(question, name, arn_region(name))


def _by_id(question: Question, name: str) -> Answer:
    """Answer for an id: of a model that the Region offers itself, or of a profile."""
    for fact in question.facts(PROFILE):
        if said(fact.payload, "inferenceProfileId") == name:
            return _through(name, fact, question)
    for fact in question.facts(MODEL):
        if said(fact.payload, "modelId") == name:
            answer = _staying(question, name, question.scope.region)
            return Answer(answer.verdict, answer.because, (fact,))
    return Answer(Verdict.UNKNOWN, f"{name} is no model or profile that was read here")


def _staying(question: Question, name: str, region: str | None) -> Answer:
    if region in question.policy.approved_regions:
        return Answer(Verdict.PASS, f"{name} runs in {region}")
    return Answer(Verdict.FAIL, f"{name} runs in {region or 'every Region (global)'}")


def _through(name: str, found: Fact | Gap | None, question: Question) -> Answer:
    """Answer for a profile or router by the models behind it."""
    if isinstance(found, Gap):
        return Answer(Verdict.UNKNOWN, f"{name} could not be read: {found.reason.value}", (found,))
    if found is None:
        return Answer(Verdict.UNKNOWN, f"{name} is not among what was read here")
    names = [said(each, "modelArn") for each in listed(found.payload, "models")]
    if found.kind == ROUTER:
        fallback = found.payload.get("fallbackModel")
        names.append(said(fallback, "modelArn") if isinstance(fallback, Mapping) else None)
        answer = together(
            (route(question, each) for each in names), f"{name} routes to approved Regions only"
        )
        return Answer(answer.verdict, answer.because, (found, *answer.evidence))
    return Answer(*_regions(question, name, names), (found,))


def _regions(question: Question, name: str, models: Sequence[str | None]) -> tuple[Verdict, str]:
    regions = [arn_region(each) for each in models]
    approved = question.policy.approved_regions
    outside = sorted({each or "every Region (global)" for each in regions if each not in (None, *approved)})
    if outside:
        return Verdict.FAIL, f"{name} routes to {', '.join(outside)}"
    if not regions or None in regions:
        return Verdict.UNKNOWN, f"AWS did not say of each model of {name} where it runs"
    return Verdict.PASS, f"{name} routes only to {', '.join(sorted(set(filter(None, regions))))}"
