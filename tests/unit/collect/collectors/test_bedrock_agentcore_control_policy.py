from unit.collect.collectors.asking import Asking

KIND = "bedrock-agentcore-control.policy"


def test_a_policy_keeps_its_statement_for_that_is_what_decides(asking: Asking) -> None:
    policies = asking.payloads(KIND)
    assert all(each["definition"]["cedar"]["statement"].startswith("permit(") for each in policies)
    assert {each["enforcementMode"] for each in policies} == {"ACTIVE", "LOG_ONLY"}
