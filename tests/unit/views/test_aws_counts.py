import dataclasses

from console.domain.counting import Asking, Count, Engine, Question
from console.domain.scope import Scope
from console.usage.dictionary import Query
from console.views.aws_counts import (
    answer_rows,
    answer_table,
    count_rows,
    count_table,
    log_choices,
)
from console.views.hits_page import page_tables
from fakes import FakeSnapshot, fact
from unit.views.test_hits_page import COVERAGE
from unit.views.usages import NAMES, sums

ACCOUNT = next(iter(NAMES))
ONE = Count(
    asking=Asking(
        question=Question.HITS,
        engine=Engine.ATHENA,
        account_id=ACCOUNT,
        region="eu-west-2",
        first_day="2026-11-19",
        last_day="2026-11-20",
    ),
    rows=[
        (("2026-11-20", "topic", None, None, None, None), 5),
        ((None, "sensitive information", "EMAIL", "ANONYMIZED", None, None), 3),
        ((None, None, None, None, ACCOUNT, "arn:aws:iam::1:user/<b>"), 2),
    ],
    problem="",
    bytes_scanned=2048,
    by="Jo",
    at="2026-11-23T10:00:00.000Z",
    sequence=7,
)
FAILED = dataclasses.replace(ONE, rows=[], problem="denied: no", bytes_scanned=None, sequence=8)


def test_the_newest_answer_that_is_there_is_shown_in_words_and_opens_to_the_ledger() -> None:
    newer = dataclasses.replace(ONE, rows=ONE.rows[:1], sequence=6)
    table = count_table(count_rows([ONE, newer, FAILED], NAMES))
    assert [(row[5], row[1], row[2]) for row in table.cells()] == [
        ("day, policy", "2026-11-20, denied topic", 5),
        ("policy, what was caught, what happened", "personal information, EMAIL, masked", 3),
        ("account, who called", "arn:aws:iam::1:user/<b>", 2),
    ]
    assert table.evidence(table.rows[0]) == (7,)


def test_what_is_not_there_is_unknown_and_comes_with_its_reason() -> None:
    cut = dataclasses.replace(ONE, problem="cut off after 50,000 rows", sequence=9)
    table = answer_table(answer_rows([ONE, FAILED, cut], NAMES))
    assert [(row[0], row[6], row[7], row[8]) for row in table.cells()] == [
        ("part is missing", "cut off after 50,000 rows", 3, 2048),
        ("unknown", "denied: no", None, None),
        ("answered", "", 3, 2048),
    ]
    page = page_tables(sums(), Query(), COVERAGE, ([], []), NAMES, ("eu-west-2",), {}, (), [ONE, FAILED])
    counted = next(each for each in page.tables if each.name == "counted")
    assert counted.missing == "1 answer is not whole, or not there."


def test_what_logs_insights_cannot_tell_stands_beside_its_answer() -> None:
    asking = dataclasses.replace(ONE.asking, engine=Engine.INSIGHTS)
    other = dataclasses.replace(asking, question=Question.RESIDENCY)
    rows = answer_rows(
        [
            dataclasses.replace(ONE, asking=asking),
            dataclasses.replace(
                ONE, asking=other, rows=[((ACCOUNT, "", "m", "eu-west-2", "us-east-1"), 1)], sequence=9
            ),
        ],
        NAMES,
    )
    limits = [str(row[6]) for row in answer_table(rows).cells()]
    assert "counts twice" in limits[0]
    assert "not what was caught" in limits[1]


def test_each_place_that_a_log_is_written_to_is_offered() -> None:
    both = {"loggingConfig": {"s3Config": {"bucketName": "b"}, "cloudWatchConfig": {"logGroupName": "g"}}}
    shown = FakeSnapshot(
        known=[
            fact("bedrock.invocation_logging", "x", both, Scope(ACCOUNT, "eu-west-2")),
            fact("bedrock.invocation_logging", "x", {}, Scope("999999999999", "eu-west-2")),
        ]
    )
    found = log_choices(shown, NAMES)
    assert [(each.engine, each.account_id) for each in found] == [
        (Engine.ATHENA, ACCOUNT),
        (Engine.INSIGHTS, ACCOUNT),
    ]
    assert found[0].words == f"{NAMES[ACCOUNT]}, eu-west-2: Amazon Athena"


def test_states_and_regions_are_said_in_words() -> None:
    covered = dataclasses.replace(
        ONE,
        asking=dataclasses.replace(ONE.asking, question=Question.COVERAGE),
        rows=[(("counted", "2026-11-20", ACCOUNT, "eu-west-2"), 4), (("not a record", "", "", ""), 1)],
    )
    assert [row.which for row in count_rows([covered], NAMES)] == [
        "calls, 2026-11-20, eu-west-2",
        "lines that are no record",
    ]
    assert count_rows([dataclasses.replace(covered, rows=[(("counted", None, ACCOUNT, None), 4)])], {})[
        0
    ].which
    other = dataclasses.replace(covered, rows=[((None, None, ACCOUNT, None), 4)])
    assert count_rows([other], NAMES)[0].which == NAMES[ACCOUNT]
    other = dataclasses.replace(covered, rows=[((None, None, "999999999999", None), 4)])
    assert count_rows([other], NAMES)[0].which == "999999999999"
