"""Canonical bytes of a JSON value (RFC 8785), so that equal evidence has equal hashes everywhere."""

import base64
import hashlib
import math
from collections.abc import Mapping
from datetime import date, datetime

import rfc8785

from console.base.clock import stamp

JsonScalar = str | int | float | bool | None
Json = JsonScalar | list["Json"] | dict[str, "Json"]

_SAFE_INTEGER = 2**53 - 1


def plain(value: object) -> Json:
    """Return `value` as JSON: times in RFC 3339, bytes in base64, integers beyond 2**53 as text.

    >>> plain({"n": 2**60, "b": b"x", "t": (1, 2)})
    {'n': '1152921504606846976', 'b': 'eA==', 't': [1, 2]}
    """
    if value is None or isinstance(value, str | bool):
        return value
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
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} has no JSON form")


def canonical(value: object) -> bytes:
    r"""Return the RFC 8785 bytes of `value`; equal values give equal bytes.

    >>> canonical({"b": 1, "a": [1.0, "é"]})
    b'{"a":[1,"\xc3\xa9"],"b":1}'
    """
    return rfc8785.dumps(plain(value))


def sha256_hex(body: bytes) -> str:
    """Return the lower-case hexadecimal SHA-256 of `body`."""
    return hashlib.sha256(body).hexdigest()
