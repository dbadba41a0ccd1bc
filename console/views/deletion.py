"""Requests to delete as tables: the queue, one plan with what is in the way first, and what happened when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from console.deletion.blockers import BLOCKERS
from console.deletion.case import Case, Entry, What
from console.deletion.plan import REFRESH, Plan, Residual, Step
from console.deletion.progress import StepProgress, StepState
from console.deletion.target import TARGET_WORDS, Target, target_of_arn
from console.views.names import count_words
from console.views.table import Column, Kind, Table
from console.views.text import inert

_NOTHING: Mapping[str, StepProgress] = MappingProxyType({})
IN_THE_WAY, UNSEEN, STEP, STAYS = "in the way", "not seen", "step", "stays"
UNLOOKED = "not looked at"
_DID: Mapping[What, str] = {
    What.REQUEST: "Raised the request",
    What.PLAN: "Made and signed the plan",
    What.ACCEPTANCE: "Accepted that something stays",
    What.APPROVAL: "Approved the plan",
    What.REFUSAL: "Refused the plan",
    What.HOLD: "Placed a hold",
    What.RELEASE: "Lifted the hold",
    What.CLOCK_STOP: "Stopped the clock",
    What.CLOCK_START: "Let the clock go on",
    What.EXTENSION: "Extended the time",
    What.WITHDRAWAL: "Withdrew the request",
    What.BEGUN: "Began a step",
    What.DONE: "Finished a step",
    What.STOPPED: "Stopped at a surprise",
    What.EXECUTED: "Carried the plan out",
    What.VERIFICATION: "Verified",
    What.CERTIFICATE: "Issued the certificate",
    What.ERASURE: "Erased the console's own copies",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One line of a plan."""

    sort: str
    """`in the way`, `not seen`, `not looked at`, `step` or `stays`."""
    number: int | None
    """A step's place in the order."""
    words: str
    subject: str
    after: str
    """Numbers of the steps that come before."""
    until: str
    remedy: str
    id: str
    state: str = ""
    """How a step stands, shown instead of `step`; empty before the plan was approved."""
    requests: str = ""
    """AWS's ids of the calls that a step sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One thing that was done about a request."""

    entry: Entry
    words: str
    detail: str


def due_words(case: Case) -> str:
    """Say when a request is due and how its clock stands."""
    day, days = case.due.on.isoformat(), case.due.days_left
    if case.is_ended:
        return f"was due {day}"
    if case.due.is_stopped:
        return f"clock stopped; else due {day}"
    if case.due.is_overdue:
        return f"overdue since {day}"
    left = "today" if not days else f"in {count_words(days, 'day', 'days')}"
    return f"due {day}, {left}{' (extended)' if case.due.is_extended else ''}"


QUEUE_COLUMNS: tuple[Column[Case], ...] = (
    Column("state", "State", lambda row: row.state.value, Kind.STATE),
    Column("due", "Due", due_words),
    Column("what", "What", lambda row: TARGET_WORDS[row.target.kind]),
    Column("name", "Name", lambda row: inert(row.target.name) or row.target.words, Kind.ARN),
    Column("actor", "Who must act", lambda row: row.next_actor),
    Column("next", "What comes next", lambda row: row.next_action),
    Column("account", "Account id", lambda row: row.target.account_id or "every account", is_shown=False),
    Column("region", "Region", lambda row: row.target.region or "every Region", is_shown=False),
    Column("ground", "Ground", lambda row: row.ground.words, is_shown=False),
    Column("subject", "Person concerned", lambda row: row.subject or "none", is_shown=False),
    Column("id", "Request", lambda row: row.id, is_shown=False),
)
PLAN_COLUMNS: tuple[Column[PlanRow], ...] = (
    Column("sort", "Part", lambda row: row.state or row.sort, Kind.STATE),
    Column("number", "Step", lambda row: "" if row.number is None else str(row.number)),
    Column("words", "What", lambda row: row.words),
    Column("subject", "Thing", lambda row: row.subject, Kind.ARN),
    Column("requests", "AWS request id", lambda row: row.requests, Kind.ARN),
    Column("remedy", "What can be done", lambda row: row.remedy),
    Column("after", "After step", lambda row: row.after),
    Column("until", "Until", lambda row: row.until, is_shown=False),
    Column("id", "Id", lambda row: row.id, is_shown=False),
)
TIMELINE_COLUMNS: tuple[Column[EventRow], ...] = (
    Column("at", "When", lambda row: row.entry.at, Kind.TIME),
    Column("what", "What", lambda row: row.words),
    Column("person", "By", lambda row: inert(row.entry.person)),
    Column("detail", "Detail", lambda row: row.detail),
    Column("identity", "Signed in to AWS as", lambda row: inert(row.entry.identity), Kind.ARN),
    Column("key", "Signing key", lambda row: row.entry.fingerprint, is_shown=False),
)


