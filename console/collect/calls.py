"""Which AWS call a thread made last: the origin of what it saw, and of what it could not see."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from console.base.canonical import canonical
from console.base.clock import Clock, stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of an AWS operation."""

    operation: str
    """Service prefix and operation, such as `bedrock:GetGuardrail`; empty if none was made."""
    parameters: str
    """In canonical JSON."""
    request_id: str
    observed_at: str
    """RFC 3339, UTC."""


class Calls:
    """Remembers each thread's last call and counts the requests of all; hears botocore's events."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._mine = threading.local()
        self._lock = threading.Lock()
        self._requests = 0

    @property
    def requests(self) -> int:
        """How many requests were sent so far, retries included."""
        return self._requests

    @property
    def today(self) -> date:
        """The day, in UTC."""
        return self._clock().date()

    @property
    def last(self) -> Call:
        """This thread's last call since `forget`."""
        made: Call | None = getattr(self._mine, "call", None)
        return made or Call(operation="", parameters="{}", request_id="", observed_at=stamp(self._clock()))

    def forget(self) -> None:
        """Begin anew in this thread."""
        self._mine.call = None

    def count_request(self) -> None:
        """Count one request that is about to be sent."""
        with self._lock:
            self._requests += 1

    def heard_call(self, *, params: Mapping[str, object], model: Any, **_: object) -> None:  # noqa: ANN401
        """Note that a call begins: botocore's `provide-client-params`."""
        prefix = model.service_model.signing_name
        self._mine.call = Call(
            operation=f"{prefix}:{model.name}",
            parameters=canonical(dict(params)).decode(),
            request_id="",
            observed_at=stamp(self._clock()),
        )

    def heard_answer(self, *, parsed: Mapping[str, Any], **_: object) -> None:
        """Note what AWS calls the answer: botocore's `after-call`."""
        request_id = str(parsed.get("ResponseMetadata", {}).get("RequestId", ""))
        self._mine.call = replace(self.last, request_id=request_id, observed_at=stamp(self._clock()))
