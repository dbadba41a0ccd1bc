"""What must hold for every collector."""

import re
from pathlib import Path

import botocore.session
import pytest
from botocore import xform_name

from console.collect.base import NAMED_PERMISSIONS, NAMED_READERS, Collector, Reach
from console.collect.invocation_logs import ACTIONS as LOG_ACTIONS
from console.collect.mantle import know_mantle
from console.services.choosing import in_order
from console.services.refresh import discover_collectors

COLLECTORS = discover_collectors()
SESSION = botocore.session.Session()
know_mantle(SESSION)
ROOT = Path(__file__).resolve().parents[2]
SHOWN_BY_JOURNEYS = {
    "account_region",
    "bedrock_data_retention",
    "bedrock_foundation_model",
    "bedrock_guardrail",
    "bedrock_inference_profile",
    "bedrock_invocation_logging",
    "cloudtrail_event_selectors",
    "cloudtrail_trail",
    "cloudtrail_trail_status",
    "ec2_vpc_endpoint",
    "iam_group",
    "iam_policy",
    "iam_role",
    "iam_user",
    "organizations_account",
    "organizations_child",
    "organizations_organization",
    "organizations_organizational_unit",
    "organizations_policy",
    "organizations_policy_target",
    "organizations_root",
}
"""Collectors whose facts, gaps and pages the journeys and the runner's tests show already."""
READS = re.compile(r"^[a-z0-9-]+:(Get|List|Describe|BatchGet|Lookup)[A-Za-z0-9]+$")


def every(collector: Collector) -> str:
    return collector.kind


def test_no_kind_is_read_twice() -> None:
    kinds = [collector.kind for collector in COLLECTORS]
    assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize("collector", COLLECTORS, ids=every)
def test_it_needs_only_permissions_that_read(collector: Collector) -> None:
    assert collector.actions
    named = [action for action in collector.actions if action in NAMED_PERMISSIONS]
    assert [action for action in collector.actions if not READS.match(action)] == named


def test_whatever_reads_under_another_name_is_needed_and_says_why() -> None:
    actions = {action for each in COLLECTORS for action in each.actions} | set(LOG_ACTIONS)
    assert actions >= NAMED_PERMISSIONS.keys()
    calls = {call for each in COLLECTORS for call in each.calls} | {"FilterLogEvents"}
    assert {xform_name(call) for call in calls} >= NAMED_READERS.keys()
    assert all([*NAMED_PERMISSIONS.values(), *NAMED_READERS.values()])


@pytest.mark.parametrize("collector", COLLECTORS, ids=every)
def test_its_calls_are_operations_of_its_service(collector: Collector) -> None:
    operations = SESSION.get_service_model(collector.service).operation_names
    assert [call for call in collector.calls if call not in operations] == []


@pytest.mark.parametrize("collector", COLLECTORS, ids=every)
def test_its_title_is_for_people(collector: Collector) -> None:
    assert collector.title[0].isupper()
    assert not collector.title.endswith(".")
    assert collector.kind.partition(".")[0] in collector.service or collector.service in collector.kind


@pytest.mark.parametrize("collector", COLLECTORS, ids=every)
def test_a_key_that_is_a_member_is_required(collector: Collector) -> None:
    if isinstance(collector.key, str):
        assert collector.key in collector.required


@pytest.mark.parametrize("collector", [each for each in COLLECTORS if each.needs], ids=every)
def test_it_needs_only_kinds_that_are_read_before_it(collector: Collector) -> None:
    reaches = {each.kind: each.reach for each in COLLECTORS}
    before = {
        Reach.ORGANISATION: {Reach.ORGANISATION},
        Reach.ACCOUNT: {Reach.ORGANISATION, Reach.ACCOUNT},
        Reach.REGION: {Reach.ORGANISATION, Reach.ACCOUNT, Reach.REGION},
    }
    assert {reaches[kind] for kind in collector.needs} <= before[collector.reach]
    assert [each.kind for each in in_order(COLLECTORS)].index(collector.kind) > max(
        [each.kind for each in in_order(COLLECTORS)].index(kind) for kind in collector.needs
    )


def test_every_collector_has_a_test_named_after_it_or_is_of_the_first_kinds() -> None:
    modules = {path.stem for path in (ROOT / "console/collect/collectors").glob("[!_]*.py")}
    tests = {
        path.stem.removeprefix("test_") for path in (ROOT / "tests/unit/collect/collectors").glob("test_*.py")
    }
    assert modules - tests <= SHOWN_BY_JOURNEYS
