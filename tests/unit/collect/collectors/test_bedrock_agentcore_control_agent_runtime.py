from unit.collect.collectors.asking import Asking

KIND = "bedrock-agentcore-control.agent_runtime"


def test_what_may_be_secret_in_the_environment_is_not_kept(asking: Asking) -> None:
    for runtime in asking.payloads(KIND):
        assert runtime["environmentVariables"] == {"LOG_LEVEL": "withheld", "CASE_API_KEY": "withheld"}


def test_public_and_private_networks_are_told_apart(asking: Asking) -> None:
    modes = {runtime["networkConfiguration"]["networkMode"] for runtime in asking.payloads(KIND)}
    assert modes == {"PUBLIC", "VPC"}
