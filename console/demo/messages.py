"""What travels between the socket, AWS's protocols and the operations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

Payload = dict[str, Any]
"""A structure with the member names of AWS's models."""


class Ending(Enum):
    """What becomes of the connection after an answer."""

    KEEP = "keep"
    CLOSE = "close"
    RESET = "reset"
    """Nothing is sent: the client sees its connection reset."""


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request."""

    method: str
    target: str
    """Path and query, as they were sent."""
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes


@dataclass(frozen=True, slots=True)
class Response:
    """One HTTP response."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    ending: Ending = Ending.KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a client asks for, before anybody looked whether it may."""

    service: str
    operation: str
    parameters: Payload
    access_key: str
    token: str
    region: str


class RefusedError(Exception):
    """AWS's own refusal, with the code and status that AWS gives it."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = headers or {}


class WrongAnswerError(Exception):
    """The stand-in was about to answer what AWS's model does not allow: a bug of ours, said loudly."""


class UnknownOperationError(Exception):
    """The request names no operation of its service."""
