"""Signed records in the form in which they are kept and travel: read, and held to their shape."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from console.base.canonical import canonical, sha256_hex
from console.base.clock import parse_stamp
from console.deletion.case import Entry, What
from console.deletion.errors import BadRequestError
from console.deletion.people import canonical_identity
from console.deletion.plan import plan_of
from console.deletion.request import Draft
from console.deletion.target import target_of

FORMAT = "bedrock-console/deletion-record/1"
Body = Mapping[str, Any]
"""`record`, its `signature` and the key's `fingerprint`."""
Verify = Callable[[Body], str]
"""Returns why a record's signature does not count; empty if it does."""
_TEXTS = ("format", "what", "request", "person", "identity", "caller", "at", "key")
_OF_PLAN = (
    What.APPROVAL,
    What.REFUSAL,
    What.BEGUN,
    What.DONE,
    What.STOPPED,
    What.EXECUTED,
    What.VERIFICATION,
    What.CERTIFICATE,
)
_WITH_REASON = (
    What.REFUSAL,
    What.HOLD,
    What.RELEASE,
    What.CLOCK_STOP,
    What.EXTENSION,
    What.WITHDRAWAL,
    What.ACCEPTANCE,
)


def entry_of(body: Body, verify: Verify, sequence: int = 0) -> Entry:
    """Return a record with why it does not count; raise `ValueError`, `KeyError` or `TypeError` if it is none."""
    record = body["record"]
    if not all(isinstance(record[name], str) for name in _TEXTS) or record["format"] != FORMAT:
        raise ValueError("it is no record of a form that this build knows")
    parse_stamp(record["at"])
    what, said = What(record["what"]), record["said"]
    problem = verify(body)
    if not problem and canonical_identity(record["caller"]) != record["identity"]:
        problem = "the identity is not that of the caller"
    return Entry(
        what=what,
        request_id=record["request"],
        person=record["person"],
        identity=record["identity"],
        caller=record["caller"],
        at=record["at"],
        key=record["key"],
        fingerprint=str(body["fingerprint"]),
        said=said,
        digest=sha256_hex(canonical(record)),
        problem=problem or problem_of_said(what, record["request"], said),
        sequence=sequence,
    )


def problem_of_said(what: What, request_id: str, said: Mapping[str, Any]) -> str:
    """Return why what a record says is not in its form; empty if it is."""
    try:
        _hold(what, request_id, said)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return f"it says nothing that can be understood: {type(error).__name__} {error}"
    return ""


def _hold(what: What, request_id: str, said: Mapping[str, Any]) -> None:
    if what is What.REQUEST:
        _hold_request(said)
    if what is What.PLAN:
        plan = plan_of(said["plan"])
        if plan.sha256 != said["plan_sha256"] or plan.request_id != request_id:
            raise ValueError("the plan is not the one that was signed")
    if what in _OF_PLAN and len(bytes.fromhex(said["plan_sha256"])) != 32:  # noqa: PLR2004 - bytes of a SHA-256
        raise ValueError("it names no plan")
    if what in _WITH_REASON and not str(said["reason"]).strip():
        raise ValueError("it gives no reason")
    if what in (What.CLOCK_STOP, What.CLOCK_START):
        date.fromisoformat(said["on"])
    for name in _WORDS.get(what, ()):
        if not isinstance(said[name], str):
            raise TypeError(f"{name} is no text")
    for each in said["results"] if what is What.VERIFICATION else ():
        "".join(each[name] for name in ("step", "subject", "result", "operation"))


_WORDS: Mapping[What, tuple[str, ...]] = {
    What.BEGUN: ("step",),
    What.DONE: ("step", "outcome"),
    What.STOPPED: ("step", "why"),
    What.ACCEPTANCE: ("blocker",),
}


def _hold_request(said: Mapping[str, Any]) -> None:
    draft = Draft(
        target=target_of(said["target"]),
        ground=said["ground"],
        why=said["why"],
        subject=said["subject"],
        received_on=said["received_on"],
        due_on=said["due_on"],
    )
    try:
        draft.record()
    except BadRequestError as error:
        raise ValueError(str(error)) from None
