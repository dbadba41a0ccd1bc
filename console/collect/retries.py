"""When a call that failed is made again, and after what pause; a refresh that is stopped waits for nothing."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import random
from typing import Any

from botocore import exceptions as aws

from console.base.clock import Clock
from console.collect.errors import THROTTLED

_AGAIN = frozenset(
    {"InternalError", "InternalFailure", "RequestTimeout", "RequestTimeoutException", "ServiceUnavailable",
     "TransactionInProgressException"}
)  # fmt: skip
_AGAIN_STATUS = frozenset({429, 500, 502, 503, 504, 509})
_TOO_MANY = 429
_AGAIN_ERRORS = (aws.ConnectionError, aws.HTTPClientError)
_NEVER_ERRORS = (aws.SSLError, aws.ProxyConnectionError)
_FIRST_SECONDS = 0.5
_LONGEST_SECONDS = 20.0
_PATIENCE_SECONDS = 120.0
"""A pause that AWS asks for and that is longer than this is not waited for: the step is a gap."""


class StoppedError(Exception):
    """The refresh was stopped while a call waited for its turn; the step is neither facts nor a gap."""


class Pauses:
    """Waits that end at once when the refresh is stopped: for a moment, and for one of a few places on the line."""

    def __init__(self, stopped: threading.Event, places: int = 1) -> None:
        self._stopped = stopped
        self._line = threading.BoundedSemaphore(places)

    def wait(self, seconds: float) -> None:
        """Wait; raise `StoppedError` if the refresh is stopped before, or is stopped already."""
        if self._stopped.is_set() or (seconds > 0 and self._stopped.wait(seconds)):
            raise StoppedError("the refresh was stopped")

    @contextmanager
    def on_line(self) -> Iterator[None]:
        """Hold a place for one request; raise `StoppedError` if the refresh was stopped before it was free."""
        with self._line:
            self.wait(0.0)
            yield


class Retries:
    """Takes the place of botocore's own retries for one client: listens to `needs-retry`."""

    def __init__(
        self,
        attempts: int,
        pauses: Pauses,
        slow_down: Callable[[str], object],
        clock: Clock,
        *,
        chance: Callable[[], float] = random,
    ) -> None:
        self._attempts = attempts
        self._pauses = pauses
        self._slow_down = slow_down
        self._clock = clock
        self._chance = chance

    def heard(
        self,
        *,
        response: Any,  # noqa: ANN401 - botocore is untyped
        attempts: int,
        caught_exception: Exception | None,
        operation: Any,  # noqa: ANN401
        **_: object,
    ) -> float | None:
        """Return 0, after a pause, if the call is to be made again, and None if what came of it stands."""
        answer = response[0] if response else None
        code = response[1].get("Error", {}).get("Code", "") if response else ""
        if is_throttling(code, answer.status_code if answer else 0):
            self._slow_down(operation.name)
        elif not is_passing(code, answer.status_code if answer else 0, caught_exception):
            return None
        asked = asked_pause(answer.headers if answer else {}, self._clock)
        if attempts >= self._attempts or asked > _PATIENCE_SECONDS:
            return None
        self._pauses.wait(max(asked, jittered(attempts, self._chance)))
        return 0.0


def is_throttling(code: str, status: int) -> bool:
    """Tell whether AWS asks for a slower pace."""
    return code in THROTTLED or status == _TOO_MANY


def is_passing(code: str, status: int, error: Exception | None) -> bool:
    """Tell whether a failure may be gone at the next try."""
    if error is not None:
        return isinstance(error, _AGAIN_ERRORS) and not isinstance(error, _NEVER_ERRORS)
    return code in _AGAIN or status in _AGAIN_STATUS


def jittered(attempts: int, chance: Callable[[], float]) -> float:
    """Return a pause of anything up to a bound that doubles with each try, so that threads do not return together."""
    return chance() * min(_FIRST_SECONDS * 2.0 ** (attempts - 1), _LONGEST_SECONDS)


def asked_pause(headers: Mapping[str, str], clock: Clock) -> float:
    """Return the seconds that an answer asks to wait (`Retry-After`, as seconds or as a date); 0 if it does not."""
    said = headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        moment: datetime = parsedate_to_datetime(said)
    except ValueError:
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    seconds: float = (moment - clock()).total_seconds()
    return max(0.0, seconds)
