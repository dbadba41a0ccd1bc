"""Recent calls of Bedrock that changed something or show where a model ran, by whom and over which way."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from console.collect.base import Client, Collector, Found, Missed, Reach, UnfinishedError, ask
from console.collect.events import is_kept, pruned
from console.domain.evidence import Payload

_SOURCES = ("bedrock.amazonaws.com", "bedrock-mantle.amazonaws.com")
_DAYS = 7
_MOST_PAGES = 6
"""Of 50 events each, for each source: CloudTrail answers two questions a second."""


def fetch(cloudtrail: Client, today: date) -> Found:
    """Yield what is kept of each event of the last week, the newest first, up to a number; then what was left out."""
    start = datetime.combine(today, time(), UTC) - timedelta(days=_DAYS)
    for source in _SOURCES:
        oldest = ""
        for event in _events(cloudtrail, source, start):
            if event is None:
                yield Missed(f"events of {source} before {oldest}", _cut())
            else:
                oldest = str(event["EventTime"])
                if is_kept(event):
                    yield pruned(event)


def _events(cloudtrail: Client, source: str, start: datetime) -> Iterator[dict[str, Any] | None]:
    """Yield the events of a source, and None at the end if there are more than are read."""
    asked: dict[str, Any] = {
        "LookupAttributes": [{"AttributeKey": "EventSource", "AttributeValue": source}],
        "StartTime": start,
    }
    for _ in range(_MOST_PAGES):
        answer = ask(cloudtrail, "lookup_events", **asked)
        yield from answer["Events"]
        if not answer.get("NextToken"):
            return
        asked["NextToken"] = answer["NextToken"]
    yield None


def _cut() -> UnfinishedError:
    return UnfinishedError(f"only the newest {_MOST_PAGES} pages of the last {_DAYS} days are read")


def key(payload: Payload) -> str:
    """Name an event."""
    return str(payload["EventId"])


COLLECTOR = Collector(
    kind="cloudtrail.bedrock_event",
    title=f"Recent changes to Bedrock and calls of models ({_DAYS} days, {_MOST_PAGES * 50} events looked at)",
    service="cloudtrail",
    reach=Reach.REGION,
    actions=("cloudtrail:LookupEvents",),
    key=key,
    fetch=fetch,
    required=("EventId", "EventName", "EventTime"),
    dated=True,
)
