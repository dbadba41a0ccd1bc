"""A request with all that was done about it: its state, its clock, who must act next; computed from signed records."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from console.deletion.due import Due, Stop, fixed_due, statutory_due
from console.deletion.plan import Plan, plan_of
from console.deletion.request import GROUNDS, Ground
from console.deletion.target import Target, target_of


class What(StrEnum):
    """What a record says was done; a kind is for ever, because it stands in signed ledgers."""

    REQUEST = "request"
    PLAN = "plan"
    """A plan was made; its record is the requester's signature over the plan's hash."""
    ACCEPTANCE = "acceptance"
    APPROVAL = "approval"
    REFUSAL = "refusal"
    HOLD = "hold"
    RELEASE = "release"
    CLOCK_STOP = "clock-stop"
    CLOCK_START = "clock-start"
    EXTENSION = "extension"
    WITHDRAWAL = "withdrawal"
    BEGUN = "begun"
    """A step is about to be sent to AWS: written before it is."""
    DONE = "done"
    STOPPED = "stopped"
    EXECUTED = "executed"
    VERIFICATION = "verification"
    CERTIFICATE = "certificate"
    ERASURE = "erasure"
    """What the console itself had kept was erased from its store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One signed record about a request."""

    what: What
    request_id: str
    person: str
    identity: str
    """As `people.canonical_identity` gives it."""
    caller: str
    """The ARN that `sts:GetCallerIdentity` gave at signing."""
    at: str
    """RFC 3339, UTC."""
    key: str
    """The signer's public key in OpenSSH's form."""
    fingerprint: str
    said: Mapping[str, Any]
    digest: str
    """SHA-256 of the signed record."""
    problem: str = ""
    """Why it does not count; empty if it does."""
    sequence: int = 0


class State(StrEnum):
    """How a request stands; each has one reason."""

    REQUESTED = "requested"
    BLOCKED = "blocked"
    READY = "ready for approval"
    EXPIRED = "plan expired"
    REFUSED = "refused"
    APPROVED = "approved"
    HELD = "on hold"
    WITHDRAWN = "withdrawn"
    EXECUTING = "executing"
    STOPPED = "stopped"
    EXECUTED = "executed"
    UNVERIFIED = "verification failed"
    VERIFIED = "verified"
    CERTIFIED = "certified"


NEXT: Mapping[State, tuple[str, str]] = {
    State.REQUESTED: ("requester", "Make the plan"),
    State.BLOCKED: ("requester", "Remove or accept each blocker, and make the plan anew"),
    State.READY: ("approver", "Read the plan, and sign or refuse it"),
    State.EXPIRED: ("requester", "Make the plan anew: what was signed no longer counts"),
    State.REFUSED: ("requester", "Answer the refusal with a new plan, or withdraw"),
    State.APPROVED: ("executor", "Carry the plan out, or hand its runbook over"),
    State.HELD: ("holder", "Lift the hold when its reason is over"),
    State.WITHDRAWN: ("nobody", "Nothing is left to do"),
    State.EXECUTING: ("executor", "Carry the plan out to its end"),
    State.STOPPED: ("executor", "Look into the step that stopped it, then go on or plan anew"),
    State.EXECUTED: ("anyone", "Verify that everything is gone"),
    State.UNVERIFIED: ("requester", "Look into what is still there, and plan anew"),
    State.VERIFIED: ("anyone", "Issue the certificate"),
    State.CERTIFIED: ("nobody", "Nothing is left to do"),
}
"""Who must act in each state, and what they do."""
_ENDS = (State.WITHDRAWN, State.CERTIFIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A request and its history."""

    id: str
    target: Target
    ground: Ground
    why: str
    subject: str
    received_on: date
    due: Due
    state: State
    entries: tuple[Entry, ...]
    """Oldest first, those that do not count among them."""
    plan: Plan | None = None
    """The newest."""
    plan_entry: Entry | None = None
    approval: Entry | None = None
    """The one that counts for the newest plan."""
    accepted: Mapping[str, Entry] = field(default_factory=dict)
    """Acceptances by the id of the blocker."""

    @property
    def request(self) -> Entry:
        """The record that raised it."""
        return next(each for each in self.entries if each.what is What.REQUEST)

    @property
    def next_actor(self) -> str:
        """Who must act: a role, not a person."""
        return "anyone" if self._waits_for_second() else NEXT[self.state][0]

    @property
    def next_action(self) -> str:
        """What they do."""
        again = f"Verify again from {self.verify_again_on} on"
        return again if self._waits_for_second() else NEXT[self.state][1]

    @property
    def is_ended(self) -> bool:
        """Tell whether nobody has to act any more."""
        return self.state in _ENDS and not self._waits_for_second()

    @property
    def verify_again_on(self) -> str:
        """The day from which everything is to be verified once more; empty before execution, and once that was done."""
        executed = self.about_plan(What.EXECUTED)
        day = str(executed[-1].said.get("verify_again_on", "")) if executed else ""
        found = self.verification
        return "" if found is not None and found.at[:10] >= day else day

    def _waits_for_second(self) -> bool:
        return self.state is State.CERTIFIED and bool(self.verify_again_on)

    def of(self, *whats: What) -> tuple[Entry, ...]:
        """Return the records of these kinds that count, oldest first."""
        return tuple(each for each in self.entries if each.what in whats and not each.problem)

    def about_plan(self, *whats: What) -> tuple[Entry, ...]:
        """Return those of them that are about the newest plan."""
        digest = self.plan.sha256 if self.plan else ""
        return tuple(each for each in self.of(*whats) if each.said.get("plan_sha256") == digest)

    @property
    def done(self) -> Mapping[str, Entry]:
        """The record of each step that was carried out, by the step's id."""
        return {str(each.said["step"]): each for each in self.about_plan(What.DONE)}

    @property
    def verification(self) -> Entry | None:
        """The newest verification of the newest plan."""
        found = self.about_plan(What.VERIFICATION)
        return found[-1] if found else None

    @property
    def evidence(self) -> tuple[int, ...]:
        """The ledger's entries that it consists of."""
        return tuple(each.sequence for each in self.entries if each.sequence)


