"""What people did about findings, in the findings table; and findings in groups."""

from datetime import date

import pytest

from console.controls.duties import Assignment, Duties, Note
from console.controls.history import Course
from console.domain.finding import Verdict
from console.views.findings import (
    DUTY_COLUMNS,
    FINDING_COLUMNS,
    GROUPS,
    TIME_COLUMNS,
    WORK_COLUMNS,
    Work,
    findings_table,
    grouped,
)
from unit.controls.deeds_made import ONE, exception, finding

FAIL, OTHER = finding(Verdict.FAIL), finding(Verdict.UNKNOWN, account="", subject="x", evidence=(3,))
NOTE = Note(words="n", by="Jo", at="t", sequence=21)
WORK = Work(
    duties=Duties(
        exceptions=(exception(),),
        notes={FAIL.identity: (NOTE,)},
        assignments={FAIL.identity: Assignment(to="Sam\u202e", by="Jo", at="t", sequence=20)},
    ),
    today=date(2026, 11, 23),
    courses={FAIL.identity: Course(first_seen="a", last_seen="c", verdict=Verdict.FAIL, since="b")},
)
COLUMNS = (*FINDING_COLUMNS, *DUTY_COLUMNS, *TIME_COLUMNS)


def test_a_failure_shows_who_accepted_it_who_looks_after_it_and_since_when() -> None:
    table = findings_table([FAIL, OTHER], [], {}, WORK, COLUMNS)
    row = dict(zip((column.id for column in table.columns), table.cells()[0], strict=True))
    assert row["verdict"] == "fail"
    assert row["excepted"] == "excepted until 2026-12-31 by Sam"
    assert (row["assigned"], row["notes"], row["since"], row["first_seen"]) == ("Sam\\u202e", 1, "b", "a")
    assert table.evidence(table.rows[0]) == (1, 9, 21)
    rest = dict(zip((column.id for column in table.columns), table.cells()[1], strict=True))
    assert (rest["excepted"], rest["assigned"], rest["notes"], rest["since"], rest["first_seen"]) == (
        "no", "nobody", 0, None, None,
    )  # fmt: skip


def test_on_screen_the_reason_carries_them() -> None:
    table = findings_table([FAIL, OTHER], [], {}, WORK, WORK_COLUMNS)
    assert [cells[-1] for cells in table.cells()] == [
        "so (excepted until 2026-12-31 by Sam; Sam\\u202e looks after it)",
        "so",
    ]


@pytest.mark.parametrize("by", list(GROUPS))
def test_groups_hold_every_finding_once(by: str) -> None:
    rows = findings_table(
        [FAIL, OTHER, finding(Verdict.PASS, region="us-east-1")], [], {ONE: "one"}, WORK
    ).rows
    table = grouped(rows, by)
    assert sum(sum(row.counts.values()) for row in table.rows) == 3
    assert [row.counts[Verdict.FAIL] for row in table.rows] == sorted(
        (row.counts[Verdict.FAIL] for row in table.rows), reverse=True
    )
    assert len(table.cells()[0]) == 6


def test_a_group_counts_what_is_excepted_and_opens_to_what_is_open() -> None:
    rows = findings_table([FAIL, OTHER, finding(Verdict.PASS, evidence=(5,))], [], {}, WORK).rows
    table = grouped(rows, "Control")
    (group,) = table.rows
    assert (group.excepted, table.evidence(group)) == (1, (1, 3))
