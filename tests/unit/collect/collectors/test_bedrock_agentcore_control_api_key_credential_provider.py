from unit.collect.collectors.asking import Asking

KIND = "bedrock-agentcore-control.api_key_credential_provider"


def test_the_secret_is_named_and_nothing_of_what_is_in_it(asking: Asking) -> None:
    for provider in asking.payloads(KIND):
        assert provider["apiKeySecretArn"]["secretArn"].startswith("arn:aws:secretsmanager:")
        assert set(provider) == {
            *("apiKeySecretArn", "apiKeySecretSource", "name", "credentialProviderArn"),
            *("createdTime", "lastUpdatedTime"),
        }
