"""Canonical bytes of a JSON value (RFC 8785), so that equal evidence has equal hashes everywhere."""

import base64
import hashlib
import json
import math
from collections.abc import Mapping
from datetime import date, datetime

import rfc8785

from console.base.clock import stamp

JsonScalar = str | int | float | bool | None
Json = JsonScalar | list["Json"] | dict[str, "Json"]

_SAFE_INTEGER = 2**53 - 1
_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_SORTED_ALIKE = "\ud800"
"""Below it the order of characters is that of their UTF-16 units, by which RFC 8785 sorts members."""


def plain(value: object) -> Json:
    """Return `value` as JSON: times in RFC 3339, bytes in base64, integers beyond 2**53 as text.

    >>> plain({"n": 2**60, "b": b"x", "t": (1, 2)})
    {'n': '1152921504606846976', 'b': 'eA==', 't': [1, 2]}
    """
    if isinstance(value, str) or value is None or value is True or value is False:
        return value
    # Plain dictionaries and lists before the abstract types: nearly all that AWS says is of these.
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return _rarer(value)


def _rarer(value: object) -> Json:
    if isinstance(value, int):
        return value if abs(value) <= _SAFE_INTEGER else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, datetime):
        return stamp(value) if value.tzinfo else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | bytearray):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple | set | frozenset):
        return [plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} has no JSON form")


def canonical(value: object) -> bytes:
    r"""Return the RFC 8785 bytes of `value`; equal values give equal bytes.

    >>> canonical({"b": 1, "a": [1.0, "é"]})
    b'{"a":[1,"\xc3\xa9"],"b":1}'
    """
    said = plain(value)
    if not _holds_floats(said):
        # The interpreter's own encoder gives these bytes ten times as fast, but for floats and unusual member names.
        text = _ENCODE(said)
        if text.isascii() or max(text) < _SORTED_ALIKE:
            return text.encode()
    return rfc8785.dumps(said)


def _holds_floats(value: Json) -> bool:
    """Tell whether there is a float in a JSON value."""
    if isinstance(value, dict):
        return any(_holds_floats(each) for each in value.values() if not isinstance(each, str))
    if isinstance(value, list):
        return any(_holds_floats(each) for each in value if not isinstance(each, str))
    return isinstance(value, float)


def sha256_hex(body: bytes) -> str:
    """Return the lower-case hexadecimal SHA-256 of `body`."""
    return hashlib.sha256(body).hexdigest()
