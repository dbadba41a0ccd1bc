from unit.collect.collectors.asking import Asking

KIND = "bedrock-agent.collaborator"


def test_who_hands_over_to_whom_is_known_but_not_what_they_are_told(asking: Asking) -> None:
    collaborators = asking.payloads(KIND)
    assert all(":agent-alias/" in each["agentDescriptor"]["aliasArn"] for each in collaborators)
    assert {each["relayConversationHistory"] for each in collaborators} == {"TO_COLLABORATOR", "DISABLED"}
    assert all(each["collaborationInstruction"].startswith("sha256:") for each in collaborators)


def test_an_agent_that_works_alone_is_not_asked_about(asking: Asking) -> None:
    agents = asking.payloads("bedrock-agent.agent")
    versions = asking.payloads("bedrock-agent.agent_version")
    together = [each for each in [*agents, *versions] if each["agentCollaboration"] != "DISABLED"]
    heard = [each for reading in asking.everywhere(KIND) for each in reading.heard if not each.continued]
    assert len(heard) == len(together) < len(agents)
