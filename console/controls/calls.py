"""Recent calls as CloudTrail recorded them, by who made them."""

from collections.abc import Iterable, Mapping
from typing import Any

from console.controls.payload import part, said
from console.domain.evidence import Fact

EVENTS = "cloudtrail.bedrock_event"
SAMPLE = "of the newest events of a week in CloudTrail's event history, which is no full record"
_INVOCATIONS = frozenset(
    ("Converse", "ConverseStream", "CreateInference", "InvokeModel", "InvokeModelWithResponseStream")
)
_NOBODY = "a caller whom CloudTrail does not name"


def record_of(event: Fact) -> Mapping[str, Any]:
    """Return what is kept of an event's record."""
    return part(event.payload, "CloudTrailEvent")


def is_invocation(event: Fact) -> bool:
    """Tell whether an event is a call of a model that was served."""
    return said(event.payload, "EventName") in _INVOCATIONS and not record_of(event).get("errorCode")


def by_caller(events: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Return events by the role or user who made the call; sessions of one role are one caller."""
    found: dict[str, list[Fact]] = {}
    for event in events:
        identity = part(record_of(event), "userIdentity")
        who = (
            said(part(identity, "sessionIssuer"), "arn")
            or said(identity, "arn")
            or said(identity, "invokedBy")
        )
        found.setdefault(who or _NOBODY, []).append(event)
    return found