def target_in(texts: Iterable[str]) -> Target | None:
    """Return the first thing that a row names whose deletion can be asked for."""
    return next((found for text in texts if (found := target_of_arn(text)) is not None), None)


def queue_table(cases: Sequence[Case]) -> Table[Case]:
    """Build the queue: what waits for somebody first, the soonest due at the top."""
    return Table(QUEUE_COLUMNS, tuple(cases), evidence=lambda row: row.evidence)


def plan_table(plan: Plan, progress: Mapping[str, StepProgress] = _NOTHING) -> Table[PlanRow]:
    """Build a plan's table: blockers, what was not seen or looked at, then steps in their order, then what stays.

    `progress` says by ids of steps how each stands.
    """
    numbers = {step.id: number for number, step in enumerate(plan.steps, 1)}
    rows = [
        PlanRow(
            sort=IN_THE_WAY,
            number=None,
            words=inert(each.words),
            subject=inert(each.subject),
            after="",
            until=each.until[:10],
            remedy="Accept it with a reason, or remove its cause" if each.acceptable else "Remove its cause",
            id=each.id,
        )
        for each in sorted(plan.blockers, key=lambda each: (each.acceptable, BLOCKERS[each.code].words))
    ]
    rows += [
        PlanRow(
            sort=UNSEEN,
            number=None,
            words=f"Could not be read: {each.reason}",
            subject=inert(each.subject),
            after="",
            until="",
            remedy=_ask_again(each.operation),
            id="",
        )
        for each in plan.unread
    ]
    rows += [_stays(each) for each in plan.not_looked_at]
    rows += [
        PlanRow(
            sort=STEP,
            number=numbers[each.id],
            words=inert(each.words),
            subject=inert(each.subject),
            after=", ".join(str(number) for number in sorted(numbers[one] for one in each.after)),
            until="",
            remedy=_outlook(each, progress.get(each.id)),
            id=each.id,
            state=progress[each.id].state.value if each.id in progress else "",
            requests=", ".join(progress[each.id].request_ids) if each.id in progress else "",
        )
        for each in plan.steps
    ]
    rows += [_stays(each) for each in plan.residuals if not each.is_not_looked_at]
    return Table(PLAN_COLUMNS, tuple(rows))


def _outlook(step: Step, progress: StepProgress | None) -> str:
    """Say what came of a step, or before that whether it can be undone."""
    if progress is not None and progress.detail:
        return inert(progress.detail)
    return "Cannot be undone" if step.irreversible else "Can be undone"


def progress_sentence(plan: Plan, progress: Mapping[str, StepProgress]) -> str:
    """Say how many steps are done or verified, and at which the execution is or stopped; empty before it began."""
    states = [progress[each.id].state for each in plan.steps if each.id in progress]
    begun = [each for each in states if each is not StepState.WAITING]
    if not begun:
        return ""
    counts = {each: states.count(each) for each in StepState if each in begun}
    said = ", ".join(f"{count:,} {state.value}" for state, count in counts.items())
    waiting = states.count(StepState.WAITING)
    rest = f", {waiting:,} waiting" if waiting else ""
    now = next((each for each in plan.steps if _is_at(progress.get(each.id))), None)
    where = f". At: {inert(now.words)} ({inert(now.subject)})" if now else ""
    return f"{count_words(len(states), 'step', 'steps')}: {said}{rest}{where}"


