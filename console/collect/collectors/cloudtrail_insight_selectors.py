"""Which unusual activity trails look for."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.each import ask_unless, each
from console.domain.evidence import Payload

_SWITCH = "HasInsightSelectors"


def fetch(cloudtrail: Client, known: Known) -> Found:
    """Yield the selectors of each trail that has some."""
    trails = [trail["TrailARN"] for trail in known["cloudtrail.trail"] if trail.get(_SWITCH, True)]

    def read(arn: str) -> Payload | None:
        return ask_unless(cloudtrail, "get_insight_selectors", ("InsightNotEnabledException",), TrailName=arn)

    return each(trails, read)


COLLECTOR = Collector(
    kind="cloudtrail.insight_selectors",
    title="Unusual activity that trails look for",
    service="cloudtrail",
    reach=Reach.REGION,
    actions=("cloudtrail:GetInsightSelectors",),
    key="TrailARN",
    fetch=fetch,
    required=("TrailARN", "InsightSelectors"),
    needs=("cloudtrail.trail",),
)
