"""An organisation in, evidence and verdicts out, by a real child process over HTTP."""

import random
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from console.base.clock import parse_stamp, stamp, system_clock
from console.base.settings import PolicySettings
from console.domain.evidence import Fact, GapReason
from console.domain.finding import Verdict
from console.domain.refresh import RefreshState, StepState
from console.domain.scope import Scope
from console.domain.selection import Selection
from console.evidence.maintenance import check
from console.evidence.snapshot import StoredSnapshot
from console.services.assess import assess_snapshot, discover_controls
from console.services.refresh import discover_collectors
from console.services.standin import planted
from console.services.summary import planted_outcome
from journeys.conftest import Reading
from journeys.estates import FEW, SEED, WHOLE, Desk
from journeys.faults import FAULTS, FaultCase
from journeys.granting import blinded_by


def test_every_planted_failing_is_found_and_every_denied_scope_is_unknown(reading: Reading) -> None:
    assert reading.events[-1]["event"] == "ended"
    assert reading.events[-1]["state"] == "complete"
    snapshot = reading.snapshot
    with reading.desk.store() as store:
        kept = store.assessment(snapshot.refresh.id)
    assert kept is not None
    findings = assess_snapshot(snapshot, discover_controls(), PolicySettings(), system_clock()).findings
    assert set(kept.findings) == set(findings)
    outcome = planted_outcome(planted(accounts=WHOLE, seed=SEED), snapshot, findings)
    assert {gap.reason for gap in snapshot.gaps()} == {GapReason.DENIED}
    assert [each for each in outcome["failings"] if not each["found"]] == []
    assert [each for each in outcome["denied"] if not each["unknown"]] == []
    assert outcome["unplanted"] == []


def test_every_control_fails_somewhere_or_needs_a_register() -> None:
    failing = {each["control"] for each in planted(accounts=WHOLE, seed=SEED)["failings"]}
    assert {control.id for control in discover_controls()} - failing == {"BR-MDL-001", "BR-MDL-003"}


def test_nothing_is_called_but_what_collectors_declare(reading: Reading) -> None:
    called = {f"{each['service']}:{each['operation']}" for each in reading.requests}
    declared = {f"{each.service}:{call}" for each in discover_collectors() for call in each.calls}
    assert called - declared == {"sts:GetCallerIdentity", "sts:AssumeRole"}
    assert declared - called == set()


def test_every_fact_says_where_it_comes_from(reading: Reading) -> None:
    snapshot = reading.snapshot
    for step in snapshot.steps():
        for fact in snapshot.facts(step.kind, step.scope):
            said = fact.provenance
            assert said.operation, fact
            assert said.request_id, fact
            assert f"::{fact.scope.account_id}:" in said.caller, fact
        for gap in snapshot.gaps(step.kind, step.scope):
            assert gap.provenance.operation, gap
            assert gap.detail, gap


def test_a_second_refresh_of_an_unchanged_estate_sees_the_same(read_desk: Desk) -> None:
    with read_desk.snapshot() as first:
        root, facts = first.refresh.content_root, sum(step.facts for step in first.steps())
    read_desk.refresh()
    with read_desk.snapshot() as second:
        assert second.refresh.id == 2
        assert second.refresh.content_root == root
        assert sum(step.facts for step in second.steps()) == facts
        now = system_clock()
        alone = assess_snapshot(second, discover_controls(), PolicySettings(), now)
        with read_desk.store() as store:
            kept = store.assessment(2)
            again = assess_snapshot(second, discover_controls(), PolicySettings(), now, store)
    assert kept is not None
    assert kept.findings == again.findings == alone.findings
    assert again.asked < alone.asked / 10


class Shifted:
    """A snapshot that was read so many days later."""

    def __init__(self, snapshot: StoredSnapshot, days: int) -> None:
        self.refresh, self.gaps, self.steps = snapshot.refresh, snapshot.gaps, snapshot.steps
        self._snapshot, self._by = snapshot, timedelta(days=days)

    def facts(self, kind: str, scope: Scope | None = None) -> list[Fact]:
        return [
            replace(
                fact,
                provenance=replace(
                    fact.provenance, observed_at=stamp(parse_stamp(fact.provenance.observed_at) + self._by)
                ),
            )
            for fact in self._snapshot.facts(kind, scope)
        ]


