"""OAuth clients that AgentCore keeps for agents: with whom they sign in, never the clients' secrets."""

from console.collect.agentcore import SERVICE
from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.domain.evidence import Payload


def fetch(agentcore: Client) -> Found:
    """Yield every provider of OAuth tokens."""
    listed = ask_all(agentcore, "list_oauth2_credential_providers", "credentialProviders")
    names = {provider["credentialProviderArn"]: provider["name"] for provider in listed}

    def one(arn: str) -> Payload:
        return ask(agentcore, "get_oauth2_credential_provider", name=names[arn])

    yield from each(names, one)


COLLECTOR = Collector(
    kind="bedrock-agentcore-control.oauth2_credential_provider",
    title="OAuth clients kept for agents",
    service=SERVICE,
    reach=Reach.REGION,
    actions=(
        "bedrock-agentcore:ListOauth2CredentialProviders",
        "bedrock-agentcore:GetOauth2CredentialProvider",
    ),
    key="credentialProviderArn",
    fetch=fetch,
    required=("credentialProviderArn", "name", "credentialProviderVendor", "oauth2ProviderConfigOutput"),
)