def cases_of(entries: Iterable[Entry], now: datetime) -> tuple[Case, ...]:
    """Put records together by request, those due soonest first; records of a request that is not there are left out."""
    by_request: dict[str, list[Entry]] = {}
    for each in entries:
        by_request.setdefault(each.request_id, []).append(each)
    cases = [case_of(held, now) for held in by_request.values()]
    found = [each for each in cases if each is not None]
    return tuple(sorted(found, key=lambda each: (each.is_ended, each.due.on, each.id)))


def case_of(entries: Sequence[Entry], now: datetime) -> Case | None:
    """Put the records of one request together; None if the request itself does not count."""
    held = sorted(entries, key=lambda each: (each.at, each.sequence, each.digest))
    request = next((each for each in held if each.what is What.REQUEST and not each.problem), None)
    if request is None:
        return None
    good = [each for each in held if not each.problem]
    said, ground = request.said, GROUNDS[request.said["ground"]]
    planned = _newest_plan(good)
    plan, plan_entry = planned or (None, None)
    approval = _answer(good, plan, What.APPROVAL)
    return Case(
        id=request.request_id,
        target=target_of(said["target"]),
        ground=ground,
        why=said["why"],
        subject=said["subject"],
        received_on=date.fromisoformat(said["received_on"]),
        due=_due(good, said, ground, now.date()),
        state=_state(good, plan, approval, now),
        entries=tuple(held),
        plan=plan,
        plan_entry=plan_entry,
        approval=approval,
        accepted={str(each.said["blocker"]): each for each in good if each.what is What.ACCEPTANCE},
    )


def _newest_plan(good: Sequence[Entry]) -> tuple[Plan, Entry] | None:
    plans = [each for each in good if each.what is What.PLAN]
    return (plan_of(plans[-1].said["plan"]), plans[-1]) if plans else None


def _answer(good: Sequence[Entry], plan: Plan | None, what: What) -> Entry | None:
    """Return the last record of a kind that is about the plan."""
    found = [each for each in good if plan and each.what is what and each.said["plan_sha256"] == plan.sha256]
    return found[-1] if found else None


def _due(good: Sequence[Entry], said: Mapping[str, Any], ground: Ground, today: date) -> Due:
    if not ground.is_statutory:
        return fixed_due(date.fromisoformat(said["due_on"]), today)
    stops: list[Stop] = []
    for each in good:
        if each.what is What.CLOCK_STOP and (not stops or stops[-1].until):
            stops.append(Stop(date.fromisoformat(each.said["on"]), None))
        elif each.what is What.CLOCK_START and stops and stops[-1].until is None:
            stops[-1] = Stop(stops[-1].on, date.fromisoformat(each.said["on"]))
    return statutory_due(
        date.fromisoformat(said["received_on"]),
        is_extended=any(each.what is What.EXTENSION for each in good),
        stops=stops,
        today=today,
    )


def is_held(entries: Sequence[Entry]) -> bool:
    """Tell whether a hold is on a request: the last word counts."""
    words = [each.what for each in entries if each.what in (What.HOLD, What.RELEASE) and not each.problem]
    return bool(words) and words[-1] is What.HOLD


def _state(good: Sequence[Entry], plan: Plan | None, approval: Entry | None, now: datetime) -> State:
    if any(each.what is What.WITHDRAWAL for each in good):
        return State.WITHDRAWN
    after = _after_approval(good, plan)
    if after in (State.CERTIFIED, State.VERIFIED, State.UNVERIFIED, State.EXECUTED):
        return after
    if is_held(good):
        return State.HELD
    return after or _before_execution(good, plan, approval, now)


def _before_execution(
    good: Sequence[Entry], plan: Plan | None, approval: Entry | None, now: datetime
) -> State:
    if plan is None:
        return State.REQUESTED
    if plan.is_blocked:
        return State.BLOCKED
    refusal = _answer(good, plan, What.REFUSAL)
    if refusal is not None and (approval is None or refusal.at >= approval.at):
        return State.REFUSED
    if plan.is_expired(now):
        return State.EXPIRED
    return State.APPROVED if approval is not None else State.READY


def _after_approval(good: Sequence[Entry], plan: Plan | None) -> State | None:
    """Return the state that follows from what was carried out; None if nothing was begun."""
    about = [each for each in good if plan and each.said.get("plan_sha256") == plan.sha256]
    whats = [each.what for each in about]
    if What.CERTIFICATE in whats:
        return State.CERTIFIED
    verifications = [each for each in about if each.what is What.VERIFICATION]
    if verifications and What.EXECUTED in whats:
        found = {each["result"] for each in verifications[-1].said["results"]}
        if found <= {"absent"}:
            return State.VERIFIED
        return State.EXECUTED if found <= {"absent", "scheduled"} else State.UNVERIFIED
    if What.EXECUTED in whats:
        return State.EXECUTED
    acts = [each for each in whats if each in (What.BEGUN, What.DONE, What.STOPPED)]
    if not acts:
        return None
    return State.STOPPED if acts[-1] is What.STOPPED else State.EXECUTING
