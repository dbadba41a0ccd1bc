"""Knowledge bases, agents and flows: what answers from documents, and what acts."""

from collections.abc import Iterator

from console.controls.payload import listed, part, said
from console.domain.evidence import Fact
from console.views.beside import Get, Seen
from console.views.inventory_agentcore import AGENTCORE
from console.views.policy_words import policy_in_words, policy_json
from console.views.sections import Detail, Heading, Inventory, Section, Source
from console.views.table import Cell, Kind
from console.views.text import inert

_BASE, _SOURCE, _JOB = (
    "bedrock-agent.knowledge_base",
    "bedrock-agent.data_source",
    "bedrock-agent.ingestion_job",
)
_POLICY = "bedrock-agent.resource_policy"
_AGENT, _ALIAS, _ACTIONS = "bedrock-agent.agent", "bedrock-agent.agent_alias", "bedrock-agent.action_group"
_USES = "bedrock-agent.agent_knowledge_base"
_FLOW, _FLOW_ALIAS = "bedrock-agent.flow", "bedrock-agent.flow_alias"
_AWS_KEY = "a key of AWS's"

_NAME = Heading("name", "Name")
_STATUS = Heading("status", "Status")
_ROLE = Heading("role", "Role", Kind.ARN)
_KEY = Heading("key", "Encrypted under", Kind.ARN)
_CHANGED = Heading("changed", "Changed", Kind.TIME)
_ARN = Heading("arn", "ARN", Kind.ARN, is_shown=False)


def _key_at(path: str) -> Get:
    return lambda seen: seen.get(path) or _AWS_KEY


def _store(seen: Seen) -> Cell:
    """Return the store's sort and, as far as it is said, which it is."""
    storage = part(seen.fact.payload, "storageConfiguration")
    sort = said(storage, "type")
    names = ("collectionArn", "indexArn", "resourceArn", "graphArn", "domainArn", "connectionString")
    for configuration in storage.values():
        for name in names:
            found = said(configuration, name) if isinstance(configuration, dict) else None
            if found:
                return inert(f"{sort}: {found}")
    return inert(sort) if sort else None


def _sources_of(seen: Seen) -> list[Fact]:
    return seen.others(_SOURCE, "knowledgeBaseId", seen.fact.key)


def _source_lines(seen: Seen) -> Iterator[str]:
    for fact in _sources_of(seen):
        where = part(fact.payload, "dataSourceConfiguration")
        bucket = said(part(where, "s3Configuration"), "bucketArn") or ""
        read = seen.other(_JOB, fact.key, "updatedAt", nothing="never read")
        deletion = {"DELETE": "deletes", "RETAIN": "keeps"}.get(
            said(fact.payload, "dataDeletionPolicy") or ""
        )
        ends = (
            f"{deletion} what was read when it is removed"
            if deletion
            else "what its removal does is not said"
        )
        name = said(fact.payload, "name") or fact.key
        yield inert(f"{name}: {said(where, 'type') or 'sort not said'} {bucket}; {ends}; last read {read}")
    why = seen.why_not(_SOURCE)
    if why:
        yield why


def _policy_lines(seen: Seen) -> Iterator[str]:
    arn = said(seen.fact.payload, "knowledgeBaseArn") or ""
    for fact in seen.others(_POLICY, "resourceArn", arn):
        yield from policy_in_words(fact.payload.get("policy"))
        yield policy_json(fact.payload.get("policy"))


def _agent(seen: Seen) -> object:
    return seen.fact.payload.get("agentId", "")


def _guardrail(seen: Seen) -> Cell:
    set_ = part(seen.fact.payload, "guardrailConfiguration")
    name = said(set_, "guardrailIdentifier")
    return inert(f"{name}, version {said(set_, 'guardrailVersion') or 'not said'}") if name else "none"


def _versions(fact: Fact) -> str:
    found = [
        inert(said(each, "agentVersion") or said(each, "flowVersion") or "not said")
        for each in listed(fact.payload, "routingConfiguration")
    ]
    return ", ".join(found) or "nothing"


def _alias_lines(seen: Seen) -> Iterator[str]:
    for fact in seen.others(_ALIAS, "agentId", _agent(seen)):
        name = said(fact.payload, "agentAliasName") or fact.key
        yield inert(
            f"{name}: version {_versions(fact)}, {said(fact.payload, 'agentAliasStatus') or 'state not said'}"
        )
    yield from filter(None, [seen.why_not(_ALIAS)])


def _action_lines(seen: Seen) -> Iterator[str]:
    for fact in seen.others(_ACTIONS, "agentId", _agent(seen)):
        runs = said(part(fact.payload, "actionGroupExecutor"), "lambda") or "no function: the caller acts"
        version = said(fact.payload, "agentVersion")
        name, state = (
            said(fact.payload, "actionGroupName") or fact.key,
            said(fact.payload, "actionGroupState"),
        )
        yield inert(f"version {version}: {name}, {(state or 'state not said').lower()}: {runs}")
    yield from filter(None, [seen.why_not(_ACTIONS)])


