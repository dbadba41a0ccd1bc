from unit.collect.collectors.asking import Asking

KIND = "bedrock-agentcore-control.policy_engine"


def test_gateways_name_engines_that_were_read(asking: Asking) -> None:
    engines = {engine["policyEngineArn"] for engine in asking.payloads(KIND)}
    for gateway in asking.payloads("bedrock-agentcore-control.gateway"):
        assert gateway["policyEngineConfiguration"]["arn"] in engines