def test_only_what_is_declared_to_age_is_judged_otherwise_at_another_time(reading: Reading) -> None:
    """Or a verdict would be kept from refresh to refresh while its time runs out."""
    controls = discover_controls()
    with reading.desk.store() as store:
        kept = store.assessment(reading.snapshot.refresh.id)
    assert kept is not None
    now = set(kept.findings)
    before, later = (
        set(assess_snapshot(each, controls, PolicySettings(), system_clock()).findings)
        for each in (Shifted(reading.snapshot, -400), Shifted(reading.snapshot, 400))
    )
    changed = {each.control_id for each in (now ^ before) | (now ^ later)}
    assert changed
    assert changed <= {each.id for each in controls if each.ages}


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case.words)
def test_each_fault_is_a_gap_with_its_reason_and_no_verdict_of_pass(desk: Desk, case: FaultCase) -> None:
    account = desk.estate.management_account
    faults = [
        {"service": service, "operation": operation, "account": account, "kind": case.kind, **case.more}
        for service, operation in (name.split(":") for name in case.struck)
    ]
    desk.control("POST", "faults", faults)
    struck = blinded_by(set().union(*case.struck.values()))
    blind = [each for each in discover_controls() if struck.intersection(each.reads)]
    desk.refresh(
        selection=Selection(accounts=(account,), kinds=tuple(struck.union(*(each.reads for each in blind))))
    )
    with desk.snapshot() as snapshot:
        gaps = [
            gap
            for gap in snapshot.gaps()
            if gap.scope.account_id == account and gap.reason is not GapReason.NOT_ATTEMPTED
        ]
        assert {gap.reason for gap in gaps} == {case.reason}
        assert {gap.kind for gap in gaps} == struck
        findings = assess_snapshot(snapshot, discover_controls(), PolicySettings(), system_clock()).findings
    judged = 0
    for control in blind:
        own = [gap for gap in gaps if gap.kind in control.reads]
        for region in {gap.scope.region for gap in own}:
            here = [gap for gap in own if gap.scope.region == region]
            verdicts = {
                each.verdict
                for each in findings
                if (each.control_id, each.scope.account_id) == (control.id, account)
                and region in ("global", each.scope.region)
            }
            # where single things are missed, what is said of others stands; where a kind is, nothing is
            assert verdicts == {Verdict.UNKNOWN} or (
                all(gap.key for gap in here) and Verdict.UNKNOWN in verdicts
            )
            judged += 1
    assert judged


def test_a_fault_that_passes_leaves_no_gap(desk: Desk) -> None:
    account = desk.estate.management_account
    fault = {
        "kind": "html",
        "service": "bedrock",
        "operation": "ListGuardrails",
        "account": account,
        "times": 1,
    }
    desk.control("POST", "faults", [fault])
    desk.refresh(selection=Selection(accounts=(account,)))
    assert [each["times"] for each in desk.control("GET", "faults")] == [0]
    with desk.snapshot() as snapshot:
        assert [gap for gap in snapshot.gaps() if gap.scope.account_id == account] == []


def test_credentials_that_expire_half_way_are_renewed(desk: Desk) -> None:
    own = desk.estate.management_account
    with_role = next(
        each["account"]
        for each in planted(accounts=FEW, seed=SEED)["failings"]
        if each["account"] not in ("", own)
    )
    desk.control(
        "POST", "faults", [{"kind": "expired", "service": "bedrock", "account": with_role, "times": 1}]
    )
    desk.refresh()
    with desk.snapshot() as snapshot:
        assert [gap for gap in snapshot.gaps() if gap.reason is GapReason.EXPIRED] == []


def test_cancelled_it_keeps_what_was_read_and_says_what_was_not(desk: Desk) -> None:
    desk.control("POST", "latency", {"ms": 30})
    with desk.worker() as worker:
        for event in worker.events():
            if event["event"] == "progress" and event["done"] > 60:
                worker.cancel()
            last = event
    assert last == {"event": "ended", "refresh_id": 1, "state": "cancelled"}
    with desk.snapshot() as snapshot:
        assert snapshot.refresh.state is RefreshState.CANCELLED
        states = {step.state for step in snapshot.steps()}
        assert states == {StepState.READ, StepState.GAP}
        assert GapReason.NOT_ATTEMPTED in {gap.reason for gap in snapshot.gaps()}


def test_a_refresh_that_broke_off_can_be_ended_instead_of_resumed(desk: Desk) -> None:
    kill_after(desk, 0.8)
    desk.refresh(resume=False)
    with desk.store() as store:
        assert [each.state for each in store.refreshes()] == [RefreshState.CANCELLED, RefreshState.COMPLETE]


