"""Guardrails that the account itself puts on every call. AWS does not list those that the organisation puts there."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(bedrock: Client) -> Iterator[Payload]:
    """Yield every configuration of the account."""
    yield from ask_all(bedrock, "list_enforced_guardrails_configuration", "guardrailsConfig")


COLLECTOR = Collector(
    kind="bedrock.enforced_guardrail",
    title="Guardrails that the account enforces",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:ListEnforcedGuardrailsConfiguration",),
    key="configId",
    fetch=fetch,
    required=("configId", "guardrailArn", "guardrailVersion"),
)
