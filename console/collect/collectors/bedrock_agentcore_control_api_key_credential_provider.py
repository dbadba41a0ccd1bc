"""API keys that AgentCore keeps for agents: that they are there and in which secret, never the keys."""

from console.collect.agentcore import SERVICE
from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.domain.evidence import Payload


def fetch(agentcore: Client) -> Found:
    """Yield every provider of an API key."""
    listed = ask_all(agentcore, "list_api_key_credential_providers", "credentialProviders")
    names = {provider["credentialProviderArn"]: provider["name"] for provider in listed}

    def one(arn: str) -> Payload:
        return ask(agentcore, "get_api_key_credential_provider", name=names[arn])

    yield from each(names, one)


COLLECTOR = Collector(
    kind="bedrock-agentcore-control.api_key_credential_provider",
    title="API keys kept for agents",
    service=SERVICE,
    reach=Reach.REGION,
    actions=(
        "bedrock-agentcore:ListApiKeyCredentialProviders",
        "bedrock-agentcore:GetApiKeyCredentialProvider",
    ),
    key="credentialProviderArn",
    fetch=fetch,
    required=("credentialProviderArn", "name", "apiKeySecretArn"),
)
