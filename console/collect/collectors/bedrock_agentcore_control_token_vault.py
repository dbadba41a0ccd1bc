"""The vault in which AgentCore keeps the tokens of agents, and its key."""

from console.collect.agentcore import SERVICE
from console.collect.base import Client, Collector, Found, Reach
from console.collect.each import ask_unless

_VAULT = "default"
"""An account has this one."""
_NONE = ("ResourceNotFoundException",)
"""How AWS says that identity was never used in the Region."""


def fetch(agentcore: Client) -> Found:
    """Yield the vault, where there is one."""
    vault = ask_unless(agentcore, "get_token_vault", _NONE, tokenVaultId=_VAULT)
    if vault is not None:
        yield vault


COLLECTOR = Collector(
    kind="bedrock-agentcore-control.token_vault",
    title="AgentCore token vaults",
    service=SERVICE,
    reach=Reach.REGION,
    actions=("bedrock-agentcore:GetTokenVault",),
    key="tokenVaultId",
    fetch=fetch,
    required=("tokenVaultId", "kmsConfiguration"),
)
