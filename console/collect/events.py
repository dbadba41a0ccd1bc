"""What is kept of an event that CloudTrail recorded: who did what, over which way, and where it ran.

Left out are the parameters of the request and the answer's elements, which may hold what somebody wrote, and the
address and the program of the caller, which are personal data; of the address it is kept whether it was private.
"""

import ipaddress
import json
from collections.abc import Mapping
from typing import Any

from console.collect.base import MalformedAnswerError
from console.domain.evidence import Payload

_INVOCATIONS = frozenset({"Converse", "ConverseStream", "InvokeModel", "InvokeModelWithResponseStream"})
"""Events that change nothing and show where a model ran."""
_KEPT = (
    "eventVersion",
    "awsRegion",
    "errorCode",
    "eventCategory",
    "managementEvent",
    "readOnly",
    "recipientAccountId",
    "requestID",
    "resources",
    "sharedEventID",
    "tlsDetails",
    "vpcEndpointId",
    "vpcEndpointAccountId",
)
_KEPT_ADDITIONAL = ("bearerTokenType", "callWithBearerToken", "inferenceRegion")
_KEPT_IDENTITY = ("type", "arn", "accountId", "invokedBy")


def is_kept(event: Payload) -> bool:
    """Tell whether an event changed something, or shows where a model ran."""
    return event.get("ReadOnly") != "true" or event["EventName"] in _INVOCATIONS


def pruned(event: Payload) -> Payload:
    """Return what is kept of an event; raise `MalformedAnswerError` if its record is not JSON."""
    try:
        record = json.loads(event["CloudTrailEvent"])
    except ValueError:
        raise MalformedAnswerError(f"the record of event {event['EventId']} is not JSON") from None
    identity = record.get("userIdentity") or {}
    kept = {
        **_some(record, _KEPT),
        "additionalEventData": _some(record.get("additionalEventData") or {}, _KEPT_ADDITIONAL),
        "userIdentity": {
            **_some(identity, _KEPT_IDENTITY),
            "sessionIssuer": _some(
                (identity.get("sessionContext") or {}).get("sessionIssuer") or {}, ("arn",)
            ),
        },
        "sourceIPAddress": _sort_of(record.get("sourceIPAddress", "")),
    }
    return {
        **_some(event, ("EventId", "EventName", "EventTime", "EventSource", "ReadOnly")),
        "CloudTrailEvent": kept,
    }


def _some(value: Mapping[str, Any], members: tuple[str, ...]) -> dict[str, Any]:
    return {name: value[name] for name in members if name in value}


def _sort_of(address: str) -> str:
    """Return whether an address is a private or a public one; AWS puts a service's name there for its own calls."""
    try:
        return "public" if ipaddress.ip_address(address).is_global else "private"
    except ValueError:
        return "AWS" if address.endswith(".amazonaws.com") or address == "AWS Internal" else "unknown"
