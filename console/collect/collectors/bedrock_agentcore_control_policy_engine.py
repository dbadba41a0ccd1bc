"""AgentCore policy engines: what judges the calls of gateways."""

from console.collect.agentcore import POLICY_ENGINE, SERVICE
from console.collect.base import Client, Collector, Found, Reach, ask_all


def fetch(agentcore: Client) -> Found:
    """Yield every policy engine; AWS lists them whole."""
    yield from ask_all(agentcore, "list_policy_engines", "policyEngines")


COLLECTOR = Collector(
    kind=POLICY_ENGINE,
    title="AgentCore policy engines",
    service=SERVICE,
    reach=Reach.REGION,
    actions=("bedrock-agentcore:ListPolicyEngines",),
    key="policyEngineArn",
    fetch=fetch,
    required=("policyEngineArn", "policyEngineId", "status"),
)
