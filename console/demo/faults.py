"""Faults that a client must survive without taking them for "nothing there"; set over the control path."""

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from xml.etree import ElementTree as ET

from console.demo.messages import Call, Ending, Payload, Response
from console.demo.models import protocol_of
from console.demo.writing import write_refusal

_CODES: Mapping[str, Mapping[str, tuple[int, str]]] = {
    "denied": {
        "json": (400, "AccessDeniedException"),
        "rest-json": (403, "AccessDeniedException"),
        "query": (403, "AccessDenied"),
        "ec2": (403, "UnauthorizedOperation"),
        "rest-xml": (403, "AccessDenied"),
    },
    "throttled": {
        "json": (400, "ThrottlingException"),
        "rest-json": (429, "ThrottlingException"),
        "query": (400, "Throttling"),
        "ec2": (503, "RequestLimitExceeded"),
        "rest-xml": (503, "SlowDown"),
    },
    "expired": {
        "json": (400, "ExpiredTokenException"),
        "rest-json": (403, "ExpiredTokenException"),
        "query": (403, "ExpiredToken"),
        "ec2": (400, "RequestExpired"),
        "rest-xml": (400, "ExpiredToken"),
    },
    "not_enabled": {
        "json": (400, "OptInRequired"),
        "rest-json": (403, "OptInRequired"),
        "query": (403, "OptInRequired"),
        "ec2": (401, "OptInRequired"),
        "rest-xml": (403, "OptInRequired"),
    },
    "failed": {
        "json": (500, "InternalFailure"),
        "rest-json": (500, "InternalServerException"),
        "query": (500, "InternalFailure"),
        "ec2": (500, "InternalError"),
        "rest-xml": (500, "InternalError"),
    },
}
"""AWS's status and code of each refusal, by protocol."""
_TOKENS = frozenset({"nexttoken", "marker", "nextmarker"})
_HTML = b"<html><head><title>Sign in</title></head><body>The page cannot be displayed</body></html>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong with matching calls."""

    kind: str
    """One of `KINDS`."""
    service: str = "*"
    operation: str = "*"
    account: str = "*"
    region: str = "*"
    times: int = -1
    """How many calls it befalls; -1 for all."""
    after: int = 0
    """How many matching calls it lets through first."""
    seconds: float = 0.0
    """How long a slow answer takes."""
    member: str = ""
    """The member that `missing_member` takes away; empty for every one."""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"there is no fault {self.kind!r}; there are {', '.join(KINDS)}")

    def befalls(self, call: Call, account: str) -> bool:
        """Tell whether a call matches."""
        pairs = (
            (self.service, call.service),
            (self.operation, call.operation),
            (self.account, account),
            (self.region, call.region),
        )
        return self.times != 0 and all(wanted in ("*", found) for wanted, found in pairs)


class Faults:
    """The faults that are set; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._set: list[Fault] = []

    def listed(self) -> list[Payload]:
        """Return the faults, as they are now."""
        with self._lock:
            return [asdict(fault) for fault in self._set]

    def add(self, faults: Sequence[Mapping[str, object]]) -> None:
        """Set more faults; raise `ValueError` or `TypeError` for what is none."""
        made = [Fault(**each) for each in faults]  # type: ignore[arg-type]
        with self._lock:
            self._set += made

    def clear(self) -> None:
        """Set none."""
        with self._lock:
            self._set = []

    def strike(self, call: Call, account: str) -> Fault | None:
        """Return the first fault that befalls a call, and count it."""
        with self._lock:
            for index, fault in enumerate(self._set):
                if fault.befalls(call, account):
                    if fault.after > 0:
                        self._set[index] = replace(fault, after=fault.after - 1)
                        continue
                    if fault.times > 0:
                        self._set[index] = replace(fault, times=fault.times - 1)
                    return fault
        return None


def refusal(kind: str, call: Call, request_id: str, message: str = "") -> Response | None:
    """Return the refusal that a fault gives in place of an answer; None if it only spoils the answer."""
    codes = _CODES.get(kind)
    if codes is None:
        return None
    status, code = codes[protocol_of(call.service)]
    said = message or f"{call.service}:{call.operation} was {kind}, as was asked for"
    return write_refusal(call.service, status, code, said, request_id)


def spoil(fault: Fault, answer: Response) -> Response:
    """Return a right answer as the fault leaves it."""
    spoiler = _SPOILERS.get(fault.kind)
    return spoiler(fault, answer) if spoiler else answer


def _cut(_: Fault, answer: Response) -> Response:
    """Send half of what Content-Length promises, then close."""
    headers = {**answer.headers, "Content-Length": str(len(answer.body))}
    half = answer.body[: len(answer.body) // 2]
    return replace(answer, headers=headers, body=half, ending=Ending.CLOSE)


def _cut_quietly(_: Fault, answer: Response) -> Response:
    """Send half, with a Content-Length that fits the half."""
    return replace(answer, body=answer.body[: len(answer.body) // 2])


def _html(_: Fault, answer: Response) -> Response:
    """Answer like a proxy's sign-in page, with status 200."""
    return replace(answer, headers={**answer.headers, "Content-Type": "text/html"}, body=_HTML)


def _empty(_: Fault, answer: Response) -> Response:
    return replace(answer, body=b"")


def _malformed(_: Fault, answer: Response) -> Response:
    """Answer with bytes that are neither JSON nor XML."""
    return replace(answer, body=b'\x00{"<' + answer.body[:20])


def _missing_member(fault: Fault, answer: Response) -> Response:
    if answer.body[:1] == b"{":
        value = json.loads(answer.body)
        kept = {name: each for name, each in value.items() if fault.member not in ("", name)}
        return replace(answer, body=json.dumps(kept).encode())
    root = ET.fromstring(answer.body)  # noqa: S314 - it is our own answer
    inner = next((each for each in root if each.tag.endswith("Result")), root)
    for each in list(inner):
        if each.tag == fault.member or (not fault.member and each.tag != "requestId"):
            inner.remove(each)
    return replace(answer, body=ET.tostring(root))


def _repeated_token(_: Fault, answer: Response) -> Response:
    """Promise one more page for ever, by the same token."""
    value = json.loads(answer.body)
    token = next((name for name in value if name.lower() in _TOKENS), "nextToken")
    return replace(answer, body=json.dumps({**value, token: "again"}).encode())


def _reset(_: Fault, answer: Response) -> Response:
    return replace(answer, ending=Ending.RESET)


_SPOILERS: Mapping[str, Callable[[Fault, Response], Response]] = {
    "cut": _cut,
    "cut_quietly": _cut_quietly,
    "html": _html,
    "empty": _empty,
    "malformed": _malformed,
    "missing_member": _missing_member,
    "repeated_token": _repeated_token,
    "reset": _reset,
}
KINDS = (*_CODES, *_SPOILERS, "slow")
"""Refusals, spoilt answers, and answers that take long."""
