"""A plan while it is found: what is found twice is there once, and what was accepted stays with its reason."""

from datetime import UTC, datetime

from console.deletion.blockers import blocker
from console.deletion.plan import ABSENT, Check
from console.deletion.sketch import Sketch
from console.domain.scope import Scope

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
SCOPE = Scope("111122223333", "eu-west-2")


def add(sketch: Sketch, name: str, *after: str) -> str:
    check = Check(operation="bedrock:GetCustomModel", parameters={"modelIdentifier": name}, expects=ABSENT)
    return sketch.step(
        SCOPE,
        "bedrock:DeleteCustomModel",
        {"modelIdentifier": name},
        subject=name,
        words=f"Delete {name}",
        check=check,
        state_sha256="0",
        after=after,
    )


def test_a_step_that_is_found_twice_comes_after_what_either_asks_for() -> None:
    sketch = Sketch(now=NOW)
    first, second = add(sketch, "first"), add(sketch, "second")
    third = add(sketch, "third", first)
    assert add(sketch, "third", second) == third
    plan = sketch.plan("DR-1", 72)
    assert len(plan.steps) == 3
    assert plan.steps[-1].after == tuple(sorted((first, second)))
    assert (plan.made_at, plan.expires_at) == ("2026-11-24T10:00:00.000Z", "2026-11-27T10:00:00.000Z")


def test_what_was_accepted_is_a_residual_and_what_cannot_be_is_in_the_way_still() -> None:
    kept, term = blocker("retain", "source", "keeps"), blocker("commitment", "capacity", "bought")
    sketch = Sketch(
        now=NOW,
        accepted={kept.id: "It ends in May", term.id: "No matter"},
        acceptors={kept.id: "arn:jo", term.id: "arn:jo"},
    )
    assert sketch.block("retain", "source", "keeps")
    assert not sketch.block("commitment", "capacity", "bought", "2031-12-31T00:00:00.000Z")
    assert not sketch.block("replication", "bucket", "copied")
    sketch.stays("job", "Its record", "No operation")
    sketch.unseen("copies", "bedrock:ListModelCopyJobs", "denied", "no")
    plan = sketch.plan("DR-1", 1)
    assert [each.code for each in plan.blockers] == ["commitment", "replication"]
    assert [(each.subject, each.reason, each.accepted_by) for each in plan.residuals] == [
        ("job", "No operation", ""),
        ("source", "It ends in May", "arn:jo"),
    ]
    assert [each.subject for each in plan.unread] == ["copies"]
