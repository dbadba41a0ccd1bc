"""The generated permissions are enough, and not one of them too many: proved with the stand-in that enforces them."""

import json
from collections import Counter
from typing import Any

import pytest

from console.collect.base import Reach
from console.domain.evidence import GapReason
from console.services.permissions import as_json, grant_of
from console.services.refresh import discover_collectors
from journeys.estates import Desk

COLLECTORS = discover_collectors()
GRANT = json.loads(as_json(grant_of(COLLECTORS, trusted="111122223333")))
READER, OFFICER = "BedrockConsoleReader", "AssuranceOfficer"
ACTIONS = sorted({action for each in COLLECTORS for action in each.actions})
SAMPLE = (
    "account:ListRegions",
    "bedrock:GetGuardrail",
    "organizations:ListPolicies",
    "iam:GetAccountAuthorizationDetails",
)


def enforce(desk: Desk, without: str = "") -> None:
    """Give both roles exactly what was generated, less one action."""
    for role, part in ((READER, "reader"), (OFFICER, "officer")):
        documents = [lessened(each, without) for each in GRANT[part]["policies"]]
        desk.control("POST", "policies", {"role": role, "documents": documents})


def lessened(document: dict[str, Any], without: str) -> dict[str, Any]:
    kept = []
    for one in document["Statement"]:
        actions = [one["Action"]] if isinstance(one["Action"], str) else one["Action"]
        kept.append({**one, "Action": [each for each in actions if each != without]})
    return {**document, "Statement": kept}


def missed(desk: Desk) -> Counter[tuple[str, str]]:
    """Refresh, and return how many gaps of each kind and reason there are."""
    assert desk.refresh(resume=False)[-1]["state"] == "complete"
    with desk.snapshot() as snapshot:
        return Counter((gap.kind, gap.reason.value) for gap in snapshot.gaps())


@pytest.fixture
def usual(desk: Desk) -> Counter[tuple[str, str]]:
    """What the estate keeps from everybody."""
    return missed(desk)


def test_a_whole_refresh_works_with_exactly_the_generated_permissions(desk: Desk, usual) -> None:
    enforce(desk)
    try:
        assert missed(desk) == usual
    finally:
        desk.control("DELETE", "policies")


def struck(desk: Desk, usual: Counter[tuple[str, str]], action: str) -> None:
    """Take one action away, and hold the new gaps to the kinds that declare it."""
    enforce(desk, without=action)
    try:
        more = missed(desk) - usual
    finally:
        desk.control("DELETE", "policies")
    needing = {each.kind for each in COLLECTORS if action in each.actions}
    assert {kind for kind, _ in more} == needing, action
    assert {reason for _, reason in more} == {GapReason.DENIED.value}, action


@pytest.mark.parametrize("action", SAMPLE)
def test_without_an_action_what_needs_it_is_a_gap_and_nothing_else_is(desk: Desk, usual, action: str) -> None:
    struck(desk, usual, action)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
def test_without_any_one_action_what_needs_it_is_a_gap(desk: Desk, usual) -> None:
    for action in ACTIONS:
        struck(desk, usual, action)


def test_a_caller_who_may_not_assume_the_reader_sees_nothing_elsewhere_and_says_so(desk: Desk, usual) -> None:
    enforce(desk, without="sts:AssumeRole")
    try:
        desk.refresh(resume=False)
        with desk.snapshot() as snapshot:
            abroad = [
                gap for gap in snapshot.gaps() if gap.scope.account_id != desk.estate.management_account
            ]
            steps = [
                step for step in snapshot.steps() if step.scope.account_id != desk.estate.management_account
            ]
    finally:
        desk.control("DELETE", "policies")
    assert len(abroad) == len(steps) > 0
    assert {gap.reason for gap in abroad} == {GapReason.DENIED}
    assert all("sts:AssumeRole" in gap.detail for gap in abroad)
    assert {each.kind for each in COLLECTORS if each.reach is not Reach.ORGANISATION} == {
        each.kind for each in abroad
    }
