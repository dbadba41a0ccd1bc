"""Agents for Amazon Bedrock: documents of knowledge bases, and what deletes them with their bases."""

from functools import partial

from console.demo.changing import let_go, refuse_if, take
from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging
from console.demo.records import Lookup, Records

OPERATIONS = Operations("bedrock-agent")
_OF_AGENT = "bedrock-agent.agent_knowledge_base"
_DOCUMENTS = "bedrock-agent.document"

Records(OPERATIONS, Paging(most=2, asked="maxResults", token="nextToken")).shown(  # noqa: S106
    "GetAgentKnowledgeBase",
    Lookup(
        held=_OF_AGENT,
        member="agentKnowledgeBase",
        by={"agentId": "agentId", "agentVersion": "agentVersion", "knowledgeBaseId": "knowledgeBaseId"},
    ),
)


@OPERATIONS("DisassociateAgentKnowledgeBase")
def disassociate_agent_knowledge_base(asked: Asked) -> Payload:
    """Take a knowledge base from an agent's draft."""
    if asked.text("agentVersion") != "DRAFT":
        raise RefusedError(400, "ValidationException", "Only the DRAFT version can be changed")
    named = ("agentId", "agentVersion", "knowledgeBaseId")
    take(
        asked,
        _OF_AGENT,
        lambda each: all(each[name] == asked.text(name) for name in named),
        "association",
    )
    return {}


@OPERATIONS("DeleteDataSource")
def delete_data_source(asked: Asked) -> Payload:
    """Begin to delete a data source."""
    named = {name: asked.text(name) for name in ("knowledgeBaseId", "dataSourceId")}
    let_go(
        asked,
        "bedrock-agent.data_source",
        lambda each: all(each[name] == value for name, value in named.items()),
        f"data source {named['dataSourceId']}",
    )
    return {**named, "status": "DELETING"}


@OPERATIONS("DeleteKnowledgeBase")
def delete_knowledge_base(asked: Asked) -> Payload:
    """Begin to delete a knowledge base that no agent's draft uses; its vector store stays."""
    wanted = asked.text("knowledgeBaseId")
    refuse_if(
        asked.held(_OF_AGENT),
        lambda each: each["knowledgeBaseId"] == wanted and each["agentVersion"] == "DRAFT",
        "The knowledge base is associated with an agent.",
    )
    let_go(
        asked,
        "bedrock-agent.knowledge_base",
        lambda each: each["knowledgeBaseId"] == wanted,
        f"knowledge base {wanted}",
    )
    return {"knowledgeBaseId": wanted, "status": "DELETING"}


@OPERATIONS("GetKnowledgeBaseDocuments")
def get_knowledge_base_documents(asked: Asked) -> Payload:
    """Return how each document that is named stands."""
    return {"documentDetails": [_detail(asked, each) for each in asked.parameters["documentIdentifiers"]]}


@OPERATIONS("DeleteKnowledgeBaseDocuments")
def delete_knowledge_base_documents(asked: Asked) -> Payload:
    """Begin to delete documents."""
    wanted = asked.parameters["documentIdentifiers"]
    details = [_detail(asked, each) for each in wanted]
    for identifier, detail in zip(wanted, details, strict=True):
        if detail["status"] != "NOT_FOUND":
            let_go(asked, _DOCUMENTS, partial(_is, asked, identifier), "document")
            detail["status"] = "DELETING"
    return {"documentDetails": details}


def _detail(asked: Asked, identifier: Payload) -> Payload:
    named = {name: asked.text(name) for name in ("knowledgeBaseId", "dataSourceId")}
    found = [each for each in asked.held(_DOCUMENTS) if _is(asked, identifier, each)]
    status = found[0]["status"] if found else "NOT_FOUND"
    return {**named, "status": status, "identifier": identifier}


def _is(asked: Asked, identifier: Payload, each: Payload) -> bool:
    named = all(each[name] == asked.text(name) for name in ("knowledgeBaseId", "dataSourceId"))
    return named and each["identifier"] == identifier
