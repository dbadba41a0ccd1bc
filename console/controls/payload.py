"""Looking into what AWS said without trusting its shape."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from console.domain.evidence import Payload

_ARN_PARTS = 6


def said(payload: Mapping[str, Any], name: str) -> str | None:
    """Return a member that is text and not empty; None is "AWS did not say"."""
    value = payload.get(name)
    return value if isinstance(value, str) and value else None


def part(payload: Mapping[str, Any], name: str) -> Payload:
    """Return a member that is an object, or an empty one."""
    value = payload.get(name)
    return value if isinstance(value, Mapping) else {}


def listed(payload: Mapping[str, Any], name: str) -> Sequence[Payload]:
    """Return the objects of a member that is a list; anything else in it is an empty object, never dropped."""
    value = payload.get(name)
    if not isinstance(value, Sequence) or isinstance(value, str):
        return ()
    return [each if isinstance(each, Mapping) else {} for each in value]


def moment(payload: Mapping[str, Any], name: str) -> datetime | None:
    """Return a member that is a time; None where AWS did not say one."""
    text = said(payload, name)
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC) if found else None


def arn_account(arn: object) -> str | None:
    """Return an ARN's account, which is empty for what is AWS's; None for what is no ARN.

    >>> arn_account("arn:aws:bedrock:eu-west-2:111122223333:custom-model/m")
    '111122223333'
    """
    parts = arn.split(":", _ARN_PARTS - 1) if isinstance(arn, str) else []
    return parts[4] if len(parts) == _ARN_PARTS and parts[0] == "arn" else None


def arn_region(arn: object) -> str | None:
    """Return an ARN's Region, which is empty for what is global; None for what is no ARN.

    >>> arn_region("arn:aws:bedrock:::foundation-model/x"), arn_region("arn:aws:bedrock:eu-west-2::x"), arn_region("x")
    ('', 'eu-west-2', None)
    """
    parts = arn.split(":", _ARN_PARTS - 1) if isinstance(arn, str) else []
    return parts[3] if len(parts) == _ARN_PARTS and parts[0] == "arn" else None
