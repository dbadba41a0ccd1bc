"""Carrying an approved plan out: one step after the other, written down before and after, stopped at a surprise.

Invariants: a step is begun in the journal before its call leaves; a step that is done is never sent again; a step that
was begun and not done, because the process was killed between, is looked at before anything is sent.
"""

from collections.abc import Callable, Iterator
from typing import Protocol

from console.actuate.hands import Hands
from console.collect.checking import ABSENT, GOING, UNKNOWN, verify
from console.collect.looking import Looker
from console.deletion.errors import StoppedExecutionError
from console.deletion.plan import Plan, Step

_FIRST_SECONDS, _LONGEST_SECONDS = 0.5, 15.0
_OVER = (ABSENT, GOING)
"""A step is done when its thing is gone, or when AWS has begun the waiting period after which it is."""
_LOST = "gone when the execution went on; the answer of the call that was under way was lost"


class Journal(Protocol):
    """Where what is done is written before it is done; each entry is on the disk when the method returns."""

    @property
    def done(self) -> frozenset[str]:
        """Ids of steps that are done."""
        ...

    @property
    def begun(self) -> frozenset[str]:
        """Ids of steps that were begun, the done ones among them."""
        ...

    def begin(self, step: Step) -> None:
        """Write that a step's call is about to leave."""
        ...

    def finish(self, step: Step, request_ids: list[str], outcome: str) -> None:
        """Write that a step's thing is gone."""
        ...

    def stop(self, step: Step, why: str) -> None:
        """Write what was not expected."""
        ...


class Execution:
    """One execution of one approved plan."""

    def __init__(
        self,
        plan: Plan,
        hands: Hands,
        looker: Looker,
        journal: Journal,
        pause: Callable[[float], object],
        *,
        settle_seconds: float,
    ) -> None:
        self._plan = plan
        self._hands = hands
        self._looker = looker
        self._journal = journal
        self._pause = pause
        self._settle_seconds = settle_seconds

    def run(self) -> Iterator[Step]:
        """Carry out what is not done yet and yield each step when it is; raise `StoppedExecutionError`."""
        for step in self._plan.steps:
            if step.id in self._journal.done:
                continue
            try:
                self._carry_out(step)
            except StoppedExecutionError as error:
                self._journal.stop(step, str(error))
                raise
            yield step

    def _carry_out(self, step: Step) -> None:
        was_begun = step.id in self._journal.begun
        before = verify(self._looker, step)
        if before.result == UNKNOWN:
            raise StoppedExecutionError(f"{step.subject} could not be looked at: {before.detail}")
        if before.result in _OVER:
            if not was_begun:
                raise StoppedExecutionError(f"{step.subject} was gone before its turn")
            self._journal.finish(step, [], _LOST)
            return
        if not was_begun and not step.after and before.state_sha256 != step.state_sha256:
            raise StoppedExecutionError(f"{step.subject} is not what was approved any more")
        self._journal.begin(step)
        request_ids = self._hands.carry_out(step, goes_on=was_begun)
        waits = self._settle(step)
        self._journal.finish(step, request_ids, waits or "deleted, and gone when looked at")

    def _settle(self, step: Step) -> str:
        """Wait until AWS shows that a thing is gone, since many deletions go on after their call was answered.

        Return in words until when AWS waits by design; empty if the thing is gone.
        """
        waited, next_pause = 0.0, _FIRST_SECONDS
        while True:
            found = verify(self._looker, step)
            if found.result in _OVER:
                return found.detail if found.result == GOING else ""
            if found.has_failed:
                raise StoppedExecutionError(f"AWS could not delete {step.subject}: {found.detail}")
            if waited >= self._settle_seconds:
                raise StoppedExecutionError(
                    f"{step.subject} was still there after {waited:,.0f} seconds: {found.detail}"
                )
            self._pause(next_pause)
            waited += next_pause
            next_pause = min(next_pause * 2, _LONGEST_SECONDS)
