import json

from unit.collect.collectors.asking import Asking

KIND = "bedrock-agent.resource_policy"


def test_a_knowledge_base_without_a_policy_is_no_gap(asking: Asking) -> None:
    policies = asking.payloads(KIND)
    assert 0 < len(policies) < len(asking.payloads("bedrock-agent.knowledge_base"))
    for policy in policies:
        (statement,) = json.loads(policy["policy"])["Statement"]
        assert statement["Resource"] == policy["resourceArn"]
