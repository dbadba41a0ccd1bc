"""Carrying a plan out, step by step, against things that are there, gone, or not to be seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from console.actuate.execute import Execution
from console.collect.looking import Look
from console.deletion.errors import StoppedExecutionError
from console.deletion.plan import Plan, Step
from console.domain.scope import Scope
from unit.deletion.made import plan, step


@dataclass
class Aws:
    """Things that are there, and how AWS behaves about them."""

    there: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    lingers: int = 0
    """How many looks a deleted thing is still shown for."""
    stuck: str = ""
    """The status in which a deleted thing stays."""
    said: list[str] = field(default_factory=list)
    """All that was done, in its order."""

    def see(self, scope: Scope, operation: str, **parameters: object) -> Look:
        name = str(parameters["modelIdentifier"])
        if name in self.hidden:
            return Look(scope=scope, operation=operation, reason="denied", detail="not allowed")
        if name not in self.there:
            return Look(scope=scope, operation=operation, is_absent=True)
        found = self.there[name]
        if found.get("going"):
            if not self.stuck and self.lingers == 0:
                del self.there[name]
                return Look(scope=scope, operation=operation, is_absent=True)
            self.lingers -= not self.stuck
            return Look(scope=scope, operation=operation, answer={"status": self.stuck or "DELETING"})
        return Look(scope=scope, operation=operation, answer=found)

    def carry_out(self, step: Step, *, goes_on: bool) -> list[str]:
        self.said.append(f"sent {step.subject}{' again' if goes_on else ''}")
        self.there[step.subject] = {"going": True}
        return [f"request of {step.subject}"]


@dataclass
class Written:
    """A journal in memory, beside what AWS was told."""

    aws: Aws
    done: frozenset[str] = frozenset()
    begun: frozenset[str] = frozenset()
    stops: list[str] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)

    def begin(self, step: Step) -> None:
        self.aws.said.append(f"wrote {step.subject}")
        self.begun |= {step.id}

    def finish(self, step: Step, request_ids: list[str], outcome: str) -> None:
        self.done |= {step.id}
        self.outcomes.append(f"{','.join(request_ids)}: {outcome}")

    def stop(self, _step: Step, why: str) -> None:
        self.stops.append(why)


def approved(aws: Aws, *names: str) -> Plan:
    """Return a plan for things that are there as they were approved."""
    steps = []
    for name in names:
        aws.there[name] = {"name": name}
        look = aws.see(Scope("1", "r"), "o", modelIdentifier=name)
        steps.append(replace(step(name), state_sha256=look.sha256))
    return plan(*steps)


def execution(of: Plan, aws: Aws, journal: Written, seconds: float = 5.0) -> Execution:
    return Execution(of, aws, aws, journal, lambda _: None, settle_seconds=seconds)  # type: ignore[arg-type]


def test_each_step_is_written_down_before_its_call_leaves_and_done_once_it_is_gone() -> None:
    aws = Aws(lingers=2)
    of = approved(aws, "one", "two")
    journal = Written(aws)
    assert [each.id for each in execution(of, aws, journal).run()] == [each.id for each in of.steps]
    first, second = (each.subject for each in of.steps)
    assert aws.said == [f"wrote {first}", f"sent {first}", f"wrote {second}", f"sent {second}"]
    assert aws.there == {}
    assert journal.done == {each.id for each in of.steps}


def test_what_is_done_is_not_sent_again() -> None:
    aws = Aws()
    of = approved(aws, "one", "two")
    done = of.steps[0]
    del aws.there[done.subject]
    journal = Written(aws, done=frozenset({done.id}), begun=frozenset({done.id}))
    assert [each.id for each in execution(of, aws, journal).run()] == [of.steps[1].id]
    assert aws.said == [f"wrote {of.steps[1].subject}", f"sent {of.steps[1].subject}"]


def test_what_was_begun_and_is_gone_is_done_without_a_call() -> None:
    aws = Aws()
    of = approved(aws, "one")
    aws.there.clear()
    journal = Written(aws, begun=frozenset({of.steps[0].id}))
    assert len(list(execution(of, aws, journal).run())) == 1
    assert aws.said == []
    assert "was lost" in journal.outcomes[0]


def test_what_was_begun_and_is_there_is_gone_on_with_though_less_of_it_is_there() -> None:
    aws = Aws()
    of = approved(aws, "one")
    aws.there["one"] = {"name": "one", "half": "gone"}
    journal = Written(aws, begun=frozenset({of.steps[0].id}))
    assert len(list(execution(of, aws, journal).run())) == 1
    assert aws.said == ["wrote one", "sent one again"]


def stopped(of: Plan, aws: Aws, journal: Written) -> str:
    with pytest.raises(StoppedExecutionError) as stop:
        list(execution(of, aws, journal).run())
    assert journal.stops == [str(stop.value)]
    assert journal.done == frozenset()
    return str(stop.value)


def test_what_was_gone_before_its_turn_stops_it() -> None:
    aws = Aws()
    of = approved(aws, "one")
    aws.there.clear()
    assert "was gone before its turn" in stopped(of, aws, Written(aws))
    assert aws.said == []


def test_what_cannot_be_looked_at_stops_it() -> None:
    aws = Aws()
    of = approved(aws, "one")
    aws.hidden = {"one"}
    assert "could not be looked at: denied" in stopped(
        of, aws, Written(aws, begun=frozenset({of.steps[0].id}))
    )
    assert aws.said == []


def test_what_is_not_as_it_was_approved_stops_it() -> None:
    aws = Aws()
    of = approved(aws, "one")
    aws.there["one"] = {"name": "one", "grown": "since"}
    assert "not what was approved any more" in stopped(of, aws, Written(aws))
    assert aws.said == []


def test_what_another_step_changes_before_its_turn_may_be_otherwise() -> None:
    aws = Aws()
    one, two = approved(aws, "one", "two").steps
    of = plan(one, replace(two, after=(one.id,)))
    aws.there[two.subject] = {"name": two.subject, "other": "since"}
    assert [each.id for each in execution(of, aws, Written(aws)).run()] == [one.id, two.id]


def test_a_deletion_that_aws_gives_up_stops_it_at_once() -> None:
    aws = Aws(stuck="DELETE_UNSUCCESSFUL")
    of = approved(aws, "one")
    assert "AWS could not delete one" in stopped(of, aws, Written(aws))


def test_a_deletion_that_does_not_end_stops_it_in_the_end() -> None:
    aws = Aws(stuck="DELETING")
    of = approved(aws, "one")
    assert "was still there after" in stopped(of, aws, Written(aws))
