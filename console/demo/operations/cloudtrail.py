"""AWS CloudTrail: trails, their state and what they record."""

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations

OPERATIONS = Operations("cloudtrail")


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


def _trails(asked: Asked) -> list[Payload]:
    return [each["trail"] for region in asked.account.regions.values() for each in region.trails]


def _find(asked: Asked, name: str) -> Payload:
    for region in asked.account.regions.values():
        for each in region.trails:
            if name in (each["trail"]["TrailARN"], each["trail"]["Name"]):
                return each
    message = f"Unknown trail: {name} for the user: {asked.account_id}"
    raise RefusedError(400, "TrailNotFoundException", message)
