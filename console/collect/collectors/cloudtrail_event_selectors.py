"""Which events each trail records."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, MalformedAnswerError, Reach, ask, ask_all
from console.domain.evidence import Payload

_SELECTORS = ("EventSelectors", "AdvancedEventSelectors")


def fetch(cloudtrail: Client) -> Iterator[Payload]:
    """Yield the selectors of the trails whose home is this Region."""
    for trail in ask_all(cloudtrail, "describe_trails", "trailList", includeShadowTrails=False):
        answer = ask(cloudtrail, "get_event_selectors", TrailName=trail["TrailARN"])
        if not any(member in answer for member in _SELECTORS):
            raise MalformedAnswerError("the answer to get_event_selectors has no selectors of either sort")
        yield answer


COLLECTOR = Collector(
    kind="cloudtrail.event_selectors",
    title="Events that trails record",
    service="cloudtrail",
    reach=Reach.REGION,
    actions=("cloudtrail:DescribeTrails", "cloudtrail:GetEventSelectors"),
    key="TrailARN",
    fetch=fetch,
    required=("TrailARN",),
)
