"""How each step of a plan stands: read from what was signed, so that it is known after a kill too."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from console.deletion.case import Case, Entry, State, What


class StepState(StrEnum):
    """How one step stands."""

    WAITING = "waiting"
    BEGUN = "under way"
    BROKEN = "begun, not finished"
    """Its call was about to leave when the execution ended: it is looked at before anything is sent again."""
    DONE = "done"
    STOPPED = "stopped here"
    ABSENT = "verified absent"
    SCHEDULED = "verified scheduled"
    PRESENT = "still there"
    UNKNOWN = "not verified"


_BY_RESULT: Mapping[str, StepState] = {
    "absent": StepState.ABSENT,
    "scheduled": StepState.SCHEDULED,
    "present": StepState.PRESENT,
    "unknown": StepState.UNKNOWN,
}
_ACTED = (
    State.APPROVED,
    State.EXECUTING,
    State.STOPPED,
    State.EXECUTED,
    State.UNVERIFIED,
    State.VERIFIED,
    State.CERTIFIED,
)
"""States in which steps stand somehow."""
_BY_RECORD: Mapping[What, StepState] = {
    What.BEGUN: StepState.BROKEN,
    What.DONE: StepState.DONE,
    What.STOPPED: StepState.STOPPED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepProgress:
    """What is known of one step."""

    step: str
    """Its id."""
    state: StepState
    at: str = ""
    """RFC 3339; empty while it waits."""
    request_ids: tuple[str, ...] = ()
    """What AWS calls the calls that were sent, oldest first."""
    detail: str = ""
    """What came of it, in words."""

    def record(self) -> dict[str, Any]:
        """Return it in JSON types, as a child process tells it."""
        return {
            "step": self.step,
            "state": self.state.value,
            "at": self.at,
            "request_ids": list(self.request_ids),
            "detail": self.detail,
        }


def progress_of_record(record: Mapping[str, Any]) -> StepProgress:
    """Read what `StepProgress.record` wrote; raise `ValueError`, `KeyError` or `TypeError` for anything else."""
    return StepProgress(
        step=str(record["step"]),
        state=StepState(record["state"]),
        at=str(record["at"]),
        request_ids=tuple(str(each) for each in record["request_ids"]),
        detail=str(record["detail"]),
    )


def verified_state(result: str) -> StepState:
    """Return the state of a step after it was looked for, by what came of looking."""
    return _BY_RESULT.get(result, StepState.UNKNOWN)


def progress_of(case: Case) -> dict[str, StepProgress]:
    """Return how each step of the newest plan stands, by its id; nothing before it was approved."""
    if case.plan is None or case.state not in _ACTED:
        return {}
    found = {each.id: StepProgress(step=each.id, state=StepState.WAITING) for each in case.plan.steps}
    for entry in case.about_plan(*_BY_RECORD):
        found[str(entry.said["step"])] = _acted(entry)
    verification = case.verification
    for each in verification.said["results"] if verification else ():
        before = found.get(each["step"])
        if before is not None:
            found[each["step"]] = _looked_for(before, each, verification.at if verification else "")
    return found


def _acted(entry: Entry) -> StepProgress:
    said = entry.said
    return StepProgress(
        step=str(said["step"]),
        state=_BY_RECORD[entry.what],
        at=entry.at,
        request_ids=tuple(each for each in said.get("request_ids", ()) if each),
        detail=str(said.get("outcome", said.get("why", ""))),
    )


def _looked_for(before: StepProgress, result: Mapping[str, Any], at: str) -> StepProgress:
    return StepProgress(
        step=before.step,
        state=verified_state(result["result"]),
        at=at,
        request_ids=before.request_ids,
        detail=str(result.get("words", result["operation"])),
    )
