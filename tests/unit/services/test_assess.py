import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import stores
from console.base.settings import PolicySettings
from console.domain.evidence import Fact
from console.domain.finding import Verdict
from console.domain.refresh import Step
from console.domain.scope import Scope
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

    def save_assessment(self, *kept: object, **made: str) -> int:
        self.kept, self.made = kept, made
        return 7


def test_every_control_answers() -> None:
    made = assess_snapshot(SNAPSHOT, discover_controls(), POLICY, MOMENT)
    assert {each.control_id for each in made.findings} == {each.id for each in discover_controls()}
    assert [each.scope for each in made.findings if each.verdict is Verdict.PASS] == [LONDON]
    again = assess_snapshot(SNAPSHOT, tuple(reversed(discover_controls())), POLICY, MOMENT)
    assert (made.findings, made.asked) == (again.findings, again.asked)


def test_it_is_kept_with_its_policy_and_its_grounds() -> None:
    made = assess_snapshot(SNAPSHOT, discover_controls(), POLICY, MOMENT)
    shelf = Shelf()
    assert save_assessment(shelf, made) == 7
    assert shelf.kept == (1, "2026-11-23T09:14:00.000Z", policy_json(POLICY), made.findings)
    assert policy_of(policy_json(POLICY)) == POLICY
    assert set(json.loads(shelf.made["grounds_json"])) == {each.id for each in discover_controls()}


def test_only_what_changed_is_judged_anew(tmp_path: Path) -> None:
    """Over a real store: nothing, a setting, what grows older, one account's evidence."""
    controls = discover_controls()
    keys = [Step("iam.service_specific_credential", Scope(f"{number:012d}")) for number in (1, 2, 3)]
    modes = [Step("bedrock.data_retention", stores.scope(number)) for number in (1, 2, 3)]
    mode = dict.fromkeys(modes, "none")

    def seen(step: Step) -> list[Fact]:
        if step in mode:
            return [fact(step.kind, "k", {"mode": mode[step]}, step.scope)]
        made = {"Status": "Active", "CreateDate": "2026-11-01T00:00:00Z", "UserName": "u"}
        return [fact(step.kind, "key", made, step.scope)]

    with stores.create(tmp_path / "evidence.db") as store:

        def assessed(policy: PolicySettings = POLICY) -> int:
            snapshot = store.snapshot()
            assert snapshot is not None
            made = assess_snapshot(snapshot, controls, policy, MOMENT, store)
            alone = assess_snapshot(snapshot, controls, policy, MOMENT)
            assert (made.findings, made.grounds) == (alone.findings, alone.grounds)
            save_assessment(store, made)
            return made.asked

        stores.refreshed(store, [*keys, *modes], seen)
        everything = assessed()
        growing_older = len(keys)
        assert assessed() == growing_older
        assert assessed(replace(POLICY, api_key_days=10)) == growing_older
        stores.refreshed(store, [*keys, *modes], seen)
        assert assessed() == growing_older
        mode[modes[1]] = "default"
        stores.refreshed(store, [*keys, *modes], seen)
        assert growing_older < assessed() < everything / 2


def test_what_other_code_judged_is_judged_anew(tmp_path: Path) -> None:
    controls = discover_controls()
    with stores.create(tmp_path / "evidence.db") as store:
        stores.refreshed(store, [Step("bedrock.data_retention", stores.scope(1))])
        snapshot = store.snapshot()
        assert snapshot is not None
        made = assess_snapshot(snapshot, controls, POLICY, MOMENT)
        store.save_assessment(
            1, made.assessed_at, policy_json(POLICY), made.findings, judged_by="another build"
        )
        assert assess_snapshot(snapshot, controls, POLICY, MOMENT, store).asked == made.asked
