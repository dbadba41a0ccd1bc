"""Foundation models that a Region offers, with their lifecycle."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(bedrock: Client) -> Iterator[Payload]:
    """Yield every model on offer."""
    yield from ask_all(bedrock, "list_foundation_models", "modelSummaries")


COLLECTOR = Collector(
    kind="bedrock.foundation_model",
    title="Foundation models on offer",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:ListFoundationModels",),
    key="modelArn",
    fetch=fetch,
    required=("modelArn", "modelId"),
)
