from console.collect.collectors.bedrock_agentcore_control_gateway_target import fetch
from unit.collect.answering import of_json
from unit.collect.collectors.asking import Asking
from unit.collect.collectors.prepared import Made
from unit.collect.test_sessions import CALLER

KIND = "bedrock-agentcore-control.gateway_target"


def test_what_tools_tell_a_model_is_kept_as_a_hash(asking: Asking) -> None:
    for target in asking.payloads(KIND):
        tool = target["targetConfiguration"]["mcp"]["lambda"]
        assert ":function:" in tool["lambdaArn"]
        assert tool["toolSchema"]["inlinePayload"].startswith("sha256:")


def test_links_for_signing_in_and_parameters_that_may_be_keys_are_not_kept(aws: Made) -> None:
    passthrough = {
        "endpoint": "https://tools.example",
        "protocolType": "CUSTOM",
        "staticQueryParameters": {"key": "v"},
    }
    target = {
        "gatewayArn": "arn:aws:bedrock-agentcore:eu-west-2:111122223333:gateway/g-1",
        "targetId": "T",
        "name": "t",
        "status": "READY",
        "createdAt": "2026-01-01T00:00:00Z",
        "updatedAt": "2026-01-01T00:00:00Z",
        "authorizationData": {"oauth2": {"authorizationUrl": "https://sign-in.example/?code=1"}},
        "targetConfiguration": {"http": {"passthrough": passthrough}},
        "credentialProviderConfigurations": [],
    }
    sessions, _ = aws(CALLER, of_json({"items": [target]}), of_json(target))
    known = {"bedrock-agentcore-control.gateway": [{"gatewayId": "g-1"}]}
    with sessions.acting_as(sessions.caller()):
        (found,) = fetch(sessions.client("bedrock-agentcore-control", "eu-west-2"), known)
    assert "authorizationData" not in found
    kept = found["targetConfiguration"]["http"]["passthrough"]
    assert kept == {**passthrough, "staticQueryParameters": {"key": "withheld"}}
