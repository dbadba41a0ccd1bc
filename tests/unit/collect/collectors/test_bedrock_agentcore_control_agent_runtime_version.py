from unit.collect.collectors.asking import Asking

KIND = "bedrock-agentcore-control.agent_runtime_version"


def test_older_versions_that_answer_are_read_and_the_newest_is_not_again(asking: Asking) -> None:
    newest = {
        each["agentRuntimeVersion"] for each in asking.payloads("bedrock-agentcore-control.agent_runtime")
    }
    older = {each["agentRuntimeVersion"] for each in asking.payloads(KIND)}
    assert newest == {"3"}
    assert older == {"1", "2"}


def test_the_environment_is_not_kept_here_either(asking: Asking) -> None:
    assert {each["environmentVariables"]["CASE_API_KEY"] for each in asking.payloads(KIND)} == {"withheld"}
