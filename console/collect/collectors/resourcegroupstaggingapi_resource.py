"""Tags of Bedrock's resources: owners, environments, classifications."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Found, Reach, ask_all
from console.collect.each import each_of
from console.domain.evidence import Payload

_SERVICES = ("bedrock", "bedrock-agentcore")
"""Asked one by one, because AWS refuses a whole question for a service that it does not know in a Region."""


def fetch(tagging: Client) -> Found:
    """Yield every resource that has tags or had some."""

    def tagged(service: str) -> Iterator[Payload]:
        return ask_all(tagging, "get_resources", "ResourceTagMappingList", ResourceTypeFilters=[service])

    yield from each_of(_SERVICES, tagged)


COLLECTOR = Collector(
    kind="resourcegroupstaggingapi.resource",
    title="Tags of Bedrock's resources",
    service="resourcegroupstaggingapi",
    reach=Reach.REGION,
    actions=("tag:GetResources",),
    key="ResourceARN",
    fetch=fetch,
    required=("ResourceARN", "Tags"),
)
