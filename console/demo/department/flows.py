"""Flows and prompts."""

from console.demo.department.catalogue import OF_AGENTS, model_arn
from console.demo.department.guardrails import first_guardrail
from console.demo.department.knowledge import bases_of
from console.demo.department.plan import LONDON
from console.demo.department.site import Held, Place
from console.demo.messages import Payload

_FLOWS = ("complaint-triage", "minutes-summary", "inspection-report")
_PROMPTS = ("plain-english", "letter-opening", "risk-summary")
_DRAFT = "DRAFT"
_FIRST = "1"
_VERSIONS = (_DRAFT, _FIRST, "2")
_LOOSE_END = {
    "message": "The node Tidy has an input that nothing leads to.",
    "severity": "Error",
    "type": "MissingNodeInput",
}


def flows_of(place: Place) -> Held:
    """Return the flows and prompts of a Region; they are in London."""
    if place.region != LONDON or not place.builds:
        return {}
    names = place.some(_FLOWS, "flows")
    prompts = place.some(_PROMPTS, "prompts")
    return {
        "bedrock-agent.flow": [_flow(place, name, _DRAFT) for name in names],
        "bedrock-agent.flow_version": [_flow(place, name, each) for name in names for each in _VERSIONS[1:]],
        "bedrock-agent.flow_alias": [alias for name in names for alias in _aliases(place, name)],
        "bedrock-agent.prompt": [_prompt(place, name, each) for name in prompts for each in _VERSIONS],
    }


def _flow(place: Place, name: str, version: str) -> Payload:
    id_ = place.agent_id("flow", name)
    flow: Payload = {
        "name": name,
        "description": f"Works through each {name.replace('-', ' ')}",
        "executionRoleArn": place.application_role,
        "id": id_,
        "arn": place.arn("bedrock", f"flow/{id_}"),
        "status": "Prepared",
        "version": version,
        "definition": {"nodes": _nodes(place, name, version), "connections": []},
        **place.made("flow", name),
    }
    if version == _DRAFT and place.chance(4, "unfinished", name):
        flow |= {"status": "Failed", "validations": [_LOOSE_END]}
    if place.is_busiest or not place.chance(5, "flow key", name):
        flow["customerEncryptionKeyArn"] = place.builders_key("agents")
    return flow


def _nodes(place: Place, name: str, version: str) -> list[Payload]:
    """Return nodes of several types; in a first version, and here and there still, one prompt has no guardrail."""
    guardrail = first_guardrail(place.draw, place.member)
    base = bases_of(place)[0]["knowledgeBaseId"]
    model = model_arn(place.region, OF_AGENTS)
    guarded = {"guardrailConfiguration": {"guardrailIdentifier": guardrail, "guardrailVersion": "1"}}
    forgotten = version == _FIRST or place.chance(4, "forgotten", name)
    asked = {"knowledgeBaseId": base, "modelId": model, **guarded}
    inline = {
        "templateType": "TEXT",
        "templateConfiguration": {"text": {"text": "Summarise {{document}} for a busy reader."}},
        "modelId": model,
        "inferenceConfiguration": {"text": {"temperature": 0.2, "maxTokens": 400}},
    }
    return [
        {"name": "Start", "type": "Input", "configuration": {"input": {}}},
        _node("Summarise", "Prompt", "prompt", {"sourceConfiguration": {"inline": inline}, **guarded}),
        _node(
            "Rephrase",
            "Prompt",
            "prompt",
            {"sourceConfiguration": {"inline": inline}, **({} if forgotten else guarded)},
        ),
        _node("Guidance", "KnowledgeBase", "knowledgeBase", asked),
        _node("Tidy", "InlineCode", "inlineCode", {"code": "result = text.strip()", "language": "Python_3"}),
        {"name": "End", "type": "Output", "configuration": {"output": {}}},
    ]


def _node(name: str, type_: str, member: str, configuration: Payload) -> Payload:
    return {"name": name, "type": type_, "configuration": {member: configuration}}


def _aliases(place: Place, name: str) -> list[Payload]:
    flow = place.agent_id("flow", name)
    live = _DRAFT if place.chance(4, "unpublished", name) else "2"
    found = [("TSTALIASID", "test", _DRAFT), (place.agent_id("alias", name, "live"), "live", live)]
    if place.is_busiest:
        found.append((place.agent_id("alias", name, "pilot"), "pilot", "1"))
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
    id_ = place.agent_id("prompt", name)
    suffix = "" if version == _DRAFT else f":{version}"
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
                "modelId": model_arn(place.region, OF_AGENTS),
                "inferenceConfiguration": {"text": {"temperature": 0.0, "maxTokens": 800}},
                "metadata": [{"key": "reviewed-by", "value": "the drafting team"}],
            }
        ],
        "id": id_,
        "arn": place.arn("bedrock", f"prompt/{id_}{suffix}"),
        "version": version,
        **place.made("prompt", name, version),
    }
    if place.is_busiest or not place.chance(5, "prompt key", name):
        prompt["customerEncryptionKeyArn"] = place.builders_key("agents")
    return prompt
