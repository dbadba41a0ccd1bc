"""A plan: what is done, in which order, what stands in its way, what stays, and what could not be seen.

Invariants: equal plans have equal bytes; a step comes after every step that it depends on; what could not be read is
in `unread` and blocks, because nobody approves what nobody saw.
"""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from console.base.canonical import canonical, sha256_hex
from console.base.clock import parse_stamp

FORMAT = "bedrock-console/deletion-plan/1"
_ID_DIGITS = 12
NOT_LOOKED_AT = "Not looked at"
"""How the reason of a residual begins that nobody looked for: who approves the plan signs that too."""
REFRESH = "the last refresh"
"""What stands for an operation where it was the last refresh that did not see something."""
ABSENT, EMPTY, NONE_ACTIVE = "not found", "empty", "none found"
"""What a check expects: an error that says it is not there; a list without entries; documents that are not found."""
ENDED, SCHEDULED = "ended", "scheduled for deletion"
"""Or a session that is not active any more; a key that is switched off and goes after its waiting period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A reading question whose answer shows that something is gone; never the operation that deleted it."""

    operation: str
    """Service and operation, such as `bedrock:GetCustomModel`."""
    parameters: Mapping[str, Any]
    expects: str
    """`ABSENT`, `EMPTY`, `NONE_ACTIVE`, `ENDED` or `SCHEDULED`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to be deleted, in one place, by one operation."""

    id: str
    operation: str
    """botocore's service name and the operation, such as `bedrock-agent:DeleteDataSource`."""
    account_id: str
    region: str
    parameters: Mapping[str, Any]
    subject: str
    """An ARN, or an address of S3."""
    words: str
    """What happens, in plain English."""
    check: Check
    state_sha256: str
    """Hash of what AWS said of it when the plan was made."""
    size: int = 1
    """How many things go: versions of objects, or one."""
    after: tuple[str, ...] = ()
    """Ids of steps that must be done before."""
    irreversible: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """Why the plan cannot be carried out, or not wholly."""

    id: str
    code: str
    """Such as `object-lock`; one of `blockers.BLOCKERS`."""
    subject: str
    words: str
    until: str = ""
    """RFC 3339; when it ends by itself; empty if it does not, or nobody knows."""
    acceptable: bool = False
    """Whether it may be accepted as a residual, with a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Residual:
    """What stays behind, why, and when it goes by itself."""

    subject: str
    words: str
    reason: str
    expires: str
    """A day or a period in words; `not known` where AWS gives none."""
    accepted_by: str = ""
    """Who accepted it, where that was a choice; empty where nothing can delete it."""

    @property
    def is_not_looked_at(self) -> bool:
        """Tell whether nobody knows if there is anything."""
        return self.reason.startswith(NOT_LOOKED_AT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """What could not be seen: unknown is never "nothing there", so it blocks."""

    subject: str
    operation: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What people sign: its hash is over all of it, its times too."""

    request_id: str
    made_at: str
    expires_at: str
    """RFC 3339, UTC; from then on no signature under it counts."""
    steps: tuple[Step, ...]
    """In the order in which they are done."""
    blockers: tuple[Blocker, ...]
    residuals: tuple[Residual, ...]
    unread: tuple[Unread, ...]

    def record(self) -> dict[str, Any]:
        """Return the plan in JSON types."""
        return {
            "format": FORMAT,
            "request_id": self.request_id,
            "made_at": self.made_at,
            "expires_at": self.expires_at,
            **self._content(),
        }

    def _content(self) -> dict[str, Any]:
        names = ("steps", "blockers", "residuals", "unread")
        return {name: [asdict(each) for each in getattr(self, name)] for name in names}

    @property
    def sha256(self) -> str:
        """The hash that people sign: SHA-256 of the canonical plan, in hexadecimal."""
        return sha256_hex(canonical(self.record()))

    @property
    def found_sha256(self) -> str:
        """The hash of what was found, whenever that was: equal as long as nothing changed at AWS."""
        return sha256_hex(canonical(self._content()))

    @property
    def is_blocked(self) -> bool:
        """Tell whether something stands in its way, or was not seen, or nothing is left to do."""
        return bool(self.blockers or self.unread)

    @property
    def not_looked_at(self) -> tuple[Residual, ...]:
        """Where something could be that nobody looked for; signed with the rest."""
        return tuple(each for each in self.residuals if each.is_not_looked_at)

    def is_expired(self, now: datetime) -> bool:
        """Tell whether its time is over."""
        return now >= parse_stamp(self.expires_at)


