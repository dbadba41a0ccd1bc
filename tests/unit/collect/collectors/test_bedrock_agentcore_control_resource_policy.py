import json

from unit.collect.collectors.asking import Asking

KIND = "bedrock-agentcore-control.resource_policy"


def test_policies_of_runtimes_and_gateways_are_read_and_none_is_no_gap(asking: Asking) -> None:
    policies = {each["resourceArn"]: json.loads(each["policy"]) for each in asking.payloads(KIND)}
    assert {arn.split(":")[5].partition("/")[0] for arn in policies} == {"runtime", "gateway"}
    open_to_all = [p for p in policies.values() if p["Statement"][0]["Principal"]["AWS"] == "*"]
    assert open_to_all
    assert len(policies) < len(asking.payloads("bedrock-agentcore-control.agent_runtime_endpoint"))


def test_an_answer_without_a_policy_is_told_as_it_came(asking: Asking) -> None:
    before = asking.somewhere(KIND)
    asking.strike("missing_member", "GetResourcePolicy", before, member="policy")
    after = asking.read(KIND, before.scope)
    assert {key: {"resourceArn": key} for key in before.payloads} == after.payloads
