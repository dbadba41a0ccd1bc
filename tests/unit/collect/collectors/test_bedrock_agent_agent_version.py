from unit.collect.collectors.asking import Asking

KIND = "bedrock-agent.agent_version"


def test_versions_that_are_routed_to_are_read_once_and_drafts_are_not(asking: Asking) -> None:
    for reading in asking.everywhere(KIND):
        routed = {
            f"{alias['agentId']}:{route['agentVersion']}"
            for alias in asking.read("bedrock-agent.agent_alias", reading.scope).payloads.values()
            for route in alias["routingConfiguration"]
        }
        assert set(reading.payloads) == {each for each in routed if not each.endswith(":DRAFT")}
        assert len([each for each in reading.heard if each.operation == "GetAgentVersion"]) == len(
            reading.facts
        )


def test_an_old_version_may_lack_the_guardrail_that_the_draft_has(asking: Asking) -> None:
    assert {"guardrailConfiguration" in each for each in asking.payloads(KIND)} == {True, False}
    assert all(each["instruction"].startswith("sha256:") for each in asking.payloads(KIND))
