"""Aliases of flows: which version applications are routed to."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask_all
from console.collect.each import each_of

_FLOW = "bedrock-agent.flow"


def fetch(bedrock_agent: Client, known: Known) -> Found:
    """Yield every alias of every flow; AWS lists them whole."""

    def of(flow: str) -> Found:
        yield from ask_all(bedrock_agent, "list_flow_aliases", "flowAliasSummaries", flowIdentifier=flow)

    yield from each_of((flow["id"] for flow in known[_FLOW]), of)


COLLECTOR = Collector(
    kind="bedrock-agent.flow_alias",
    title="Aliases of flows and the versions they lead to",
    service="bedrock-agent",
    reach=Reach.REGION,
    actions=("bedrock:ListFlowAliases",),
    key="arn",
    fetch=fetch,
    required=("arn", "id", "flowId", "routingConfiguration"),
    needs=(_FLOW,),
)
