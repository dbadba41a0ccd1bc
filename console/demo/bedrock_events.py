"""Events of Bedrock's that CloudTrail recorded, up to midnight: calls of models, changes, and plain readings.

They are a function of seed, account and day. Parameters and addresses are in them, as AWS has them, so that a client
can be seen to leave them out; of what was asked of a model there is not a word.
"""

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from console.demo.department.draw import Draw
from console.demo.department.plan import LONDON
from console.demo.messages import Payload
from console.demo.native import Asked

_BEDROCK, _MANTLE = "bedrock.amazonaws.com", "bedrock-mantle.amazonaws.com"
_CHANGES = ("UpdateGuardrail", "PutModelInvocationLoggingConfiguration", "CreateGuardrailVersion")
_ABROAD = "eu-central-1"
_ONE_IN, _USES_MANTLE = 3, 1
"""Of so many accounts in a row, which does what."""
APPLICATION = "bedrock-application"
"""The role that calls models."""
_DAY = timedelta(days=1)
CHANGED = "cloudtrail.changed"
"""Under which name an account holds the events of what was changed since the stand-in began."""
CHANGING = ("BatchDelete", "Delete", "Disassociate")
"""How the names of operations begin that change something here."""


def changed(asked: Asked, now: datetime) -> Payload:
    """Return the event of a call that changed something, as `LookupEvents` has it."""
    source = f"{asked.service.removesuffix('-agent').removesuffix('-agent-runtime')}.amazonaws.com"
    record = {
        "eventSource": source,
        "eventName": asked.operation,
        "requestID": asked.request_id,
        "awsRegion": asked.region,
        "userIdentity": {"type": "AssumedRole", "arn": asked.caller},
    }
    return {
        "EventId": str(uuid.uuid5(uuid.NAMESPACE_URL, asked.request_id)),
        "EventName": asked.operation,
        "ReadOnly": "false",
        "EventTime": now.isoformat(),
        "EventSource": source,
        "Username": asked.caller.rpartition("/")[2],
        "Resources": [],
        "CloudTrailEvent": json.dumps(record),
    }


def events_of(asked: Asked, start: datetime, end: datetime) -> list[Payload]:
    """Return the entries of `LookupEvents` in a period, the newest first."""
    if asked.region != LONDON:
        return []
    midnight = datetime.combine(datetime.now(UTC).date(), time(), UTC)
    day = max(start, midnight - 90 * _DAY).date()
    found = []
    while day < midnight.date():
        found += [each for each in _of_day(asked, day) if start <= _moment(each) < end]
        day += _DAY
    return found[::-1]


def goes_abroad(number: int) -> bool:
    """Tell of an account, by its place in the estate, whether its calls are sent on to another Region."""
    return _is_turn(number, 6, 2)


def uses_tokens(number: int) -> bool:
    """Tell of an account whether some of its calls carry a bearer token."""
    return _is_turn(number, 8, 6)


def goes_round(number: int) -> bool:
    """Tell of an account whether some of its calls go round the endpoint."""
    return _is_turn(number, 5, 4)


def _is_turn(number: int, of: int, which: int) -> bool:
    """Tell whether it is an account's turn: of so many in a row, one."""
    return number % of == which


def _moment(event: Payload) -> datetime:
    return datetime.fromisoformat(event["EventTime"])


def _of_day(asked: Asked, day: date) -> Iterator[Payload]:
    draw = Draw(asked.estate.seed)
    hour = 8
    if asked.account.models_in_use:
        for number in range(2):
            yield _event(asked, day, hour + number, "Converse" if number else "InvokeModel", is_reading=True)
        if asked.number % _ONE_IN == _USES_MANTLE:
            yield _event(asked, day, hour + 2, "CreateInference", is_reading=False, source=_MANTLE)
    yield _event(asked, day, hour + 3, "ListGuardrails", is_reading=True)
    if draw.below(4, "change", asked.account_id, day) == 0:
        change = draw.one_of(_CHANGES, "change", asked.account_id, day)
        yield _event(asked, day, hour + 4, change, is_reading=False)


def _event(
    asked: Asked, day: date, hour: int, name: str, *, is_reading: bool, source: str = _BEDROCK
) -> Payload:
    draw = Draw(asked.estate.seed)
    word = draw.hexadecimal(32, "event", asked.account_id, day, name)
    id_ = "-".join((word[:8], word[8:12], word[12:16], word[16:20], word[20:]))
    when = f"{day}T{hour:02}:{draw.below(60, 'minute', word):02}:00+00:00"
    role = APPLICATION if name in ("Converse", "InvokeModel", "CreateInference") else "task-review"
    issuer = f"arn:aws:iam::{asked.account_id}:role/{role}"
    record = {
        "eventVersion": "1.11",
        "userIdentity": {
            "type": "AssumedRole",
            "principalId": "AROADEMO:session-1",
            "arn": f"arn:aws:sts::{asked.account_id}:assumed-role/{role}/session-1",
            "accountId": asked.account_id,
            "accessKeyId": "ASIADEMO",
            "sessionContext": {"sessionIssuer": {"type": "Role", "arn": issuer}},
        },
        "eventTime": when,
        "eventSource": source,
        "eventName": name,
        "awsRegion": asked.region,
        "sourceIPAddress": draw.one_of(("10.0.0.17", "18.169.0.17"), "address", word),
        "userAgent": "Boto3/1.44.5",
        "requestParameters": {"modelId": asked.account.models_in_use[:1], "guardrailIdentifier": "g"},
        "responseElements": None,
        "additionalEventData": _additional(asked, name),
        "eventID": id_,
        "readOnly": is_reading,
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "eventCategory": "Management",
        "recipientAccountId": asked.account_id,
        "tlsDetails": {"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256"},
        **_way(asked, name),
    }
    return {
        "EventId": id_,
        "EventName": name,
        "ReadOnly": "true" if is_reading else "false",
        "EventTime": when,
        "EventSource": source,
        "Username": "session-1",
        "Resources": [],
        "CloudTrailEvent": json.dumps(record),
    }


def _additional(asked: Asked, name: str) -> Payload:
    """Return where a call ran if it ran abroad, and whether it was made with an API key."""
    found: Payload = {}
    if name in ("Converse", "InvokeModel") and goes_abroad(asked.number):
        found["inferenceRegion"] = _ABROAD
    if name == "Converse" and uses_tokens(asked.number):
        found["callWithBearerToken"] = True
    return found


def _way(asked: Asked, name: str) -> Payload:
    """Return the endpoint over which a call came; some calls go round it."""
    endpoints = asked.account.regions[asked.region].endpoints
    ours = [each["VpcEndpointId"] for each in endpoints if each["ServiceName"].endswith(".bedrock-runtime")]
    return (
        {"vpcEndpointId": ours[0]}
        if ours and not (name == "InvokeModel" and goes_round(asked.number))
        else {}
    )
