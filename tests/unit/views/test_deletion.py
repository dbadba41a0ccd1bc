"""Requests to delete as tables."""

from dataclasses import replace

import pytest

from console.deletion.blockers import blocker
from console.deletion.case import What
from console.deletion.plan import NOT_LOOKED_AT, REFRESH, Residual, Unread
from console.deletion.progress import progress_of
from console.views.deletion import (
    case_sentence,
    due_words,
    plan_table,
    progress_sentence,
    queue_sentence,
    queue_table,
    signing_words,
    target_in,
    timeline_table,
)
from unit.deletion.made import MODEL, SAM, about, entry, plan, requested, step
from unit.deletion.test_case import (
    ABSENT,
    APPROVAL,
    BEGUN,
    DONE,
    EXECUTED,
    NOW,
    ONE,
    PLAN,
    REFUSAL,
    STOPPED,
    TWO,
    later,
    stood,
)

CERTIFIED = stood(APPROVAL, EXECUTED, later(What.CERTIFICATE, 6))
STOP = entry(What.CLOCK_STOP, {"on": "2026-11-21", "reason": "Which account?"})


def test_the_queue_says_who_must_act_and_by_when() -> None:
    table = queue_table([stood(), CERTIFIED])
    cells = [dict(zip((each.id for each in table.columns), row, strict=True)) for row in table.cells()]
    assert cells[0]["actor"] == "approver"
    assert cells[0]["name"] == MODEL
    assert cells[0]["subject"] == "none"
    assert table.evidence(table.rows[0])
    assert queue_sentence([stood(), CERTIFIED]) == "1 request waits: 1 for the approver"
    assert queue_sentence([CERTIFIED]) == ""
    late = replace(stood(), due=replace(stood().due, days_left=-1))
    assert queue_sentence([late]).endswith("; 1 overdue")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "due 2026-12-21, in 27 days"),
        ({"days_left": 0}, "due 2026-12-21, today"),
        ({"days_left": -3}, "overdue since 2026-12-21"),
        ({"is_stopped": True}, "clock stopped; else due 2026-12-21"),
        ({"is_extended": True}, "due 2026-12-21, in 27 days (extended)"),
    ],
)
def test_the_clock_is_in_words(changes: dict[str, object], words: str) -> None:
    case = stood()
    assert due_words(replace(case, due=replace(case.due, **changes))) == words
    assert due_words(CERTIFIED) == "was due 2026-12-21"


def test_a_plan_begins_with_what_is_in_the_way() -> None:
    first = step("one")
    made = replace(
        plan(first, step("two", [first.id], irreversible=False)),
        blockers=(
            blocker("retain", "source", "keeps"),
            blocker("commitment", "capacity", "bought", "2031-12-31T"),
        ),
        unread=(
            Unread(subject="copies", operation="o:List", reason="denied", detail="d"),
            Unread(subject="users", operation=REFRESH, reason="denied", detail="d"),
        ),
        residuals=(
            Residual(subject="a", words="w", reason="r", expires="never"),
            Residual(subject="b", words="A copy", reason=f"{NOT_LOOKED_AT}: b (denied)", expires="not known"),
            Residual(subject="b", words="w", reason="r", expires="never", accepted_by=SAM),
        ),
    )
    rows = list(plan_table(made).rows)
    unlooked = rows.pop(4)
    assert (unlooked.sort, unlooked.subject) == ("not looked at", "b")
    assert "denied" in unlooked.words
    assert signing_words(made).startswith("1 place was not looked at")
    assert signing_words(plan()) == ""
    assert [row.sort for row in rows] == ["in the way"] * 2 + ["not seen"] * 2 + ["step"] * 2 + ["stays"] * 2
    assert [row.subject for row in rows[:2]] == ["capacity", "source"]
    assert (rows[0].until, rows[0].remedy) == ("2031-12-31", "Remove its cause")
    assert [row.remedy.partition(" ")[0] for row in rows[2:4]] == ["Allow", "Refresh"]
    assert [row.number for row in rows[4:6]] == [1, 2]
    assert rows[5].after == "1"
    assert [row.remedy for row in rows[4:]] == [
        "Cannot be undone",
        "Can be undone",
        "r; until: never",
        "Accepted: r; until: never",
    ]
    assert plan_table(made).cells()


def test_a_plan_says_how_each_step_stands_and_where_it_is() -> None:
    case = stood(APPROVAL, BEGUN, DONE, later(What.BEGUN, 3, step=TWO.id))
    assert case.plan is not None
    progress = progress_of(case)
    rows = {row.id: row for row in plan_table(case.plan, progress).rows}
    assert [rows[ONE.id].state, rows[TWO.id].state] == ["done", "begun, not finished"]
    assert (rows[ONE.id].requests, rows[ONE.id].remedy) == ("r", "gone")
    assert rows[TWO.id].remedy == "Cannot be undone"
    said = progress_sentence(case.plan, progress)
    assert said.startswith("2 steps: 1 begun, not finished, 1 done. At: ")
    assert progress_sentence(case.plan, progress_of(stood(APPROVAL))) == ""
    assert progress_sentence(PLAN, progress_of(stood(APPROVAL, BEGUN))).count("1 waiting") == 1


def test_the_timeline_says_what_each_record_did_and_what_does_not_count() -> None:
    verified = later(What.VERIFICATION, 5, results=ABSENT)
    other = later(What.BEGUN, 7, step="ST-unknown")
    case = stood(STOP, REFUSAL, BEGUN, DONE, STOPPED, verified, other, replace(APPROVAL, problem="forged"))
    rows = timeline_table(case).rows
    details = {row.words: row.detail for row in rows}
    assert details["Approved the plan"] == "Does not count: forged"
    assert details["Refused the plan"] == f"Plan {PLAN.sha256[:12]}: No"
    assert details["Made and signed the plan"] == f"Plan {PLAN.sha256[:12]}"
    assert details["Verified"] == "2 of 2 verified absent"
    assert details["Finished a step"] == "one gone"
    assert details["Stopped at a surprise"] == "one odd"
    assert details["Began a step"] == "ST-unknown"
    assert details["Stopped the clock"] == "Which account?"
    assert details["Raised the request"] == "Consent was withdrawn"
    assert timeline_table(case).evidence(rows[0]) == (1,)
    without = replace(case, plan=None)
    assert timeline_table(without).rows
    assert timeline_table(case).cells()


def test_a_request_is_in_a_sentence_and_a_row_leads_to_one() -> None:
    said = case_sentence(stood())
    assert PLAN.sha256[:12] in said
    assert "approver" in said
    assert "plan" not in case_sentence(replace(stood(), plan=None)).partition("Next")[0]
    assert target_in(["x", MODEL]) is not None
    assert target_in(["x"]) is None
    assert about(What.EXECUTED, PLAN).what is What.EXECUTED
    assert requested().said
    assert NOW