def _is_at(progress: StepProgress | None) -> bool:
    return progress is not None and progress.state in (StepState.BEGUN, StepState.BROKEN, StepState.STOPPED)


def signing_words(plan: Plan) -> str:
    """Say what an approval also takes on: that nobody looked everywhere; empty if somebody did."""
    found = plan.not_looked_at
    if not found:
        return ""
    places = count_words(len(found), "place was", "places were")
    return (
        f"{places} not looked at, and the plan is not complete there. Your signature says that you know it."
    )


def _stays(residual: Residual) -> PlanRow:
    accepted = "Accepted: " if residual.accepted_by else ""
    unlooked = residual.is_not_looked_at
    remedy = "Let the reader role into the account and refresh, or sign that nobody looked"
    return PlanRow(
        sort=UNLOOKED if unlooked else STAYS,
        number=None,
        words=inert(f"{residual.words}. {residual.reason}" if unlooked else residual.words),
        subject=inert(residual.subject),
        after="",
        until=inert(residual.expires),
        remedy=remedy if unlooked else inert(f"{accepted}{residual.reason}; until: {residual.expires}"),
        id="",
    )


def timeline_table(case: Case) -> Table[EventRow]:
    """Build what happened, oldest first; what does not count says why."""
    rows = tuple(
        EventRow(entry=each, words=_DID[each.what], detail=inert(_detail(case, each)))
        for each in case.entries
    )
    return Table(TIMELINE_COLUMNS, rows, evidence=lambda row: (row.entry.sequence,))


def queue_sentence(cases: Sequence[Case]) -> str:
    """Say how many requests wait, and for whom; empty if none does."""
    waiting = [each for each in cases if not each.is_ended]
    if not waiting:
        return ""
    late = sum(each.due.is_overdue for each in waiting)
    by_actor: dict[str, int] = {}
    for each in waiting:
        by_actor[each.next_actor] = by_actor.get(each.next_actor, 0) + 1
    whom = ", ".join(f"{count:,} for the {actor}" for actor, count in sorted(by_actor.items()))
    said = f"{count_words(len(waiting), 'request waits', 'requests wait')}: {whom}"
    return f"{said}; {late:,} overdue" if late else said


def case_sentence(case: Case) -> str:
    """Say what a request is about, how it stands and who must act."""
    plan = f", plan {case.plan.sha256[:12]}" if case.plan else ""
    return (
        f"{case.id}: {inert(case.target.words)}. {case.ground.words}. {case.state.value.capitalize()}{plan}. "
        f"Next: {case.next_action} ({case.next_actor})."
    )


def _ask_again(operation: str) -> str:
    """Say what lets a thing be seen in the next plan."""
    if operation == REFRESH:
        return "Refresh this kind in this account, and make the plan anew"
    return f"Allow {inert(operation)} to the reader role, and make the plan anew"


def _detail(case: Case, entry: Entry) -> str:
    if entry.problem:
        return f"Does not count: {entry.problem}"
    said = entry.said
    if entry.what in (What.BEGUN, What.DONE, What.STOPPED):
        steps = {each.id: each.subject for each in case.plan.steps} if case.plan else {}
        return f"{steps.get(said['step'], said['step'])} {said.get('outcome', said.get('why', ''))}".strip()
    if entry.what is What.VERIFICATION:
        absent = sum(each["result"] == "absent" for each in said["results"])
        return f"{absent:,} of {len(said['results']):,} verified absent"
    if "plan_sha256" in said:
        return ": ".join(
            [f"Plan {said['plan_sha256'][:12]}", *([said["reason"]] if "reason" in said else [])]
        )
    return str(said.get("reason", said.get("on", said.get("why", ""))))
