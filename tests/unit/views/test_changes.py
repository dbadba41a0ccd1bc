import json
from typing import Any

import pytest

from console.controls.history import History, changes
from console.domain.finding import Verdict
from console.domain.scope import Scope
from console.views.changes import EVENTS, change_sentence, changes_table, trend_table
from fakes import FakeSnapshot, fact
from unit.controls.deeds_made import ONE, control, finding

SUBJECT = f"arn:aws:bedrock:eu-west-2:{ONE}:guardrail/abcdef123456"
BEFORE = [finding(Verdict.PASS, subject=SUBJECT, evidence=(1,))]
AFTER = [finding(Verdict.FAIL, subject=SUBJECT, evidence=(2,))]
EVENT = {
    "eventName": "UpdateGuardrail",
    "eventTime": "2026-11-23T08:00:00Z",
    "awsRegion": "eu-west-2",
    "readOnly": False,
    "userIdentity": {"arn": f"arn:aws:sts::{ONE}:assumed-role/Builder/jo"},
    "requestParameters": {"guardrailIdentifier": "abcdef123456"},
}


def event(said: dict[str, Any], wrapped: bool = True, scope: Scope = Scope(ONE, "eu-west-2")) -> Any:  # noqa: FBT001, FBT002, B008
    payload = {"CloudTrailEvent": json.dumps(said), "EventName": "x"} if wrapped else said
    return fact(EVENTS, "event-1", payload, scope, 50)


def rows(
    *facts: Any, before: Any = BEFORE, after: Any = AFTER, since: str = "2026-11-22T00:00:00.000Z"
) -> Any:
    snapshot = FakeSnapshot(known=list(facts))
    return changes_table(changes(before, after), snapshot, [control("BR-AAA-001")], {ONE: "one"}, since)


@pytest.mark.parametrize("wrapped", [True, False])
def test_who_changed_it_is_said_where_cloudtrail_says_it(wrapped: bool) -> None:  # noqa: FBT001
    table = rows(event(EVENT, wrapped))
    (row,) = table.rows
    assert (row.before, row.after) == ("pass", "fail")
    assert (
        row.who == f"arn:aws:sts::{ONE}:assumed-role/Builder/jo, UpdateGuardrail, 23 November 2026, 08:00 UTC"
    )
    assert table.evidence(row) == (2, 50)
    assert table.cells()[0][4] == "one"


@pytest.mark.parametrize(
    "other",
    [
        {"readOnly": True},
        {"readOnly": "true"},
        {"eventTime": "2026-11-01T08:00:00Z"},
        {"awsRegion": "us-east-1"},
        {"requestParameters": {"guardrailIdentifier": "another"}},
    ],
)
def test_an_event_that_is_about_something_else_says_nothing(other: dict[str, Any]) -> None:
    table = rows(event({**EVENT, **other}))
    assert table.rows[0].who == ""
    assert table.cells()[0][-1] is None


def test_an_event_in_another_account_says_nothing() -> None:
    assert rows(event(EVENT, scope=Scope("9", "eu-west-2"))).rows[0].who == ""


@pytest.mark.parametrize("text", ["not json", "[]", 7])
def test_an_event_that_cannot_be_read_is_taken_as_it_is(text: object) -> None:
    said = {
        "CloudTrailEvent": text,
        "EventName": "Put",
        "EventTime": "then",
        "Username": "jo",
        "Resources": SUBJECT,
    }
    table = rows(fact(EVENTS, "e", said, Scope(ONE, "eu-west-2"), 50), since="")
    assert table.rows[0].who == "jo, Put, then"


def test_an_object_in_place_of_text_is_read_too() -> None:
    said = {"CloudTrailEvent": {**EVENT, "userIdentity": "root"}}
    table = rows(fact(EVENTS, "e", said, Scope(ONE, "eu-west-2"), 50))
    assert table.rows[0].who.startswith("somebody unnamed, UpdateGuardrail")


def test_the_newest_of_several_events_is_named() -> None:
    later = {**EVENT, "eventTime": "2026-11-23T08:30:00Z", "eventName": "DeleteGuardrail"}
    assert "DeleteGuardrail" in rows(event(later), event(EVENT)).rows[0].who


def test_a_short_subject_is_looked_for_whole() -> None:
    before, after = ([finding(verdict, subject="ab")] for verdict in (Verdict.PASS, Verdict.FAIL))
    assert rows(event({**EVENT, "requestParameters": {"x": "ab"}}), before=before, after=after).rows[0].who


def test_what_is_gone_or_new_is_said() -> None:
    table = rows(before=[*BEFORE, finding(Verdict.FAIL, "BR-OLD-001", account="5")], after=[])
    assert [(row.before, row.after, row.title) for row in table.rows] == [
        ("pass", "not there", "It is so"),
        ("fail", "not there", "BR-OLD-001"),
    ]
    assert table.evidence(table.rows[0]) == (1,)
    assert table.rows[0].because == "it was not among the newest reading's findings"
    assert [cells[4] for cells in table.cells()] == ["one", "5"]
    new = rows(before=[], after=[finding(Verdict.PASS, evidence=())])
    assert new.evidence(new.rows[0]) == ()


def test_one_line_says_what_changed() -> None:
    assert change_sentence([]) == "Nothing changed since the reading before."
    assert change_sentence(rows().rows) == "1 began to fail since the reading before."
    subjects = {
        "a": ("pass", "fail"),
        "b": ("fail", "pass"),
        "c": ("pass", "unknown"),
        "d": ("pass", "not applicable"),
    }
    before = [finding(Verdict(old), subject=subject) for subject, (old, _) in subjects.items()]
    after = [finding(Verdict(new), subject=subject) for subject, (_, new) in subjects.items()]
    table = rows(before=before, after=after)
    assert [row.after for row in table.rows] == ["fail", "unknown", "pass", "not applicable"]
    assert change_sentence(table.rows) == (
        "1 began to fail, 1 no longer fail, 1 became unknown, 1 changed otherwise since the reading before."
    )


def test_the_trend_is_newest_first() -> None:
    history = History()
    history.add(1, "2026-11-22T00:00:00.000Z", AFTER)
    history.add(2, "2026-11-23T00:00:00.000Z", BEFORE)
    table = trend_table(history)
    assert [(row.refresh_id, row.counts[Verdict.FAIL]) for row in table.rows] == [(2, 0), (1, 1)]
    assert table.cells()[1][2:] == [1, 0, 0, 0]