def plan_of(record: Mapping[str, Any]) -> Plan:
    """Read what `Plan.record` wrote; raise `ValueError`, `KeyError` or `TypeError` for anything else."""
    if record["format"] != FORMAT:
        raise ValueError("it is no plan of a format that this build knows")
    plan = Plan(
        request_id=record["request_id"],
        made_at=record["made_at"],
        expires_at=record["expires_at"],
        steps=tuple(
            Step(**{**each, "check": Check(**each["check"]), "after": tuple(each["after"])})
            for each in record["steps"]
        ),
        blockers=tuple(Blocker(**each) for each in record["blockers"]),
        residuals=tuple(Residual(**each) for each in record["residuals"]),
        unread=tuple(Unread(**each) for each in record["unread"]),
    )
    if canonical(plan.record()) != canonical(record):
        raise ValueError("it says more than a plan says")
    if [each.id for each in plan.steps] != [each.id for each in ordered(plan.steps)]:
        raise ValueError("its steps are not in their order")
    return plan


def step_id(operation: str, account_id: str, region: str, parameters: Mapping[str, Any]) -> str:
    """Return the id of a step, which follows from what it does and where."""
    return f"ST-{sha256_hex(canonical([operation, account_id, region, parameters]))[:_ID_DIGITS]}"


def blocker_id(code: str, subject: str) -> str:
    """Return the id of a blocker: the same thing in the way has the same one in the next plan."""
    return f"BL-{sha256_hex(canonical([code, subject]))[:_ID_DIGITS]}"


def ordered(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return steps so that each comes after those it depends on, otherwise by id; raise `ValueError` for a circle."""
    by_id = {each.id: each for each in steps}
    for each in by_id.values():
        for before in each.after:
            if before not in by_id:
                raise ValueError(f"{each.id} comes after {before}, which is no step of the plan")
    waiting = {each.id: set(each.after) for each in by_id.values()}
    ready = [id_ for id_, before in waiting.items() if not before]
    heapq.heapify(ready)
    done: list[Step] = []
    while ready:
        id_ = heapq.heappop(ready)
        done.append(by_id[id_])
        for other, awaited in waiting.items():
            if id_ in awaited:
                awaited.remove(id_)
                if not awaited:
                    heapq.heappush(ready, other)
    if len(done) < len(by_id):
        raise ValueError("steps of the plan wait for each other in a circle")
    return tuple(done)


def differences(approved: Plan, found: Plan) -> tuple[str, ...]:
    """Say what is otherwise now than when the plan was approved; nothing if it is the same."""
    said: list[str] = []
    before, now = ({each.id: each for each in plan.steps} for plan in (approved, found))
    said += [f"{before[id_].subject} is no longer there" for id_ in sorted(before.keys() - now.keys())]
    said += [f"{now[id_].subject} is new" for id_ in sorted(now.keys() - before.keys())]
    said += [
        f"{before[id_].subject} has changed"
        for id_ in sorted(before.keys() & now.keys())
        if canonical(asdict(before[id_])) != canonical(asdict(now[id_]))
    ]
    for words, name in (
        ("is in the way", "blockers"),
        ("stays behind", "residuals"),
        ("could not be read", "unread"),
    ):
        said += _listed(getattr(approved, name), getattr(found, name), words)
    return tuple(said)


def _listed(approved: Sequence[Any], found: Sequence[Any], words: str) -> list[str]:
    before, now = ({canonical(asdict(each)): each for each in given} for given in (approved, found))
    new = [f"{now[each].subject} {words}" for each in sorted(now.keys() - before.keys())]
    gone = [f"{before[each].subject} no longer {words}" for each in sorted(before.keys() - now.keys())]
    return [*new, *gone]
