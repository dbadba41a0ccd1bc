"""Looking into what AWS said without trusting its shape."""

from collections.abc import Mapping, Sequence
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


def arn_region(arn: object) -> str | None:
    """Return an ARN's Region, which is empty for what is global; None for what is no ARN.

    >>> arn_region("arn:aws:bedrock:::foundation-model/x"), arn_region("arn:aws:bedrock:eu-west-2::x"), arn_region("x")
    ('', 'eu-west-2', None)
    """
    parts = arn.split(":", _ARN_PARTS - 1) if isinstance(arn, str) else []
    return parts[3] if len(parts) == _ARN_PARTS and parts[0] == "arn" else None
