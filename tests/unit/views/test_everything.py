from dataclasses import replace

from console.domain.refresh import Step, StepState
from console.domain.scope import Scope
from console.views.everything import everything
from fakes import LONDON, FakeSnapshot, fact, gap

IRELAND = Scope(LONDON.account_id, "eu-west-1")
ELSEWHERE = Scope("999988887777", "eu-west-2")


class Pending(FakeSnapshot):
    """A snapshot with a step that was not read yet."""

    def steps(self, kind=None):
        return [*super().steps(kind), Step("iam.role", Scope(LONDON.account_id), StepState.PENDING)]


def test_whatever_was_read_or_missed_is_a_row_that_opens_to_it() -> None:
    snapshot = Pending(
        known=[
            fact("bedrock.not_named_yet", "arn:m\x07", {}, LONDON, 1),
            fact("bedrock.guardrail", "other", {}, ELSEWHERE, 9),
        ],
        missing=[
            gap("bedrock.guardrail", LONDON, sequence=2),
            replace(gap("bedrock.not_named_yet", LONDON, sequence=3), key="arn:n"),
        ],
        empty=[("bedrock.guardrail", IRELAND), ("bedrock.not_named_yet", IRELAND)],
    )
    topic = everything(snapshot, LONDON.account_id)
    assert topic.table.cells() == [
        ["eu-west-2", "Guardrails (every version)", "all", "could not be read: denied"],
        ["eu-west-1", "Guardrails (every version)", None, "none found"],
        ["all Regions", "IAM roles", "all", "not read yet"],
        ["eu-west-2", "bedrock.not_named_yet", "arn:n", "could not be read: denied"],
        ["eu-west-2", "bedrock.not_named_yet", "arn:m\\u0007", "read"],
        ["eu-west-1", "bedrock.not_named_yet", None, "none found"],
    ]
    assert {topic.table.evidence(row) for row in topic.table.rows} == {(), (1,), (2,), (3,)}
    assert [row.is_gap for row in topic.table.rows].count(True) == 3
