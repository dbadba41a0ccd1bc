"""A plan while it is being found: steps, blockers, residuals and what was not seen, put together once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from console.base.clock import stamp
from console.deletion.blockers import blocker
from console.deletion.plan import Blocker, Check, Plan, Residual, Step, Unread, ordered, step_id
from console.domain.scope import Scope

NOT_KNOWN = "not known"


@dataclass(slots=True)
class Sketch:
    """Collects what discovery finds; the same thing found twice is there once."""

    now: datetime
    accepted: Mapping[str, str] = field(default_factory=dict)
    """Reasons of accepted blockers, by id."""
    acceptors: Mapping[str, str] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)
    blockers: dict[str, Blocker] = field(default_factory=dict)
    residuals: set[Residual] = field(default_factory=set)
    unread: set[Unread] = field(default_factory=set)
    visited: set[str] = field(default_factory=set)
    """ARNs that were looked at, so that copies of copies end."""

    def step(  # noqa: PLR0913 - what a step consists of
        self,
        scope: Scope,
        operation: str,
        parameters: Mapping[str, Any],
        *,
        subject: str,
        words: str,
        check: Check,
        state_sha256: str,
        size: int = 1,
        after: Sequence[str] = (),
        irreversible: bool = True,
    ) -> str:
        """Add a step; return its id. One that is there already comes after what either asks for."""
        id_ = step_id(operation, scope.account_id, scope.region, parameters)
        held = self.steps.get(id_)
        if held is not None:
            self.steps[id_] = replace(held, after=tuple(sorted({*held.after, *after})))
            return id_
        self.steps[id_] = Step(
            id=id_,
            operation=operation,
            account_id=scope.account_id,
            region=scope.region,
            parameters=parameters,
            subject=subject,
            words=words,
            check=check,
            state_sha256=state_sha256,
            size=size,
            after=tuple(sorted(set(after))),
            irreversible=irreversible,
        )
        return id_

    def block(self, code: str, subject: str, words: str, until: str = "") -> bool:
        """Add a blocker, or the residual that it became by being accepted; tell whether it was accepted."""
        made = blocker(code, subject, words, until)
        if made.acceptable and made.id in self.accepted:
            self.residuals.add(
                Residual(
                    subject=subject,
                    words=words,
                    reason=self.accepted[made.id],
                    expires=until or NOT_KNOWN,
                    accepted_by=self.acceptors[made.id],
                )
            )
            return True
        self.blockers[made.id] = made
        return False

    def stays(self, subject: str, words: str, reason: str, expires: str = NOT_KNOWN) -> None:
        """Add what nothing can delete."""
        self.residuals.add(Residual(subject=subject, words=words, reason=reason, expires=expires))

    def unseen(self, subject: str, operation: str, reason: str, detail: str) -> None:
        """Add what could not be read."""
        self.unread.add(Unread(subject=subject, operation=operation, reason=reason, detail=detail))

    def plan(self, request_id: str, hours: int) -> Plan:
        """Return the plan, in an order that follows from what was found alone."""
        return Plan(
            request_id=request_id,
            made_at=stamp(self.now),
            expires_at=stamp(self.now + timedelta(hours=hours)),
            steps=ordered(self.steps.values()),
            blockers=tuple(sorted(self.blockers.values(), key=lambda each: (each.code, each.subject))),
            residuals=tuple(sorted(self.residuals, key=lambda each: (each.subject, each.words, each.reason))),
            unread=tuple(sorted(self.unread, key=lambda each: (each.subject, each.operation, each.reason))),
        )
