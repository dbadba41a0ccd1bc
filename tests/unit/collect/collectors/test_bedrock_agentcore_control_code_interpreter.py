from unit.collect.collectors.asking import Asking

KIND = "bedrock-agentcore-control.code_interpreter"


def test_what_an_interpreter_can_reach_is_known(asking: Asking) -> None:
    modes = {each["networkConfiguration"]["networkMode"] for each in asking.payloads(KIND)}
    assert {"PUBLIC", "SANDBOX"} <= modes <= {"PUBLIC", "SANDBOX", "VPC"}
