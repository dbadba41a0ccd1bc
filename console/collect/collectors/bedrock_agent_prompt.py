"""Prompts of prompt management, in every version: their models and keys, never their words."""

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each, each_of
from console.collect.withheld import Private, without
from console.domain.evidence import Payload

_PRIVATE = Private(texts=("text", "value"), wholes=("additionalModelRequestFields", "toolConfiguration"))
"""The prompts themselves, the tools they describe, and what people noted beside them."""


def fetch(bedrock_agent: Client) -> Found:
    """Yield every version of every prompt, the draft among them."""

    def of(prompt: str) -> Found:
        def one(name: str) -> Payload:
            version = name.rpartition(":")[2]
            answer = ask(bedrock_agent, "get_prompt", promptIdentifier=prompt, promptVersion=version)
            return without(answer, _PRIVATE)

        listed = ask_all(bedrock_agent, "list_prompts", "promptSummaries", promptIdentifier=prompt)
        yield from each((f"{prompt}:{summary['version']}" for summary in listed), one)

    listed = ask_all(bedrock_agent, "list_prompts", "promptSummaries")
    yield from each_of((summary["id"] for summary in listed), of)


def key(payload: Payload) -> str:
    """Name one version of one prompt."""
    return f"{payload['id']}:{payload['version']}"


COLLECTOR = Collector(
    kind="bedrock-agent.prompt",
    title="Prompts (every version)",
    service="bedrock-agent",
    reach=Reach.REGION,
    actions=("bedrock:ListPrompts", "bedrock:GetPrompt"),
    key=key,
    fetch=fetch,
    required=("arn", "id", "version"),
)
