"""CloudTrail Lake: event data stores, what they record and for how long."""

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each


def fetch(cloudtrail: Client) -> Found:
    """Yield every event data store of the Region."""
    stores = ask_all(cloudtrail, "list_event_data_stores", "EventDataStores")
    arns = [store["EventDataStoreArn"] for store in stores]
    yield from each(arns, lambda arn: ask(cloudtrail, "get_event_data_store", EventDataStore=arn))


COLLECTOR = Collector(
    kind="cloudtrail.event_data_store",
    title="Event data stores",
    service="cloudtrail",
    reach=Reach.REGION,
    actions=("cloudtrail:ListEventDataStores", "cloudtrail:GetEventDataStore"),
    key="EventDataStoreArn",
    fetch=fetch,
    required=("EventDataStoreArn", "Status", "AdvancedEventSelectors"),
)
