"""Aliases of agents: which versions applications are routed to."""

from console.collect.agents import AGENT
from console.collect.base import Client, Collector, Found, Known, Reach, ask, ask_all
from console.collect.each import each, each_of
from console.domain.evidence import Payload


def fetch(bedrock_agent: Client, known: Known) -> Found:
    """Yield every alias of every agent."""

    def of(agent: str) -> Found:
        def one(name: str) -> Payload:
            alias = name.rpartition("/")[2]
            answer = ask(bedrock_agent, "get_agent_alias", agentId=agent, agentAliasId=alias)
            found: Payload = answer["agentAlias"]
            return found

        listed = ask_all(bedrock_agent, "list_agent_aliases", "agentAliasSummaries", agentId=agent)
        yield from each((f"{agent}/{summary['agentAliasId']}" for summary in listed), one)

    yield from each_of((agent["agentId"] for agent in known[AGENT]), of)


def key(payload: Payload) -> str:
    """Name an alias of an agent."""
    return f"{payload['agentId']}/{payload['agentAliasId']}"


COLLECTOR = Collector(
    kind="bedrock-agent.agent_alias",
    title="Aliases of agents and the versions they lead to",
    service="bedrock-agent",
    reach=Reach.REGION,
    actions=("bedrock:ListAgentAliases", "bedrock:GetAgentAlias"),
    key=key,
    fetch=fetch,
    required=("agentId", "agentAliasId", "agentAliasArn", "routingConfiguration"),
    needs=(AGENT,),
)
