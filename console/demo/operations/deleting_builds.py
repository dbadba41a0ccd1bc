"""Agents for Amazon Bedrock: what deletes agents, flows and prompts, in the order that AWS wants."""

from collections.abc import Mapping

from console.demo.changing import let_go, refuse_if, take
from console.demo.messages import Payload
from console.demo.models import operation_of
from console.demo.native import Asked, Operations, Paging, page
from console.demo.records import Lookup, Records, cut

OPERATIONS = Operations("bedrock-agent")
_PAGING = Paging(most=2, asked="maxResults", token="nextToken")  # noqa: S106
_AGENT, _AGENT_ALIAS, _AGENT_VERSION = (
    f"bedrock-agent.{each}" for each in ("agent", "agent_alias", "agent_version")
)
_FLOW, _FLOW_ALIAS, _FLOW_VERSION = (
    f"bedrock-agent.{each}" for each in ("flow", "flow_alias", "flow_version")
)
_PROMPT = "bedrock-agent.prompt"
_RECORDS = Records(OPERATIONS, _PAGING)

_RECORDS.shown(
    "GetFlowAlias",
    Lookup(held=_FLOW_ALIAS, by={"flowIdentifier": "flowId", "aliasIdentifier": ("id", "arn")}),
)
_RECORDS.listed(
    "ListFlowVersions",
    Lookup(held=_FLOW_VERSION, member="flowVersionSummaries", by={"flowIdentifier": ("id", "arn")}),
)


@OPERATIONS("ListAgentVersions")
def list_agent_versions(asked: Asked) -> Payload:
    """Return the draft of an agent, and a page of its versions."""
    agent = asked.text("agentId")
    shape = operation_of(asked.service, asked.operation).output_shape.members["agentVersionSummaries"].member
    drafts = [{**each, "agentVersion": "DRAFT"} for each in asked.held(_AGENT) if each["agentId"] == agent]
    numbered = [
        {**each, "agentVersion": each["version"]}
        for each in asked.held(_AGENT_VERSION)
        if each["agentId"] == agent
    ]
    found, following = page(asked, [cut(shape, each) for each in (*drafts, *numbered)], _PAGING)
    return {"agentVersionSummaries": found, **following}


@OPERATIONS("DeleteAgentAlias")
def delete_agent_alias(asked: Asked) -> Payload:
    """Begin to delete an alias."""
    named = {name: asked.text(name) for name in ("agentId", "agentAliasId")}
    let_go(asked, _AGENT_ALIAS, lambda each: _is(each, named), f"alias {named['agentAliasId']}")
    return {**named, "agentAliasStatus": "DELETING"}


@OPERATIONS("DeleteAgentVersion")
def delete_agent_version(asked: Asked) -> Payload:
    """Delete a version that no alias leads to."""
    agent, version = asked.text("agentId"), asked.text("agentVersion")
    refuse_if(
        [each for each in asked.held(_AGENT_ALIAS) if each["agentId"] == agent],
        lambda each: version in [one.get("agentVersion") for one in each.get("routingConfiguration", [])],
        "The version is used by an alias.",
    )
    named = {"agentId": agent, "version": version}
    take(asked, _AGENT_VERSION, lambda each: _is(each, named), f"version {version}")
    return {"agentId": agent, "agentVersion": version, "agentStatus": "DELETING"}


@OPERATIONS("DeleteAgent")
def delete_agent(asked: Asked) -> Payload:
    """Begin to delete an agent that no alias but AWS's own leads to."""
    agent = asked.text("agentId")
    refuse_if(
        asked.held(_AGENT_ALIAS),
        lambda each: each["agentId"] == agent and each["agentAliasId"] != "TSTALIASID",
        "The agent is used by an alias.",
    )
    let_go(asked, _AGENT, lambda each: bool(each["agentId"] == agent), f"agent {agent}")
    return {"agentId": agent, "agentStatus": "DELETING"}


@OPERATIONS("DeleteFlowAlias")
def delete_flow_alias(asked: Asked) -> Payload:
    """Delete an alias of a flow."""
    flow, alias = _flow(asked), asked.text("aliasIdentifier")
    take(asked, _FLOW_ALIAS, lambda each: _is(each, {"flowId": flow, "id": alias}), f"alias {alias}")
    return {"flowId": flow, "id": alias}


@OPERATIONS("DeleteFlowVersion")
def delete_flow_version(asked: Asked) -> Payload:
    """Delete a version that no alias leads to."""
    flow, version = _flow(asked), asked.text("flowVersion")
    refuse_if(
        [each for each in asked.held(_FLOW_ALIAS) if each["flowId"] == flow],
        lambda each: version in [one["flowVersion"] for one in each["routingConfiguration"]],
        "The version is used by an alias.",
    )
    take(asked, _FLOW_VERSION, lambda each: _is(each, {"id": flow, "version": version}), f"version {version}")
    return {"id": flow, "version": version}


@OPERATIONS("DeleteFlow")
def delete_flow(asked: Asked) -> Payload:
    """Delete a flow that no alias but AWS's own leads to."""
    flow = _flow(asked)
    refuse_if(
        asked.held(_FLOW_ALIAS),
        lambda each: each["flowId"] == flow and each["id"] != "TSTALIASID",
        "The flow is used by an alias.",
    )
    take(asked, _FLOW, lambda each: bool(each["id"] == flow), f"flow {flow}")
    return {"id": flow}


@OPERATIONS("DeletePrompt")
def delete_prompt(asked: Asked) -> Payload:
    """Delete one version of a prompt, or all of it."""
    prompt = asked.text("promptIdentifier").rpartition("/")[2]
    named = {"id": prompt}
    version = {"version": asked.text("promptVersion")} if "promptVersion" in asked.parameters else {}
    take(asked, _PROMPT, lambda each: _is(each, {**named, **version}), f"prompt {prompt}")
    return {**named, **version}


def _flow(asked: Asked) -> str:
    return asked.text("flowIdentifier").rpartition("/")[2]


def _is(each: Payload, named: Mapping[str, str]) -> bool:
    return all(each[name] == value for name, value in named.items())
