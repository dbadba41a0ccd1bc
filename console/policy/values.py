"""What the texts of a condition say: numbers, moments, networks, bytes. None for a text that says nothing."""

import base64
import binascii
import ipaddress
import re
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_W3C = re.compile(
    r"([0-9]{4})-([0-9]{2})"
    r"(?:-([0-9]{2})(?:[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]+)?)?([Zz]|[+-][0-9]{2}:?[0-9]{2})?)?)?"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@lru_cache(maxsize=4096)
def number(text: str) -> Decimal | None:
    """Return a number.

    >>> number("300.0") == number("300"), number("1_000"), number("NaN")
    (True, None, None)
    """
    if "_" in text or not text.isascii():
        return None
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


@lru_cache(maxsize=4096)
def moment(text: str) -> Decimal | None:
    """Return seconds since 1970 of an epoch number or a W3C date, which without a zone is UTC.

    A bare year is read as an epoch number: AWS allows both and says nothing of the difference.

    >>> moment("2026-11-23T11:00:00+01:00") == moment("2026-11-23T10:00:00Z")
    True
    >>> moment("2026-11") == moment("2026-11-01"), moment("tomorrow")
    (True, None)
    """
    seconds = number(text)
    if seconds is not None:
        return seconds
    found = _W3C.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        at = datetime(
            int(year),
            int(month),
            int(day or 1),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            tzinfo=UTC,
        )
        shift = _zone(zone)
    except ValueError:
        return None
    return Decimal(round((at - _EPOCH - shift).total_seconds())) + Decimal(fraction or 0)


def _zone(written: str | None) -> timedelta:
    if written is None or written in "Zz":
        return timedelta(0)
    size = timedelta(hours=int(written[1:3]), minutes=int(written[-2:]))
    return timezone(size if written[0] == "+" else -size).utcoffset(None)


@lru_cache(maxsize=4096)
def network(text: str) -> Network | None:
    """Return an address's or a range's network.

    >>> str(network("203.0.113.7")), str(network("10.1.2.3/8")), network("10.0.0.0/255.0.0.0")
    ('203.0.113.7/32', '10.0.0.0/8', None)
    """
    _, slash, size = text.strip().partition("/")
    if slash and not (size.isascii() and size.isdigit()):
        return None
    try:
        return ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return None


def bits(text: str) -> bytes | None:
    """Return the bytes that Base64 text stands for."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def truth_value(text: str) -> bool | None:
    """Return true or false, in any case of letters."""
    return {"true": True, "false": False}.get(text.lower())
