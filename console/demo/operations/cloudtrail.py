"""AWS CloudTrail: trails, their state and what they record; event data stores, digest keys, recent events."""

from datetime import UTC, datetime, timedelta

from botocore.utils import parse_to_aware_datetime

from console.demo.bedrock_events import CHANGED, events_of
from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("cloudtrail")
_FEW = Paging(most=1, refusal="InvalidNextTokenException")
_KEYS = Paging(most=1, refusal="InvalidTokenException")
_EVENTS = Paging(most=8, refusal="InvalidNextTokenException")
_KEPT_DAYS = timedelta(days=90)
_SOURCE, _NAME = "EventSource", "EventName"


@OPERATIONS("DescribeTrails")
def describe_trails(asked: Asked) -> Payload:
    """Return the Region's trails and, unless told otherwise, the shadows of multi-Region trails elsewhere."""
    found = []
    with_shadows = asked.parameters.get("includeShadowTrails", True)
    names = asked.parameters.get("trailNameList")
    for trail in _trails(asked):
        is_here = trail["HomeRegion"] == asked.region
        is_named = not names or trail["Name"] in names or trail["TrailARN"] in names
        if is_named and (is_here or (with_shadows and trail["IsMultiRegionTrail"])):
            found.append(trail)
    return {"trailList": found}


@OPERATIONS("GetTrailStatus")
def get_trail_status(asked: Asked) -> Payload:
    """Return whether a trail is logging."""
    status: Payload = _find(asked, asked.text("Name"))["status"]
    return status


@OPERATIONS("GetEventSelectors")
def get_event_selectors(asked: Asked) -> Payload:
    """Return what a trail records."""
    trail = _find(asked, asked.text("TrailName"))
    return {"TrailARN": trail["trail"]["TrailARN"], **trail["selectors"]}


@OPERATIONS("GetInsightSelectors")
def get_insight_selectors(asked: Asked) -> Payload:
    """Return which unusual activity a trail looks for, if it does."""
    trail = _find(asked, asked.text("TrailName"))
    if "insights" not in trail:
        message = f"Insight is not enabled for trail {asked.text('TrailName')}"
        raise RefusedError(400, "InsightNotEnabledException", message)
    return {"TrailARN": trail["trail"]["TrailARN"], "InsightSelectors": trail["insights"]}


@OPERATIONS("ListEventDataStores")
def list_event_data_stores(asked: Asked) -> Payload:
    """Return a page of the Region's event data stores, by ARN and name alone, as AWS does."""
    stores = [
        {name: each[name] for name in ("EventDataStoreArn", "Name")}
        for each in asked.held("cloudtrail.event_data_store")
    ]
    found, following = page(asked, stores, _FEW)
    return {"EventDataStores": found, **following}


@OPERATIONS("GetEventDataStore")
def get_event_data_store(asked: Asked) -> Payload:
    """Return an event data store."""
    wanted = asked.text("EventDataStore")
    for each in asked.held("cloudtrail.event_data_store"):
        if wanted == each["EventDataStoreArn"]:
            return each
    raise RefusedError(400, "EventDataStoreNotFoundException", f"No event data store {wanted}")


@OPERATIONS("ListPublicKeys")
def list_public_keys(asked: Asked) -> Payload:
    """Return a page of the keys that were in use in a period."""
    start, end = (_moment(asked.parameters[name]) for name in ("StartTime", "EndTime"))
    keys = [
        each
        for each in asked.held("cloudtrail.public_key")
        if _moment(each["ValidityStartTime"]) < end and _moment(each["ValidityEndTime"]) > start
    ]
    found, following = page(asked, keys, _KEYS)
    return {"PublicKeyList": found, **following}


@OPERATIONS("LookupEvents")
def lookup_events(asked: Asked) -> Payload:
    """Return a page of the recent management events of one source, the newest first."""
    attributes = {
        each["AttributeKey"]: each["AttributeValue"]
        for each in asked.parameters.get("LookupAttributes") or ()
    }
    if attributes.keys() - {_SOURCE, _NAME}:
        message = "The stand-in looks events up by source or name only"
        raise RefusedError(400, "InvalidLookupAttributesException", message)
    if _NAME in attributes:
        made = [
            each for each in asked.account.held.get(CHANGED, ()) if each["EventName"] == attributes[_NAME]
        ]
        found, following = page(asked, made[::-1], _EVENTS)
        return {"Events": found, **following}
    now = datetime.now(UTC)
    start = _moment(asked.parameters.get("StartTime", now - _KEPT_DAYS))
    end = _moment(asked.parameters.get("EndTime", now))
    events = [
        each
        for each in events_of(asked, start, end)
        if attributes.get(_SOURCE, each["EventSource"]) == each["EventSource"]
    ]
    found, following = page(asked, events, _EVENTS)
    return {"Events": found, **following}


def _moment(value: object) -> datetime:
    return parse_to_aware_datetime(value).astimezone(UTC)  # type: ignore[no-any-return]


def _trails(asked: Asked) -> list[Payload]:
    return [each["trail"] for region in asked.account.regions.values() for each in region.trails]


def _find(asked: Asked, name: str) -> Payload:
    for region in asked.account.regions.values():
        for each in region.trails:
            if name in (each["trail"]["TrailARN"], each["trail"]["Name"]):
                return each
    message = f"Unknown trail: {name} for the user: {asked.account_id}"
    raise RefusedError(400, "TrailNotFoundException", message)
