"""Flows and prompts."""

from console.demo.department.bedrock import first_guardrail
from console.demo.department.catalogue import model_arn
from console.demo.department.knowledge import bases_of
from console.demo.department.place import Held, Place
from console.demo.department.plan import LONDON
from console.demo.messages import Payload

_FLOWS = ("complaint-triage", "minutes-summary", "inspection-report")
_PROMPTS = ("plain-english", "letter-opening", "risk-summary")
_MODEL = "anthropic.claude-3-7-sonnet-20250219-v1:0"
_VERSIONS = ("DRAFT", "1", "2")


def flows_of(place: Place) -> Held:
    """Return the flows and prompts of a Region; they are in London."""
    if place.region != LONDON or not place.builds:
        return {}
    names = place.some(_FLOWS, "flows")
    prompts = place.some(_PROMPTS, "prompts")
    return {
        "bedrock-agent.flow": [_flow(place, name, "DRAFT") for name in names],
        "bedrock-agent.flow_version": [_flow(place, name, each) for name in names for each in _VERSIONS[1:]],
        "bedrock-agent.flow_alias": [alias for name in names for alias in _aliases(place, name)],
        "bedrock-agent.prompt": [_prompt(place, name, each) for name in prompts for each in _VERSIONS],
    }


def _flow(place: Place, name: str, version: str) -> Payload:
    id_ = place.id("flow", name)
    flow: Payload = {
        "name": name,
        "description": f"Works through each {name.replace('-', ' ')}",
        "executionRoleArn": place.role,
        "id": id_,
        "arn": place.arn("bedrock", f"flow/{id_}"),
        "status": "Prepared",
        "version": version,
        "definition": {"nodes": _nodes(place), "connections": []},
        **place.made("flow", name),
    }
    if place.is_busiest or place.chance(2, "flow key", name):
        flow["customerEncryptionKeyArn"] = place.key("agents")
    return flow


def _nodes(place: Place) -> list[Payload]:
    """Return nodes of several types, one prompt with a guardrail and one without."""
    guardrail = first_guardrail(place.draw, place.member)
    base = bases_of(place)[0]["knowledgeBaseId"]
    model = model_arn(place.region, _MODEL)
    guarded = {"guardrailConfiguration": {"guardrailIdentifier": guardrail, "guardrailVersion": "1"}}
    inline = {
        "templateType": "TEXT",
        "templateConfiguration": {"text": {"text": "Summarise {{document}} for a busy reader."}},
        "modelId": model,
        "inferenceConfiguration": {"text": {"temperature": 0.2, "maxTokens": 400}},
    }
    return [
        {"name": "Start", "type": "Input", "configuration": {"input": {}}},
        _node("Summarise", "Prompt", "prompt", {"sourceConfiguration": {"inline": inline}, **guarded}),
        _node("Rephrase", "Prompt", "prompt", {"sourceConfiguration": {"inline": inline}}),
        _node("Guidance", "KnowledgeBase", "knowledgeBase", {"knowledgeBaseId": base, "modelId": model}),
        _node("Tidy", "InlineCode", "inlineCode", {"code": "result = text.strip()", "language": "Python_3"}),
        {"name": "End", "type": "Output", "configuration": {"output": {}}},
    ]


def _node(name: str, type_: str, member: str, configuration: Payload) -> Payload:
    return {"name": name, "type": type_, "configuration": {member: configuration}}


def _aliases(place: Place, name: str) -> list[Payload]:
    flow = place.id("flow", name)
    found = [("TSTALIASID", "test", "DRAFT"), (place.id("alias", name, "live"), "live", "2")]
    if place.is_busiest:
        found.append((place.id("alias", name, "pilot"), "pilot", "1"))
    return [
        {
            "name": alias,
            "routingConfiguration": [{"flowVersion": version}],
            "flowId": flow,
            "id": id_,
            "arn": place.arn("bedrock", f"flow/{flow}/alias/{id_}"),
            **place.made("alias", name, alias),
        }
        for id_, alias, version in found
    ]


def _prompt(place: Place, name: str, version: str) -> Payload:
    id_ = place.id("prompt", name)
    suffix = "" if version == "DRAFT" else f":{version}"
    prompt: Payload = {
        "name": name,
        "defaultVariant": "only",
        "variants": [
            {
                "name": "only",
                "templateType": "TEXT",
                "templateConfiguration": {
                    "text": {"text": f"Write a {name} about {{{{subject}}}} (version {version})."}
                },
                "modelId": model_arn(place.region, _MODEL),
                "inferenceConfiguration": {"text": {"temperature": 0.0, "maxTokens": 800}},
                "metadata": [{"key": "reviewed-by", "value": "the drafting team"}],
            }
        ],
        "id": id_,
        "arn": place.arn("bedrock", f"prompt/{id_}{suffix}"),
        "version": version,
        **place.made("prompt", name, version),
    }
    if place.is_busiest or place.chance(2, "prompt key", name):
        prompt["customerEncryptionKeyArn"] = place.key("agents")
    return prompt
