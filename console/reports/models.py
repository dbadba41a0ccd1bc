"""The models in use as a bill of materials (CycloneDX 1.6, machine-learning models), for those who collect such bills.

A model is in use where something in the evidence names it: a call in CloudTrail, an agent, an inference profile of the
department's, provisioned throughput, or a model that an account made itself. What is only on offer is not in use.
"""

import json
import re
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from console.domain.evidence import Fact, Snapshot
from console.reports.content import Content
from console.reports.redaction_rules import Profile
from console.views.text import inert

SPEC = "1.6"
_SPACE = uuid.UUID("2f6c1d7a-7c0b-5a53-9d1e-0d6f0a6f5d11")
_MODEL = "bedrock.foundation_model"
_NAMING: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("cloudtrail.bedrock_event", ("modelId",), "called"),
    ("bedrock-agent.agent", ("foundationModel",), "an agent answers with it"),
    ("bedrock-agent.agent_version", ("foundationModel",), "an agent's version answers with it"),
    ("bedrock-agent.knowledge_base", ("embeddingModelArn",), "a knowledge base embeds with it"),
    (
        "bedrock.inference_profile",
        ("modelArn",),
        "an inference profile of the department's sends calls to it",
    ),
    (
        "bedrock.provisioned_model_throughput",
        ("foundationModelArn", "modelArn"),
        "throughput is provisioned for it",
    ),
    ("bedrock.custom_model", ("modelArn", "baseModelArn"), "an account made it or made one from it"),
    ("bedrock.imported_model", ("modelArn",), "an account imported it"),
    ("bedrock.evaluation_job", ("modelIdentifier",), "it was evaluated"),
    ("bedrock.model_invocation_job", ("modelId",), "a batch job called it"),
)
"""Kinds of fact, the members that name a model wherever they stand, and what that says of it."""
_OWN_PROFILES = "APPLICATION"
_OFFERED = re.compile(r"(?:[a-z]{2,6}\.)?[a-z0-9]+\.[a-z0-9-]+(?:[.:-][a-z0-9]+)*")
"""How AWS calls a model that anybody may call."""
_OF_OUR_OWN = "a model of the department's own"


def bill_of_models(content: Content) -> bytes:
    """Return the bill; equal content gives equal bytes."""
    offers = _offers(content.snapshot)
    uses: dict[str, dict[str, set[str]]] = {}
    for named, how, fact in _uses(content.snapshot):
        is_hidden = (
            content.profile is Profile.PUBLIC and named not in offers and not _OFFERED.fullmatch(named)
        )
        model = _OF_OUR_OWN if is_hidden else named
        held = uses.setdefault(model, {})
        held.setdefault("use", set()).add(how)
        held.setdefault("account", set()).add(fact.scope.account_id)
        held.setdefault("region", set()).add(fact.scope.region)
        held.setdefault("observation", set()).add(str(fact.sequence))
    refresh = content.snapshot.refresh
    about = f"{refresh.organisation_id}/{refresh.id}/{content.as_of}/{content.profile.value}/{content.scope}"
    said = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPEC,
        "serialNumber": f"urn:uuid:{uuid.uuid5(_SPACE, about)}",
        "version": 1,
        "metadata": {
            "timestamp": content.as_of,
            "tools": {"components": [_tool(content.export.tool)]},
            "component": {
                "type": "application",
                "bom-ref": "use-of-amazon-bedrock",
                "name": "Use of Amazon Bedrock",
                "description": inert(content.export.organisation_name) or "The department gave no name.",
            },
        },
        "components": [_component(model, uses[model], offers.get(model)) for model in sorted(uses)],
        "dependencies": [
            {"ref": "use-of-amazon-bedrock", "dependsOn": [f"model:{inert(model)}" for model in sorted(uses)]}
        ],
    }
    return (json.dumps(said, indent=1, sort_keys=True, ensure_ascii=True) + "\n").encode("ascii")


def _tool(tool: str) -> dict[str, Any]:
    name, _, version = tool.rpartition(" ")
    return {"type": "application", "name": name or tool, **({"version": version} if name else {})}


def _component(model: str, use: dict[str, set[str]], offer: Fact | None) -> dict[str, Any]:
    payload = offer.payload if offer else {}
    provider = inert(payload.get("providerName", ""))
    properties = [
        {"name": f"bedrock-console:{name}", "value": inert(value)}
        for name in sorted(use)
        for value in sorted(use[name], key=_in_order)
    ]
    lifecycle = payload.get("modelLifecycle")
    if isinstance(lifecycle, dict) and lifecycle.get("status"):
        properties.append({"name": "bedrock-console:lifecycle", "value": inert(lifecycle["status"])})
    said: dict[str, Any] = {
        "type": "machine-learning-model",
        "bom-ref": f"model:{inert(model)}",
        "name": inert(payload.get("modelName") or model),
        "version": inert(model),
        "properties": properties,
        "modelCard": {"modelParameters": _parameters(payload)},
    }
    return said | ({"supplier": {"name": provider}} if provider else {})


def _parameters(payload: Any) -> dict[str, Any]:  # noqa: ANN401 - as AWS described it
    sides = {"inputs": payload.get("inputModalities"), "outputs": payload.get("outputModalities")}
    return {
        side: [{"format": inert(each).lower()} for each in given]
        for side, given in sides.items()
        if isinstance(given, list) and given
    }


def _offers(snapshot: Snapshot) -> dict[str, Fact]:
    """Return what AWS says of each model on offer; of several Regions the first."""
    found: dict[str, Fact] = {}
    for fact in snapshot.facts(_MODEL):
        found.setdefault(str(fact.payload.get("modelId", "")), fact)
    return found


def _uses(snapshot: Snapshot) -> Iterator[tuple[str, str, Fact]]:
    for kind, members, how in _NAMING:
        for fact in snapshot.facts(kind):
            if kind == "bedrock.inference_profile" and fact.payload.get("type") != _OWN_PROFILES:
                continue
            for named in _named(fact.payload, members):
                yield named.rpartition("/")[2] if named.startswith("arn:") else named, how, fact


def _named(value: object, members: Iterable[str]) -> Iterator[str]:
    """Yield the texts of some members, however deep they stand."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name in members and isinstance(each, str) and each:
                yield each
            else:
                yield from _named(each, members)
    elif isinstance(value, list):
        for each in value:
            yield from _named(each, members)


def _in_order(value: str) -> tuple[int, str]:
    return (int(value), "") if value.isdigit() else (0, value)
