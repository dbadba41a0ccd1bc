import pytest

from console.domain.scope import Scope
from console.views.boundaries import (
    attachments,
    in_force_table,
    place_choices,
    places_table,
    policy_choices,
)
from fakes import FakeSnapshot, fact, gap
from unit.ui.access_estate import BEDROCK, FULL, LONDON_ONLY, PAYMENTS, UNREAD, access_snapshot
from unit.ui.estate import MANAGEMENT, NAMES, ODD, ROOT, UNIT

KNOWN = {ROOT: "Root", UNIT: "Workloads", **NAMES}


def test_what_is_attached_above_binds_every_place_below() -> None:
    rows = {row.id: row for row in places_table(access_snapshot()).rows}
    assert [each.id for each in rows[PAYMENTS].own] == [FULL]
    assert [(each.id, each.place) for each in rows[PAYMENTS].above] == [
        (FULL, ROOT),
        (FULL, UNIT),
        (LONDON_ONLY, UNIT),
        ("p-guard", UNIT),
    ]
    assert [each.id for each in rows[MANAGEMENT].above] == [FULL]
    assert (rows[ROOT].depth, rows[UNIT].depth, rows[PAYMENTS].depth) == (0, 1, 2)
    assert [each.id for each in place_choices(tuple(rows.values()))][:2] == [ROOT, UNIT]


def test_a_part_of_the_tree_that_was_not_read_stands_first() -> None:
    missing = [gap("organizations.policy_target", Scope(MANAGEMENT), sequence=9)]
    first = places_table(FakeSnapshot(missing=missing)).rows[0]
    assert first.is_gap
    assert first.name == "Organisation policy attachments could not be read: denied"
    assert first.evidence == (9,)
    assert place_choices((first,)) == ()


def test_a_policy_that_is_attached_and_was_not_read_is_a_gap() -> None:
    target = fact(
        "organizations.policy_target", "p-x/1", {"PolicyId": "p-x", "TargetId": PAYMENTS}, sequence=3
    )
    snapshot = access_snapshot()
    snapshot.known = [*snapshot.known, target]
    row = next(row for row in places_table(snapshot).rows if row.id == PAYMENTS)
    lost = in_force_table(snapshot, row, KNOWN).rows[1]
    assert lost.is_gap
    assert lost.cells == ("not known", "p-x", "here", "it was not read")
    assert lost.evidence == (3,)
    assert "p-x" not in {choice.id for choice in policy_choices(snapshot)}


def test_what_policies_come_to_in_an_account_is_said_with_its_errors_or_that_it_was_not_read() -> None:
    snapshot = access_snapshot()
    errors = [{"ErrorMessage": "no such version", "PathToError": "$.bedrock"}]
    payload = {"PolicyType": BEDROCK, "EffectivePolicyValidationErrors": errors}
    kind = "organizations.effective_policy_validation_error"
    snapshot.known = [*snapshot.known, fact(kind, BEDROCK, payload, Scope(PAYMENTS), 500)]
    rows = {row.id: row for row in places_table(snapshot).rows}
    lines = in_force_table(snapshot, rows[PAYMENTS], KNOWN).rows
    assert [line.cells[1] for line in lines[-2:]] == ["all Bedrock policies together", "AWS found an error"]
    assert lines[-1].cells[3] == "no such version ($.bedrock)"
    gaps = [line for line in in_force_table(snapshot, rows[ODD], KNOWN).rows if line.is_gap]
    assert [line.cells[:2] for line in gaps] == [
        ("Effective organisation policies", "could not be read: denied")
    ]
    assert not any(
        "together" in str(line.cells[1]) for line in in_force_table(snapshot, rows[UNIT], KNOWN).rows
    )


@pytest.mark.parametrize("place", [ROOT, UNIT, PAYMENTS, UNREAD])
def test_every_attachment_opens_to_the_policy_and_to_where_it_is_attached(place: str) -> None:
    snapshot = access_snapshot()
    by_sequence = {each.sequence: each for each in snapshot.known}
    for each in attachments(snapshot)[place]:
        policy, target = (by_sequence[at] for at in each.evidence)
        assert policy.payload["PolicySummary"]["Id"] == target.payload["PolicyId"] == each.id
        assert target.payload["TargetId"] == place


def test_only_policies_that_limit_each_request_can_be_asked_about() -> None:
    assert {choice.id for choice in policy_choices(access_snapshot())} == {FULL, LONDON_ONLY}
