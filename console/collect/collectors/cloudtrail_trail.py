"""CloudTrail trails, each in its home Region."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(cloudtrail: Client) -> Iterator[Payload]:
    """Yield the trails whose home is this Region."""
    yield from ask_all(cloudtrail, "describe_trails", "trailList", includeShadowTrails=False)


COLLECTOR = Collector(
    kind="cloudtrail.trail",
    title="Trails",
    service="cloudtrail",
    reach=Reach.REGION,
    actions=("cloudtrail:DescribeTrails",),
    key="TrailARN",
    fetch=fetch,
    required=("TrailARN", "Name"),
)
