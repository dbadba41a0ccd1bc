"""Inference profiles: the Regions to which a call may be routed."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(bedrock: Client) -> Iterator[Payload]:
    """Yield AWS's own profiles and the account's."""
    for sort in ("SYSTEM_DEFINED", "APPLICATION"):
        yield from ask_all(bedrock, "list_inference_profiles", "inferenceProfileSummaries", typeEquals=sort)


COLLECTOR = Collector(
    kind="bedrock.inference_profile",
    title="Inference profiles",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:ListInferenceProfiles",),
    key="inferenceProfileArn",
    fetch=fetch,
    required=("inferenceProfileArn", "type", "models"),
)
