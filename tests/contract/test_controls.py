"""What holds for every control, those not yet written included."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from console.base.registry import discover
from console.base.settings import PolicySettings
from console.collect.base import Collector
from console.controls.base import Control, Grain, assess
from console.domain.finding import Verdict
from console.domain.scope import Scope
from console.services.assess import discover_controls
from console.services.declared import expected
from console.views.names import KINDS
from fakes import LONDON, FakeSnapshot, fact, gap

ROOT = Path(__file__).resolve().parents[2]
CONTROLS = discover_controls()
COLLECTED = {each.kind for each in discover("console.collect.collectors", "COLLECTOR", Collector)}
POLICY = PolicySettings(approved_models=("m",))
HERE = Scope(LONDON.account_id)
BASIS = [
    fact("account.region", "eu-west-2", {"RegionOptStatus": "ENABLED"}, HERE, 900),
    fact("organizations.account", HERE.account_id, {"Status": "ACTIVE", "Name": "n"}, HERE, 901),
]
every_control = pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.id)


def place(kind: Any) -> Any:
    return LONDON if kind.startswith(("bedrock.", "ec2.", "cloudtrail.")) else HERE


def snapshot(control: Any, missing: Any = None) -> Any:
    empty = [(kind, place(kind)) for kind in control.reads if kind != missing]
    return FakeSnapshot(
        known=BASIS, empty=empty, missing=[gap(missing, place(missing), sequence=5)] if missing else []
    )


def test_ids_are_unique_and_those_of_the_built_in_list() -> None:
    ids = [control.id for control in CONTROLS]
    assert len(set(ids)) == len(ids)
    assert ids == expected()["controls"]


@every_control
def test_a_control_is_well_formed(control: Control) -> None:
    assert re.fullmatch(r"BR-[A-Z]{3}-\d{3}", control.id)
    assert not control.title.endswith(".")
    assert control.rationale.endswith(".")
    assert control.remedy.endswith(".")
    assert control.reads
    assert control.nothing[0] is not Verdict.PASS


@every_control
def test_a_control_reads_only_kinds_that_are_collected_and_named(control: Control) -> None:
    assert set(control.reads) <= COLLECTED
    assert KINDS.keys() >= COLLECTED


@every_control
def test_a_gap_in_any_kind_is_unknown_and_opens_to_the_gap(control: Control) -> None:
    for kind in control.reads:
        found = list(assess(control, snapshot(control, kind), POLICY))
        assert [(each.verdict, each.evidence) for each in found] == [(Verdict.UNKNOWN, (5,))]


@every_control
def test_a_thing_that_was_missed_is_unknown_and_no_scope_passes_without_it(control: Control) -> None:
    for kind in control.reads:
        lost = replace(gap(kind, place(kind), sequence=6), key="lost")
        known = FakeSnapshot(known=BASIS, empty=snapshot(control, kind).empty, missing=[lost])
        found = list(assess(control, known, POLICY))
        assert {each.verdict for each in found} == {Verdict.UNKNOWN}
        assert (6,) in [each.evidence for each in found]


@every_control
def test_no_facts_never_pass_and_open_to_what_was_read(control: Control) -> None:
    found = list(assess(control, snapshot(control), POLICY))
    assert found
    assert all(each.verdict is not Verdict.PASS and each.evidence for each in found)


@every_control
def test_facts_that_say_nothing_never_pass(control: Control) -> None:
    known = [*BASIS, *(fact(kind, "k", {}, place(kind), 7) for kind in control.reads)]
    found = list(assess(control, FakeSnapshot(known=known), POLICY))
    passed = [each for each in found if each.verdict is Verdict.PASS]
    assert all(each.evidence for each in found)
    assert not passed or control.id in ("BR-RES-002", "BR-IAM-001"), (
        "an absent member is itself the good answer"
    )


@every_control
def test_a_grain_is_declared(control: Control) -> None:
    assert control.grain in Grain


def test_every_control_has_a_test_named_after_it() -> None:
    modules = {path.stem for path in (ROOT / "console/controls/catalog").glob("[!_]*.py")}
    tests = {
        path.stem.removeprefix("test_") for path in (ROOT / "tests/unit/controls/catalog").glob("test_*.py")
    }
    assert modules - tests == set()
