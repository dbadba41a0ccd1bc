from datetime import UTC, datetime

from console.base.settings import PolicySettings
from console.domain.finding import Verdict
from console.services.assess import (
    assess_snapshot,
    discover_controls,
    policy_json,
    policy_of,
    save_assessment,
)
from fakes import LONDON, FakeSnapshot, fact

MOMENT = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)
SNAPSHOT = FakeSnapshot(known=[fact("bedrock.data_retention", "k", {"mode": "none"})])
POLICY = PolicySettings(approved_models=("m",))


class Shelf:
    """A store of one assessment."""

    def save_assessment(self, *kept: object) -> int:
        self.kept = kept
        return 7


def test_every_control_answers() -> None:
    made = assess_snapshot(SNAPSHOT, discover_controls(), POLICY, MOMENT)
    assert {each.control_id for each in made.findings} == {each.id for each in discover_controls()}
    assert [each.scope for each in made.findings if each.verdict is Verdict.PASS] == [LONDON]
    assert made == assess_snapshot(SNAPSHOT, tuple(reversed(discover_controls())), POLICY, MOMENT)


def test_it_is_kept_with_its_policy() -> None:
    made = assess_snapshot(SNAPSHOT, discover_controls(), POLICY, MOMENT)
    shelf = Shelf()
    assert save_assessment(shelf, made) == 7
    assert shelf.kept == (1, "2026-11-23T09:14:00.000Z", policy_json(POLICY), made.findings)
    assert policy_of(policy_json(POLICY)) == POLICY