def _uses_lines(seen: Seen) -> Iterator[str]:
    for fact in seen.others(_USES, "agentId", _agent(seen)):
        base = said(fact.payload, "knowledgeBaseId") or ""
        name = seen.other(_BASE, base, "name", nothing="a knowledge base that was not found")
        yield inert(f"version {said(fact.payload, 'agentVersion')}: {name} ({base})")
    yield from filter(None, [seen.why_not(_USES)])


def _nodes(seen: Seen) -> Cell:
    return len(listed(part(seen.fact.payload, "definition"), "nodes"))


def _node_lines(seen: Seen) -> Iterator[str]:
    for node in listed(part(seen.fact.payload, "definition"), "nodes"):
        yield inert(f"{said(node, 'name') or 'without a name'}: {said(node, 'type') or 'sort not said'}")


def _flow_alias_lines(seen: Seen) -> Iterator[str]:
    for fact in seen.others(_FLOW_ALIAS, "flowId", seen.fact.payload.get("id", "")):
        yield inert(f"{said(fact.payload, 'name') or fact.key}: version {_versions(fact)}")
    yield from filter(None, [seen.why_not(_FLOW_ALIAS)])


def _models_of(seen: Seen) -> Cell:
    found = [said(each, "modelId") for each in listed(seen.fact.payload, "variants")]
    return ", ".join(inert(each.rpartition("/")[2]) for each in found if each) or None


def _text(words: str) -> Get:
    return lambda _seen: words


_BASES = Section(
    id="bases",
    title="Knowledge bases",
    about="A knowledge base answers from documents that were read into a store; its data sources say which documents.",
    headings=(
        _NAME,
        _STATUS,
        Heading("store", "Kept in", Kind.ARN),
        Heading("sources", "Data sources", Kind.NUMBER),
        _ROLE,
        _CHANGED,
        _ARN,
    ),
    sources=(
        Source(
            _BASE,
            (
                "name",
                "status",
                _store,
                lambda seen: seen.count(_SOURCE, "knowledgeBaseId", seen.fact.key),
                "roleArn",
                "updatedAt",
                "knowledgeBaseArn",
            ),
        ),
    ),
    beside=(_SOURCE, _JOB, _POLICY),
    details=(Detail("Data sources", _source_lines), Detail("Who else may use it", _policy_lines)),
    stretch="store",
)
_AGENTS = Section(
    id="agents",
    title="Agents",
    about="An agent plans and acts for a person: it calls functions and looks into knowledge bases. Drafts are shown.",
    headings=(
        _NAME,
        _STATUS,
        Heading("model", "Model", Kind.ARN),
        Heading("guardrail", "Guardrail"),
        _KEY,
        _ROLE,
        Heading("aliases", "Aliases", Kind.NUMBER),
        _CHANGED,
        _ARN,
    ),
    sources=(
        Source(
            _AGENT,
            (
                "agentName",
                "agentStatus",
                "foundationModel",
                _guardrail,
                _key_at("customerEncryptionKeyArn"),
                "agentResourceRoleArn",
                lambda seen: seen.count(_ALIAS, "agentId", _agent(seen)),
                "updatedAt",
                "agentArn",
            ),
        ),
    ),
    beside=(_ALIAS, _ACTIONS, _USES, _BASE),
    details=(
        Detail("Aliases and the versions they lead to", _alias_lines),
        Detail("What it may call", _action_lines),
        Detail("Knowledge bases it looks into", _uses_lines),
    ),
    stretch="model",
)
_FLOWS = Section(
    id="flows",
    title="Flows and prompts",
    about="A flow joins prompts, models and functions; a kept prompt is words for a model. No prompt is stored here.",
    headings=(
        _NAME,
        Heading("sort", "What it is"),
        Heading("version", "Version"),
        _STATUS,
        Heading("steps", "Steps", Kind.NUMBER),
        Heading("models", "Models"),
        _KEY,
        _CHANGED,
        _ARN,
    ),
    sources=(
        Source(
            _FLOW,
            (
                "name",
                _text("flow"),
                "version",
                "status",
                _nodes,
                _text("in its steps"),
                _key_at("customerEncryptionKeyArn"),
                "updatedAt",
                "arn",
            ),
        ),
        Source(
            "bedrock-agent.prompt",
            (
                "name",
                _text("prompt"),
                "version",
                lambda _seen: None,
                lambda _seen: None,
                _models_of,
                _key_at("customerEncryptionKeyArn"),
                "updatedAt",
                "arn",
            ),
        ),
    ),
    beside=(_FLOW_ALIAS,),
    details=(
        Detail("Steps", _node_lines),
        Detail("Aliases and the versions they lead to", _flow_alias_lines),
    ),
    stretch="name",
)
AGENTS = Inventory("agents", "Knowledge bases and agents", (_BASES, _AGENTS, _FLOWS, AGENTCORE))
