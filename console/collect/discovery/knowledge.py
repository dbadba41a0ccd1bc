"""Knowledge bases and single documents of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from console.collect.discovery.inquiry import Inquiry
from console.collect.discovery.objects import find_objects
from console.deletion.plan import ABSENT, NONE_ACTIVE, Check
from console.deletion.target import Target
from console.domain.scope import Scope

_READING = ("STARTING", "IN_PROGRESS", "STOPPING")
_DRAFT = "DRAFT"
_ONE_BY_ONE = ("S3", "CUSTOM")


def find_knowledge_base(inquiry: Inquiry, target: Target) -> None:
    """Plan the deletion of a knowledge base, its data sources, its vectors, and its hold on agents."""
    scope, base_id = Scope(target.account_id, target.region), target.name
    subject = f"knowledge base {base_id}"
    look = inquiry.looker.see(scope, "bedrock-agent:GetKnowledgeBase", knowledgeBaseId=base_id)
    found = inquiry.seen(look, subject)
    if found is None:
        return
    base = found["knowledgeBase"]
    arn, storage = base["knowledgeBaseArn"], base.get("storageConfiguration", {})
    before = _agents(inquiry, scope, base_id)
    index = storage.get("s3VectorsConfiguration", {}).get("indexArn", "")
    before += _sources(inquiry, scope, base_id, arn, vectors_go=bool(index), after=before)
    step = inquiry.sketch.step(
        scope,
        "bedrock-agent:DeleteKnowledgeBase",
        {"knowledgeBaseId": base_id},
        subject=arn,
        words=f"Delete the knowledge base {base['name']}",
        check=Check(
            operation="bedrock-agent:GetKnowledgeBase",
            parameters={"knowledgeBaseId": base_id},
            expects=ABSENT,
        ),
        state_sha256=look.sha256,
        after=before,
    )
    _vectors(inquiry, scope, arn, storage, index, [step])
    vector = base.get("knowledgeBaseConfiguration", {}).get("vectorKnowledgeBaseConfiguration", {})
    extra = vector.get("supplementalDataStorageConfiguration", {}).get("storageLocations", [])
    for each in extra:
        uri = each.get("s3Location", {}).get("uri", "")
        if uri:
            find_objects(inquiry, scope, uri, "images and parts of documents", after=[step], besides=[arn])
    inquiry.keeps_trail(arn)


def find_document(inquiry: Inquiry, target: Target) -> None:
    """Plan the deletion of one document: at its source first, for the next reading would bring it back."""
    scope, base_id = Scope(target.account_id, target.region), target.name
    source_id, document = target.detail["source"], target.detail["document"]
    subject = f"{document} in knowledge base {base_id}"
    named = {"knowledgeBaseId": base_id, "dataSourceId": source_id}
    found = inquiry.see(scope, subject, "bedrock-agent:GetDataSource", **named)
    if found is None:
        return
    kind = found["dataSource"]["dataSourceConfiguration"]["type"]
    if kind not in _ONE_BY_ONE:
        words = (
            f"Documents of a {kind} source are deleted where they come from, then the source is read again"
        )
        inquiry.sketch.block("synced", subject, words)
        return
    _under_way(inquiry, scope, base_id, source_id)
    is_s3 = kind == "S3"
    where = {"s3": {"uri": document}} if is_s3 else {"custom": {"id": document}}
    wanted = {**named, "documentIdentifiers": [{"dataSourceType": kind, **where}]}
    look = inquiry.looker.see(scope, "bedrock-agent:GetKnowledgeBaseDocuments", **wanted)
    details = (inquiry.seen(look, subject) or {}).get("documentDetails", [])
    before = find_objects(inquiry, scope, document, "the document at its source") if is_s3 else []
    if all(each["status"] == "NOT_FOUND" for each in details):
        return
    inquiry.sketch.step(
        scope,
        "bedrock-agent:DeleteKnowledgeBaseDocuments",
        wanted,
        subject=subject,
        words="Delete the document from the knowledge base",
        check=Check(
            operation="bedrock-agent:GetKnowledgeBaseDocuments", parameters=wanted, expects=NONE_ACTIVE
        ),
        state_sha256=look.sha256,
        after=before,
    )
    inquiry.keeps_trail(subject)


def _agents(inquiry: Inquiry, scope: Scope, base_id: str) -> list[str]:
    """Take the knowledge base from the drafts of agents; numbered versions only name it."""
    steps = []
    kept = "bedrock-agent.agent_knowledge_base"
    known = {
        (each.payload["agentId"], each.payload["agentVersion"])
        for each in inquiry.snapshot.facts(kept, scope)
    }
    agents = inquiry.all_of(scope, f"agents in {scope}", "bedrock-agent:ListAgents", "agentSummaries")
    for agent_id, version in sorted({*known, *((each["agentId"], _DRAFT) for each in agents)}):
        subject = f"agent {agent_id} version {version}"
        named = {"agentId": agent_id, "agentVersion": version}
        used = inquiry.all_of(
            scope, subject, "bedrock-agent:ListAgentKnowledgeBases", "agentKnowledgeBaseSummaries", **named
        )
        if base_id not in {each["knowledgeBaseId"] for each in used}:
            continue
        if version != _DRAFT:
            reason = "A numbered version of an agent cannot be changed"
            inquiry.sketch.stays(subject, f"The name of knowledge base {base_id}", reason, "with the version")
            continue
        whole = {**named, "knowledgeBaseId": base_id}
        look = inquiry.looker.see(scope, "bedrock-agent:GetAgentKnowledgeBase", **whole)
        inquiry.seen(look, subject)
        steps.append(
            inquiry.sketch.step(
                scope,
                "bedrock-agent:DisassociateAgentKnowledgeBase",
                whole,
                subject=subject,
                words=f"Take knowledge base {base_id} from agent {agent_id}",
                check=Check(
                    operation="bedrock-agent:GetAgentKnowledgeBase", parameters=whole, expects=ABSENT
                ),
                state_sha256=look.sha256,
                irreversible=False,
            )
        )
    return steps


def _sources(
    inquiry: Inquiry, scope: Scope, base_id: str, arn: str, *, vectors_go: bool, after: Sequence[str]
) -> list[str]:
    steps = []
    listed = inquiry.all_of(
        scope,
        f"data sources of {arn}",
        "bedrock-agent:ListDataSources",
        "dataSourceSummaries",
        knowledgeBaseId=base_id,
    )
    for each in listed:
        source_id = each["dataSourceId"]
        named = {"knowledgeBaseId": base_id, "dataSourceId": source_id}
        subject = f"data source {source_id} of knowledge base {base_id}"
        look = inquiry.looker.see(scope, "bedrock-agent:GetDataSource", **named)
        found = inquiry.seen(look, subject)
        if found is None:
            continue
        source = found["dataSource"]
        if source.get("dataDeletionPolicy") == "RETAIN" and not vectors_go:
            words = f"{source['name']} keeps its vectors when it is deleted (RETAIN); delete them in the store by hand"
            inquiry.sketch.block("retain", subject, words)
        _under_way(inquiry, scope, base_id, source_id)
        steps.append(
            inquiry.sketch.step(
                scope,
                "bedrock-agent:DeleteDataSource",
                named,
                subject=subject,
                words=f"Delete the data source {source['name']}",
                check=Check(operation="bedrock-agent:GetDataSource", parameters=named, expects=ABSENT),
                state_sha256=look.sha256,
                after=after,
            )
        )
        inquiry.sketch.stays(
            subject,
            f"The documents that it read, at their source: {_origin(source)}",
            "They are the department's own and no part of the knowledge base",
            "as their owner decides",
        )
    return steps


def _under_way(inquiry: Inquiry, scope: Scope, base_id: str, source_id: str) -> None:
    subject = f"data source {source_id} of knowledge base {base_id}"
    jobs = inquiry.all_of(
        scope,
        subject,
        "bedrock-agent:ListIngestionJobs",
        "ingestionJobSummaries",
        knowledgeBaseId=base_id,
        dataSourceId=source_id,
    )
    if any(each["status"] in _READING for each in jobs):
        inquiry.sketch.block("in-flight", subject, "Documents are being read just now")


def _vectors(
    inquiry: Inquiry,
    scope: Scope,
    arn: str,
    storage: Mapping[str, Any],
    index: str,
    after: Sequence[str],
) -> None:
    """Plan the end of the vectors: AWS leaves the store behind, whichever it is."""
    kind = storage.get("type", "")
    if not index:
        if kind:
            words = f"The vectors of {arn} stay in its store ({kind}) and are deleted there by hand"
            inquiry.sketch.block("vector-store", f"{kind} store of {arn}", words)
        return
    users = [
        fact.key
        for fact in inquiry.snapshot.facts("bedrock-agent.knowledge_base")
        if fact.payload.get("knowledgeBaseArn") != arn
        and fact.payload.get("storageConfiguration", {}).get("s3VectorsConfiguration", {}).get("indexArn")
        == index
    ]
    if users and inquiry.sketch.block("shared-data", index, f"The index is also used by {', '.join(users)}"):
        return
    look = inquiry.looker.see(scope, "s3vectors:GetIndex", indexArn=index)
    if inquiry.seen(look, index) is None:
        return
    inquiry.sketch.step(
        scope,
        "s3vectors:DeleteIndex",
        {"indexArn": index},
        subject=index,
        words="Delete the index with all vectors in it",
        check=Check(operation="s3vectors:GetIndex", parameters={"indexArn": index}, expects=ABSENT),
        state_sha256=look.sha256,
        after=after,
    )


def _origin(source: Any) -> str:  # noqa: ANN401 - AWS's answer
    configuration = source["dataSourceConfiguration"]
    bucket = configuration.get("s3Configuration", {}).get("bucketArn", "")
    return str(bucket or configuration["type"])
