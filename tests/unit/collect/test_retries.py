import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from botocore import exceptions as aws
from hypothesis import given
from hypothesis import strategies as st

from console.collect.answers import BadAnswerError
from console.collect.retries import Pauses, Retries, StoppedError, asked_pause, is_passing, jittered
from unit.collect.answering import Answer, of_json
from unit.collect.test_sessions import CALLER

NOW = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)


@dataclass
class Waited(threading.Event):
    """An event that keeps how long it was waited for, and is never waited for."""

    seconds: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def wait(self, timeout: float | None = None) -> bool:
        self.seconds.append(timeout or 0.0)
        return False


@dataclass(frozen=True)
class Got:
    """As much of an answer as a retry looks at."""

    status_code: int
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Operation:
    name: str = "ListGuardrails"


def heard(
    status: int, code: str = "", attempts: int = 1, headers: dict[str, str] | None = None
) -> tuple[float | None, list[float], list[str]]:
    waited, slowed = Waited(), []
    retries = Retries(5, Pauses(waited), slowed.append, lambda: NOW, chance=lambda: 1.0)
    response = (Got(status, headers or {}), {"Error": {"Code": code}})
    again = retries.heard(
        response=response, attempts=attempts, caught_exception=None, operation=Operation(), endpoint=None
    )
    return again, waited.seconds, slowed


def test_an_answer_stands() -> None:
    assert heard(200) == (None, [], [])
    assert heard(403, "AccessDeniedException") == (None, [], [])


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_an_error_that_may_pass_is_tried_again_after_a_pause(status: int) -> None:
    assert heard(status) == (0.0, [0.5], [])
    assert heard(status, attempts=4) == (0.0, [4.0], [])
    assert heard(status, attempts=5) == (None, [], [])


@pytest.mark.parametrize(
    ("status", "code"), [(400, "ThrottlingException"), (429, ""), (503, "RequestLimitExceeded")]
)
def test_throttling_slows_the_family_even_at_the_last_try(status: int, code: str) -> None:
    assert heard(status, code) == (0.0, [0.5], ["ListGuardrails"])
    assert heard(status, code, attempts=5) == (None, [], ["ListGuardrails"])


def test_a_pause_that_aws_asks_for_is_kept_and_one_too_long_is_not_waited_for() -> None:
    assert heard(503, headers={"Retry-After": "7"})[:2] == (0.0, [7.0])
    assert heard(503, headers={"Retry-After": "Mon, 23 Nov 2026 09:14:30 GMT"})[:2] == (0.0, [30.0])
    assert heard(503, headers={"Retry-After": "600"})[:2] == (None, [])


@pytest.mark.parametrize("said", ["", "soon", "-3", "Mon, 23 Nov 2026 09:13:00 GMT", "\u0663"])
def test_what_asks_for_no_pause_is_no_pause(said: str) -> None:
    assert asked_pause({"Retry-After": said}, lambda: NOW) == 0


def test_a_time_without_a_zone_is_universal() -> None:
    assert asked_pause({"Retry-After": "Mon, 23 Nov 2026 09:14:05 -0000"}, lambda: NOW) == 5


@given(st.integers(1, 50), st.floats(0, 1))
def test_pauses_are_anything_up_to_a_bound_that_stops_growing(attempts: int, chance: float) -> None:
    assert 0 <= jittered(attempts, lambda: chance) <= min(0.5 * 2 ** (attempts - 1), 20)


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (aws.ReadTimeoutError(endpoint_url="u"), True),
        (aws.EndpointConnectionError(endpoint_url="u"), True),
        (BadAnswerError(error="cut"), True),
        (aws.SSLError(endpoint_url="u", error="self-signed"), False),
        (aws.ProxyConnectionError(proxy_url="u"), False),
        (aws.NoCredentialsError(), False),
        (StoppedError(), False),
    ],
)
def test_which_failures_may_pass(error: Exception, *, again: bool) -> None:
    assert is_passing("", 0, error) is again


def test_a_wait_ends_when_the_refresh_is_stopped() -> None:
    stopped = threading.Event()
    pauses = Pauses(stopped)
    pauses.wait(0)
    threading.Timer(0.05, stopped.set).start()
    with pytest.raises(StoppedError):
        pauses.wait(600)
    with pytest.raises(StoppedError):
        pauses.wait(0)


def test_no_more_are_on_the_line_than_there_are_places() -> None:
    pauses = Pauses(threading.Event(), 3)
    full = threading.Barrier(3)
    there: list[int] = []
    most: list[int] = []

    def send(number: int) -> None:
        with pauses.on_line():
            there.append(number)
            full.wait(10)  # passes if three are on the line at once
            most.append(len(there))
            there.remove(number)

    with ThreadPoolExecutor(12) as threads:
        list(threads.map(send, range(12)))
    assert max(most) <= 3
    assert there == []


def test_nobody_is_on_the_line_once_the_refresh_is_stopped() -> None:
    stopped = threading.Event()
    pauses = Pauses(stopped)
    stopped.set()
    with pytest.raises(StoppedError), pauses.on_line():
        pytest.fail("a request would be sent")
    stopped.clear()
    with pauses.on_line():
        pass


def test_a_stopped_session_sends_nothing_more_and_waits_for_nothing(aws) -> None:
    stopped = threading.Event()
    throttled = of_json({"message": "slow"}, 429, **{"x-amzn-ErrorType": "ThrottlingException"})
    later = Answer(throttled.body, 429, headers={**throttled.headers, "Retry-After": "100"})
    sessions, server = aws(CALLER, later, stopped=stopped, attempts=5)
    caller = sessions.caller()
    bedrock = sessions.client("bedrock", "eu-west-2")
    settled = len(server.requests)
    threading.Timer(0.3, stopped.set).start()
    with sessions.acting_as(caller), pytest.raises(StoppedError):
        bedrock.list_guardrails()
    with sessions.acting_as(caller), pytest.raises(StoppedError):
        bedrock.list_guardrails()
    assert len(server.requests) == settled + 1
