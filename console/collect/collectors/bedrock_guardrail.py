"""Bedrock guardrails: the draft and every numbered version, because applications choose a version."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask, ask_all
from console.domain.evidence import Payload


def fetch(bedrock: Client) -> Iterator[Payload]:
    """Yield every version of every guardrail."""
    for guardrail in ask_all(bedrock, "list_guardrails", "guardrails"):
        identifier = guardrail["arn"]
        for version in ask_all(bedrock, "list_guardrails", "guardrails", guardrailIdentifier=identifier):
            yield ask(
                bedrock,
                "get_guardrail",
                guardrailIdentifier=identifier,
                guardrailVersion=version["version"],
            )


def key(payload: Payload) -> str:
    """Name one version of one guardrail."""
    return f"{payload['guardrailArn']}:{payload['version']}"


COLLECTOR = Collector(
    kind="bedrock.guardrail",
    title="Guardrails (every version)",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:ListGuardrails", "bedrock:GetGuardrail"),
    key=key,
    fetch=fetch,
    required=("guardrailArn", "version", "status"),
)