def kill_after(desk: Desk, seconds: float) -> bool:
    """Kill a refresh after a while; tell whether it was still running."""
    with desk.worker() as worker:
        events = worker.events()
        first = next(events)
        time.sleep(seconds)
        worker.kill()
        return first["event"] == "progress"


def killed_and_resumed(desk: Desk, moments: int, seed: int) -> str:
    """Kill a refresh at random moments, resume it each time, and return what it saw in the end."""
    chance = random.Random(seed)
    desk.control("POST", "latency", {"ms": 10})
    for _ in range(moments):
        kill_after(desk, chance.uniform(0.0, 0.8))
    desk.control("POST", "latency", {"ms": 0})
    with desk.store() as store:
        sealed = [each for each in store.refreshes() if each.state is not RefreshState.RUNNING]
    if not sealed:
        events = desk.refresh()
        assert events[-1]["event"] == "ended", events[-1]
    assert check(desk.job.store, desk.job.key, full=True).sound
    with desk.store() as store:
        snapshot = store.snapshot(1)
        assert snapshot is not None
        return snapshot.refresh.content_root


def test_killed_at_random_moments_and_resumed_it_sees_the_same(
    desk: Desk, undisturbed: StoredSnapshot
) -> None:
    assert killed_and_resumed(desk, 3, seed=1) == undisturbed.refresh.content_root


@pytest.mark.nightly
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(10))
def test_killed_fifty_times_it_sees_the_same(desk: Desk, undisturbed: StoredSnapshot, seed: int) -> None:
    assert killed_and_resumed(desk, 5, seed=100 + seed) == undisturbed.refresh.content_root


def test_a_part_can_be_read_and_the_rest_is_carried_over_with_its_own_times(read_desk: Desk) -> None:
    account = read_desk.estate.management_account
    with read_desk.snapshot() as first:
        root, before = first.refresh.content_root, observed(first)
    read_desk.control("DELETE", "requests")
    chosen = Selection(accounts=(account,), regions=("eu-west-2",), kinds=("bedrock.guardrail",))
    read_desk.refresh(selection=chosen)
    asked = {(each["account"], each["operation"]) for each in read_desk.control("GET", "requests")}
    assert {operation for _, operation in asked if operation.endswith("Guardrails")} == {"ListGuardrails"}
    assert {where for where, operation in asked if operation == "ListGuardrails"} == {account}
    with read_desk.snapshot() as second:
        assert second.refresh.selection == chosen
        assert second.refresh.content_root == root
        after = observed(second)
        assert after.keys() == before.keys()
        anew = {place for place, seen in after.items() if before[place] != seen}
        assert {kind for kind, scope, _ in anew if scope.region == "eu-west-2"} <= {"bedrock.guardrail"}
        old = [fact for fact in second.facts("iam.role") if fact.basis]
        assert {fact.basis for fact in old} == {"carried over from refresh 1"}
        assert len({step.carried_from for step in second.steps()}) == 2
    assert check(read_desk.job.store, read_desk.job.key, full=True).sound


def test_a_part_of_a_store_without_an_earlier_refresh_leaves_the_rest_unread(desk: Desk) -> None:
    desk.refresh(selection=Selection(accounts=(desk.estate.management_account,)))
    with desk.snapshot() as snapshot:
        others = [each for each in snapshot.gaps() if each.scope.account_id != desk.estate.management_account]
        assert {each.reason for each in others} == {GapReason.NOT_ATTEMPTED}
        active = {
            each.key for each in snapshot.facts("organizations.account") if each.payload["Status"] == "ACTIVE"
        }
        assert {each.scope.account_id for each in others} == active - {desk.estate.management_account}


def test_a_hung_call_does_not_keep_a_cancelled_refresh_from_ending(desk: Desk) -> None:
    desk.control("POST", "faults", [{"kind": "slow", "service": "bedrock", "seconds": 60, "times": -1}])
    with desk.worker() as worker:
        for event in worker.events():
            if event["event"] == "progress" and event["done"] > 20:
                worker.cancel()
            last = event
    assert last["event"] == "ended"
    assert last["state"] == "cancelled"


def observed(snapshot: StoredSnapshot) -> dict[tuple[str, Scope, str], tuple[str, str]]:
    """Return when each fact was seen, and in which answer."""
    return {
        (fact.kind, fact.scope, fact.key): (fact.provenance.observed_at, fact.provenance.request_id)
        for kind in {step.kind for step in snapshot.steps()}
        for fact in snapshot.facts(kind)
    }
