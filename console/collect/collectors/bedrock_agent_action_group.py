"""Action groups: what agents can do, and with which function."""

from console.collect.agents import AGENT, VERSION, apart, named, versions
from console.collect.base import Client, Collector, Found, Known, Reach, ask, ask_all
from console.collect.each import each, each_of
from console.collect.withheld import Private, without
from console.domain.evidence import Payload

_PRIVATE = Private(texts=("payload",))
"""The document that describes an API to the model; where it lies in a bucket, the place is kept."""


def fetch(bedrock_agent: Client, known: Known) -> Found:
    """Yield the action groups of drafts and of versions in use."""

    def of(name: str) -> Found:
        agent, version = apart(name)
        where = {"agentId": agent, "agentVersion": version}

        def one(key: str) -> Payload:
            group = key.rpartition("/")[2]
            answer = ask(bedrock_agent, "get_agent_action_group", **where, actionGroupId=group)
            return without(answer["agentActionGroup"], _PRIVATE)

        listed = ask_all(bedrock_agent, "list_agent_action_groups", "actionGroupSummaries", **where)
        yield from each((f"{name}/{summary['actionGroupId']}" for summary in listed), one)

    yield from each_of((named(*version) for version in versions(known)), of)


def key(payload: Payload) -> str:
    """Name an action group of a version of an agent."""
    return f"{named(payload['agentId'], payload['agentVersion'])}/{payload['actionGroupId']}"


COLLECTOR = Collector(
    kind="bedrock-agent.action_group",
    title="Action groups of agents",
    service="bedrock-agent",
    reach=Reach.REGION,
    actions=("bedrock:ListAgentActionGroups", "bedrock:GetAgentActionGroup"),
    key=key,
    fetch=fetch,
    required=("agentId", "agentVersion", "actionGroupId", "actionGroupState"),
    needs=(AGENT, VERSION),
)
