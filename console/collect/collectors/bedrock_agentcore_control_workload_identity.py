"""AgentCore workload identities: as whom agents act towards others, and where people are sent back to."""

from console.collect.agentcore import SERVICE
from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.domain.evidence import Payload


def fetch(agentcore: Client) -> Found:
    """Yield every workload identity."""
    listed = ask_all(agentcore, "list_workload_identities", "workloadIdentities")
    names = {identity["workloadIdentityArn"]: identity["name"] for identity in listed}

    def one(arn: str) -> Payload:
        return ask(agentcore, "get_workload_identity", name=names[arn])

    yield from each(names, one)


COLLECTOR = Collector(
    kind="bedrock-agentcore-control.workload_identity",
    title="AgentCore workload identities",
    service=SERVICE,
    reach=Reach.REGION,
    actions=("bedrock-agentcore:ListWorkloadIdentities", "bedrock-agentcore:GetWorkloadIdentity"),
    key="workloadIdentityArn",
    fetch=fetch,
    required=("workloadIdentityArn", "name"),
)
