from unit.collect.collectors.asking import Asking

KIND = "bedrock-agentcore-control.gateway"


def test_gateways_that_let_anybody_in_are_seen(asking: Asking) -> None:
    gateways = asking.payloads(KIND)
    assert {gateway["authorizerType"] for gateway in gateways} == {"NONE", "AWS_IAM", "CUSTOM_JWT"}
    assert {gateway["policyEngineConfiguration"]["mode"] for gateway in gateways} == {"ENFORCE", "LOG_ONLY"}
    assert all(
        gateway["protocolConfiguration"]["mcp"]["instructions"].startswith("sha256:") for gateway in gateways
    )
