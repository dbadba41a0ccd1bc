"""Which standards Security Hub checks, that of AI among them."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask_all


def fetch(securityhub: Client, known: Known) -> Found:
    """Yield every standard that is on; without a hub nothing is asked."""
    if known["securityhub.hub"]:
        yield from ask_all(securityhub, "get_enabled_standards", "StandardsSubscriptions")


COLLECTOR = Collector(
    kind="securityhub.enabled_standard",
    title="Standards that Security Hub checks",
    service="securityhub",
    reach=Reach.REGION,
    actions=("securityhub:GetEnabledStandards",),
    key="StandardsSubscriptionArn",
    fetch=fetch,
    required=("StandardsSubscriptionArn", "StandardsArn", "StandardsStatus"),
    needs=("securityhub.hub",),
)
