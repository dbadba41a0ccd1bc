"""Policies of AgentCore policy engines, with their statements."""

from console.collect.agentcore import POLICY_ENGINE, SERVICE
from console.collect.base import Client, Collector, Found, Known, Reach, ask_all
from console.collect.each import each_of


def fetch(agentcore: Client, known: Known) -> Found:
    """Yield every policy of every engine; AWS lists them whole."""

    def of(engine: str) -> Found:
        yield from ask_all(agentcore, "list_policies", "policies", policyEngineId=engine)

    yield from each_of((engine["policyEngineId"] for engine in known[POLICY_ENGINE]), of)


COLLECTOR = Collector(
    kind="bedrock-agentcore-control.policy",
    title="AgentCore policies",
    service=SERVICE,
    reach=Reach.REGION,
    actions=("bedrock-agentcore:ListPolicies",),
    key="policyArn",
    fetch=fetch,
    required=("policyArn", "policyEngineId", "definition", "status"),
    needs=(POLICY_ENGINE,),
)
