from unit.collect.collectors.asking import Asking

KIND = "bedrock-agentcore-control.oauth2_credential_provider"


def test_with_whom_agents_sign_in_is_known(asking: Asking) -> None:
    providers = asking.payloads(KIND)
    assert {"MicrosoftOauth2", "CustomOauth2"} <= {each["credentialProviderVendor"] for each in providers}
    assert all(
        each["clientSecretArn"]["secretArn"].startswith("arn:aws:secretsmanager:") for each in providers
    )
