from unit.collect.collectors.asking import Asking

KIND = "bedrock-agentcore-control.agent_runtime_endpoint"


def test_an_endpoint_says_which_version_answers(asking: Asking) -> None:
    assert {endpoint["liveVersion"] for endpoint in asking.payloads(KIND)} == {"1", "2", "3"}
