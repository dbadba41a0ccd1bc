"""Agents for Amazon Bedrock: agents, knowledge bases, flows and prompts."""

from collections.abc import Sequence

from console.demo.messages import Payload
from console.demo.models import operation_of
from console.demo.native import Asked, Operations, Paging, page
from console.demo.records import Lookup, Names, Records, cut

OPERATIONS = Operations("bedrock-agent")
_PAGING = Paging(most=2, asked="maxResults", token="nextToken")  # noqa: S106
_RECORDS = Records(OPERATIONS, _PAGING)
_OF_VERSION: dict[str, Names] = {"agentId": "agentId", "agentVersion": "agentVersion"}
_AGENT: dict[str, Names] = {"agentId": "agentId"}
_BASE: dict[str, Names] = {"knowledgeBaseId": "knowledgeBaseId"}
_FLOW: dict[str, Names] = {"flowIdentifier": ("id", "arn")}
_LISTED: Sequence[tuple[str, str, str, dict[str, Names]]] = (
    ("ListAgents", "agentSummaries", "agent", {}),
    ("ListAgentAliases", "agentAliasSummaries", "agent_alias", _AGENT),
    ("ListAgentActionGroups", "actionGroupSummaries", "action_group", _OF_VERSION),
    ("ListAgentCollaborators", "agentCollaboratorSummaries", "collaborator", _OF_VERSION),
    ("ListAgentKnowledgeBases", "agentKnowledgeBaseSummaries", "agent_knowledge_base", _OF_VERSION),
    ("ListKnowledgeBases", "knowledgeBaseSummaries", "knowledge_base", {}),
    ("ListDataSources", "dataSourceSummaries", "data_source", _BASE),
    ("ListFlows", "flowSummaries", "flow", {}),
    ("ListFlowAliases", "flowAliasSummaries", "flow_alias", {"flowIdentifier": "flowId"}),
)
_SHOWN: Sequence[tuple[str, str, str, dict[str, Names]]] = (
    ("GetAgent", "agent", "agent", _AGENT),
    ("GetAgentAlias", "agentAlias", "agent_alias", {**_AGENT, "agentAliasId": "agentAliasId"}),
    ("GetAgentVersion", "agentVersion", "agent_version", {**_AGENT, "agentVersion": "version"}),
    (
        "GetAgentActionGroup",
        "agentActionGroup",
        "action_group",
        {**_OF_VERSION, "actionGroupId": "actionGroupId"},
    ),
    ("GetKnowledgeBase", "knowledgeBase", "knowledge_base", _BASE),
    ("GetDataSource", "dataSource", "data_source", {**_BASE, "dataSourceId": "dataSourceId"}),
    ("GetFlow", "", "flow", _FLOW),
    ("GetFlowVersion", "", "flow_version", {**_FLOW, "flowVersion": "version"}),
    ("GetPrompt", "", "prompt", {"promptIdentifier": ("id", "arn"), "promptVersion": "version"}),
    ("GetResourcePolicy", "", "resource_policy", {"resourceArn": "resourceArn"}),
)

for _name, _member, _held, _by in _LISTED:
    _RECORDS.listed(_name, Lookup(held=f"bedrock-agent.{_held}", member=_member, by=_by))
for _name, _member, _held, _by in _SHOWN:
    _RECORDS.shown(_name, Lookup(held=f"bedrock-agent.{_held}", member=_member, by=_by))


@OPERATIONS("ListPrompts")
def list_prompts(asked: Asked) -> Payload:
    """Return the draft of every prompt, or every version of the one that is named."""
    wanted = asked.text("promptIdentifier")
    chosen = [
        each
        for each in asked.held("bedrock-agent.prompt")
        if (wanted in (each["id"], each["arn"]) if wanted else each["version"] == "DRAFT")
    ]
    return _summaries(asked, "promptSummaries", chosen)


@OPERATIONS("ListIngestionJobs")
def list_ingestion_jobs(asked: Asked) -> Payload:
    """Return a data source's jobs, in the order that is asked for."""
    of_source = [
        each
        for each in asked.held("bedrock-agent.ingestion_job")
        if all(each[name] == asked.text(name) for name in ("knowledgeBaseId", "dataSourceId"))
    ]
    order = asked.parameters.get("sortBy", {"attribute": "STARTED_AT", "order": "ASCENDING"})
    member = {"STARTED_AT": "startedAt", "STATUS": "status"}[order["attribute"]]
    of_source.sort(key=lambda each: str(each[member]), reverse=order["order"] == "DESCENDING")
    return _summaries(asked, "ingestionJobSummaries", of_source)


def _summaries(asked: Asked, member: str, records: Sequence[Payload]) -> Payload:
    shape = operation_of(asked.service, asked.operation).output_shape.members[member].member
    found, following = page(asked, [cut(shape, each) for each in records], _PAGING)
    return {member: found, **following}
