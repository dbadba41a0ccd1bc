"""The one way a request leaves: only to AWS or a stand-in on this machine, and no answer unguarded."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from botocore.httpsession import URLLib3Session

from console.collect.answers import check_answer
from console.collect.calls import Calls
from console.collect.errors import RefusedHostError
from console.collect.pacing import ClientPace
from console.collect.retries import Pauses

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Transport:
    """Sends the requests of one client; registered for botocore's `before-send`, it takes the place of its own."""

    def __init__(
        self,
        client: Any,  # noqa: ANN401 - botocore is untyped
        session: URLLib3Session,
        suffixes: Sequence[str],
        calls: Calls,
        pace: ClientPace,
        pauses: Pauses,
    ) -> None:
        self._model = client.meta.service_model
        self._session = session
        self._calls = calls
        self._pace = pace
        self._pauses = pauses
        self._suffixes = suffixes
        self._endpoint = client.meta.endpoint_url
        self._refusal = refusal(self._endpoint, suffixes)

    def send(self, request: Any, event_name: str, **_: object) -> Any:  # noqa: ANN401
        """Send a prepared request when it is its turn, and return its answer once that was checked."""
        request.url = _without_label(request.url, self._endpoint)
        if refused := self._refusal or self._astray(request.url):
            raise RefusedHostError(refused)
        name = event_name.rpartition(".")[2]
        self._pauses.wait(self._pace.take(name))
        with self._pauses.on_line():
            self._calls.count_request()
            answer = self._session.send(request)
        operation = self._model.operation_model(name)
        check_answer(operation, answer.status_code, answer.headers, answer.content)
        if operation.has_streaming_output:
            answer.raw = BytesIO(answer.content)  # the check has read the stream to its end
        return answer

    def _astray(self, url: str) -> str:
        """Return why a request may not leave the endpoint that its client was made for; empty if it may.

        Where a service answers in one Region alone, or gives things hosts of their own, botocore decides for each
        request: from AWS to AWS is no straying. What was meant for a stand-in never goes further.
        """
        if _origin(url) == _origin(self._endpoint):
            return ""
        is_local = urlsplit(self._endpoint).hostname in _LOOPBACK or urlsplit(url).hostname in _LOOPBACK
        astray = f"a request for {self._endpoint} was about to go elsewhere"
        return astray if is_local else refusal(url, self._suffixes)


def refusal(endpoint: str, suffixes: Sequence[str]) -> str:
    """Return why no credentials may go to an endpoint; empty if they may.

    >>> refusal("https://bedrock.eu-west-2.amazonaws.com", ("amazonaws.com",))
    ''
    >>> refusal("http://stand-in.example", ("amazonaws.com",))
    'http://stand-in.example is not https'
    """
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    if host in _LOOPBACK:
        return ""
    if parts.scheme != "https":
        return f"{endpoint} is not https"
    if not any(host.endswith("." + suffix) for suffix in suffixes):
        return f"{host} is not a host of AWS"
    return ""


def _without_label(url: str, endpoint: str) -> str:
    """Return an address at a stand-in without the label that an account has in front of AWS's host.

    A number of this machine has no names below it.
    """
    local, asked = urlsplit(endpoint), urlsplit(url)
    if local.hostname in _LOOPBACK and asked.netloc.endswith(f".{local.netloc}"):
        return urlunsplit(asked._replace(netloc=local.netloc))
    return url


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return (parts.scheme, parts.hostname or "", parts.port)
