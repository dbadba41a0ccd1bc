"""Whether each trail is recording."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask, ask_all
from console.domain.evidence import Payload


def fetch(cloudtrail: Client) -> Iterator[Payload]:
    """Yield the state of the trails whose home is this Region, with the trail's ARN."""
    for trail in ask_all(cloudtrail, "describe_trails", "trailList", includeShadowTrails=False):
        arn = trail["TrailARN"]
        yield {"TrailARN": arn, **ask(cloudtrail, "get_trail_status", Name=arn)}


COLLECTOR = Collector(
    kind="cloudtrail.trail_status",
    title="States of trails",
    service="cloudtrail",
    reach=Reach.REGION,
    actions=("cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus"),
    key="TrailARN",
    fetch=fetch,
    required=("TrailARN", "IsLogging"),
)
