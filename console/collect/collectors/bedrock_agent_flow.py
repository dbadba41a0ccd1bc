"""Flows: the draft of each, with its nodes, models, guardrails and functions."""

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.collect.withheld import Private, without
from console.domain.evidence import Payload

_PRIVATE = Private(
    texts=("textPromptTemplate", "text", "code"),
    wholes=("additionalModelRequestFields", "toolConfiguration"),
)
"""Prompts of nodes, and code that is written into them."""


def fetch(bedrock_agent: Client) -> Found:
    """Yield the draft of every flow."""

    def one(flow: str) -> Payload:
        return without(ask(bedrock_agent, "get_flow", flowIdentifier=flow), _PRIVATE)

    listed = ask_all(bedrock_agent, "list_flows", "flowSummaries")
    yield from each((summary["arn"] for summary in listed), one)


COLLECTOR = Collector(
    kind="bedrock-agent.flow",
    title="Flows (draft)",
    service="bedrock-agent",
    reach=Reach.REGION,
    actions=("bedrock:ListFlows", "bedrock:GetFlow"),
    key="arn",
    fetch=fetch,
    required=("arn", "id", "executionRoleArn", "status", "version"),
)
