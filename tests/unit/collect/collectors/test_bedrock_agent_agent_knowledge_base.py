from unit.collect.collectors.asking import Asking

KIND = "bedrock-agent.agent_knowledge_base"


def test_a_fact_says_of_which_version_it_tells(asking: Asking) -> None:
    for key, base in asking.somewhere(KIND).payloads.items():
        assert key == f"{base['agentId']}:{base['agentVersion']}/{base['knowledgeBaseId']}"
        assert base["description"].startswith("sha256:")


def test_the_knowledge_bases_are_those_of_the_region(asking: Asking) -> None:
    named = {each["knowledgeBaseId"] for each in asking.payloads(KIND)}
    assert named <= {each["knowledgeBaseId"] for each in asking.payloads("bedrock-agent.knowledge_base")}
