from unit.collect.collectors.asking import Asking

KIND = "logs.delivery_source"


def test_only_what_bedrock_hands_out_is_kept(asking: Asking) -> None:
    assert {each["service"] for each in asking.payloads(KIND)} == {"bedrock", "bedrock-agentcore"}
