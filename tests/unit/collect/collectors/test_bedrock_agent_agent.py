from unit.collect.collectors.asking import Asking

KIND = "bedrock-agent.agent"


def test_what_an_agent_is_told_is_kept_as_a_hash(asking: Asking) -> None:
    told = set()
    for agent in asking.payloads(KIND):
        (prompt,) = agent["promptOverrideConfiguration"]["promptConfigurations"]
        assert prompt["promptType"] == "ORCHESTRATION"
        told |= {agent["instruction"], prompt["basePromptTemplate"]}
    assert len(told) > 2
    assert all(each.startswith("sha256:") for each in told)


def test_its_role_key_and_guardrail_are_kept(asking: Asking) -> None:
    agents = asking.payloads(KIND)
    assert all(":role/" in agent["agentResourceRoleArn"] for agent in agents)
    assert {"customerEncryptionKeyArn" in agent for agent in agents} == {True, False}
    assert any("guardrailVersion" in agent.get("guardrailConfiguration", {}) for agent in agents)


def test_a_forgotten_trial_elsewhere_is_found(asking: Asking) -> None:
    assert "us-east-1" in {reading.scope.region for reading in asking.everywhere(KIND) if reading.facts}
