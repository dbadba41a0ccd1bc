from unit.collect.collectors.asking import Asking

KIND = "bedrock-agent.flow_alias"


def test_an_alias_says_to_which_version_it_leads(asking: Asking) -> None:
    assert {
        route["flowVersion"] for alias in asking.payloads(KIND) for route in alias["routingConfiguration"]
    } == {"DRAFT", "1", "2"}
