from typing import Any

from console.views.inventory_agents import AGENTS
from fakes import gap
from unit.views.listed import cells_of, facts, section_of, told_of

BASES, AGENT_SECTION = section_of(AGENTS, "bases"), section_of(AGENTS, "agents")
FLOWS, CORE = section_of(AGENTS, "flows"), section_of(AGENTS, "agentcore")
BASE_ARN = "arn:aws:bedrock:eu-west-2:111122223333:knowledge-base/B1"
POLICY = (
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}'
)


def base(**more: Any) -> tuple[str, str, dict[str, Any]]:
    storage = {"type": "S3_VECTORS", "s3VectorsConfiguration": {"indexArn": "arn:i"}, "odd": "x"}
    return (
        "bedrock-agent.knowledge_base",
        "B1",
        {"knowledgeBaseId": "B1", "knowledgeBaseArn": BASE_ARN, "storageConfiguration": storage, **more},
    )


def source(name: str, **more: Any) -> tuple[str, str, dict[str, Any]]:
    return ("bedrock-agent.data_source", f"B1/{name}", {"knowledgeBaseId": "B1", "name": name, **more})


def test_a_knowledge_base_says_where_it_keeps_and_what_it_reads() -> None:
    where = {"type": "S3", "s3Configuration": {"bucketArn": "arn:aws:s3:::b"}}
    known = facts(
        base(),
        source("guides", dataDeletionPolicy="RETAIN", dataSourceConfiguration=where),
        source("wiki", dataDeletionPolicy="LATER"),
        ("bedrock-agent.ingestion_job", "B1/guides", {"updatedAt": "2026-11-16"}),
        ("bedrock-agent.resource_policy", BASE_ARN, {"resourceArn": BASE_ARN, "policy": POLICY}),
    )
    found = cells_of(BASES, known)
    assert (found["store"], found["sources"]) == ("S3_VECTORS: arn:i", 2)
    said = told_of(BASES, known)
    guides, wiki = said["Data sources"].splitlines()
    assert guides == "guides: S3 arn:aws:s3:::b; keeps what was read when it is removed; last read 2026-11-16"
    assert "what its removal does is not said; last read not" not in wiki
    assert "sort not said" in wiki
    assert said["Who else may use it"].startswith("Allows everybody every action")


def test_a_store_that_is_not_named_is_its_sort_alone() -> None:
    only = {"type": "PINECONE", "pineconeConfiguration": {}}
    assert cells_of(BASES, facts(base(storageConfiguration=only)))["store"] == "PINECONE"
    assert cells_of(BASES, facts(base(storageConfiguration={})))["store"] is None


def test_sources_that_could_not_be_read_are_said() -> None:
    missing = [gap("bedrock-agent.data_source", sequence=5)]
    assert told_of(BASES, facts(base()), missing)["Data sources"] == "could not be read: denied"


def test_an_agent_says_its_versions_functions_and_knowledge_bases() -> None:
    agent = {"agentId": "A1", "guardrailConfiguration": {"guardrailIdentifier": "g1"}}
    known = facts(
        ("bedrock-agent.agent", "A1", agent),
        (
            "bedrock-agent.agent_alias",
            "A1/L",
            {"agentId": "A1", "agentAliasName": "live", "routingConfiguration": [{"agentVersion": "2"}]},
        ),
        ("bedrock-agent.agent_alias", "A1/M", {"agentId": "A1"}),
        (
            "bedrock-agent.action_group",
            "A1:2/G",
            {
                "agentId": "A1",
                "agentVersion": "2",
                "actionGroupState": "ENABLED",
                "actionGroupExecutor": {"lambda": "f"},
            },
        ),
        ("bedrock-agent.action_group", "A1:2/H", {"agentId": "A1", "agentVersion": "2"}),
        (
            "bedrock-agent.agent_knowledge_base",
            "A1:2/B1",
            {"agentId": "A1", "agentVersion": "2", "knowledgeBaseId": "B1"},
        ),
        base(name="tenders"),
    )
    found = cells_of(AGENT_SECTION, known)
    assert (found["guardrail"], found["aliases"], found["key"]) == (
        "g1, version not said",
        2,
        "a key of AWS's",
    )
    said = told_of(AGENT_SECTION, known)
    assert said["Aliases and the versions they lead to"].splitlines() == [
        "live: version 2, state not said",
        "A1/M: version nothing, state not said",
    ]
    assert said["What it may call"].splitlines() == [
        "version 2: A1:2/G, enabled: f",
        "version 2: A1:2/H, state not said: no function: the caller acts",
    ]
    assert said["Knowledge bases it looks into"] == "version 2: tenders (B1)"


def test_an_agent_without_a_guardrail_says_none() -> None:
    known = facts(("bedrock-agent.agent", "A1", {"agentId": "A1"}))
    assert cells_of(AGENT_SECTION, known)["guardrail"] == "none"


def test_a_flow_lists_its_steps_and_a_prompt_its_models() -> None:
    nodes = [{"name": "Start", "type": "Input"}, {}]
    known = facts(
        ("bedrock-agent.flow", "arn:f", {"id": "F1", "definition": {"nodes": nodes}}),
        (
            "bedrock-agent.flow_alias",
            "arn:f/a",
            {"flowId": "F1", "name": "live", "routingConfiguration": [{"flowVersion": "3"}]},
        ),
        ("bedrock-agent.prompt", "P:1", {"variants": [{"modelId": "arn:x/claude"}, {}]}),
    )
    assert cells_of(FLOWS, known)["steps"] == 2
    said = told_of(FLOWS, known)
    assert said["Steps"].splitlines() == ["Start: Input", "without a name: sort not said"]
    assert said["Aliases and the versions they lead to"] == "live: version 3"
    assert cells_of(FLOWS, known, place=1)["models"] == "claude"


def test_a_runtime_says_who_else_may_use_it() -> None:
    kind = "bedrock-agentcore-control"
    known = facts(
        (f"{kind}.agent_runtime", "arn:r", {"agentRuntimeArn": "arn:r"}),
        (f"{kind}.resource_policy", "arn:r", {"resourceArn": "arn:r", "policy": POLICY}),
        (f"{kind}.memory", "m", {"eventExpiryDuration": 30}),
    )
    assert told_of(CORE, known)["Who else may use it"].startswith("Allows everybody every action")
    assert cells_of(CORE, known, place=1)["network"] == "kept 30 days"
