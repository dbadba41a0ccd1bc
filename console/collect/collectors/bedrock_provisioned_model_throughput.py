"""Capacity that was bought for a model, and until when. The list has all but a failure's message."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(bedrock: Client) -> Iterator[Payload]:
    """Yield every purchase."""
    yield from ask_all(bedrock, "list_provisioned_model_throughputs", "provisionedModelSummaries")


COLLECTOR = Collector(
    kind="bedrock.provisioned_model_throughput",
    title="Provisioned throughput",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:ListProvisionedModelThroughputs",),
    key="provisionedModelArn",
    fetch=fetch,
    required=("provisionedModelArn", "modelArn", "modelUnits", "status"),
)
