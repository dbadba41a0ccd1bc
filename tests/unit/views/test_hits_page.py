from typing import Any

from console.controls.duties import Triage
from console.usage.dictionary import Query
from console.views.hits_page import NONE_CAUGHT, NOT_READ, HitsPageTables, page_tables
from console.views.log_coverage import Counts, Coverage
from unit.views.usages import DAY, NAMES, log_gap, source, state, sums

COVERAGE = Coverage(
    rows=(), calls=Counts(logged=54, counted=60), stopped=Counts(logged=10, counted=12), unknown=0
)
TRIAGE = {
    "r-1": (Triage(outcome="reviewed", words="", by="Jo", at="2026-11-20T10:00:00.000Z", sequence=4),),
    "r-2": (Triage(outcome="escalated", words="w", by="Sam", at="2026-11-21T10:00:00.000Z", sequence=5),),
}


ALL = Query()


def made(query: Query = ALL, gaps: Any = (), of: Any = None, triage: Any = TRIAGE) -> HitsPageTables:
    logs = ([state(source())], gaps)
    held = sums() if of is None else of
    return page_tables(held, query, COVERAGE, logs, NAMES, ("eu-west-2",), triage)


def table(page: HitsPageTables, name: str) -> Any:
    return next(each for each in page.tables if each.name == name)


def test_the_page_says_what_there_was_and_how_much_of_it_is_seen() -> None:
    page = made(gaps=[log_gap(source())])
    assert page.sentence == (
        "210 hits in 54 calls from 19 November 2026 to 21 November 2026; 200 of them only noticed and let pass. "
        "35 calls had no guardrail at all."
    )
    assert page.coverage == (
        "90% of the 60 calls that CloudWatch counted are in the logs. "
        "83% of the 12 interventions of guardrails that CloudWatch counted are in the logs."
    )
    assert page.missing == (
        "1 log or part of one could not be read; 4 calls were logged without text, so their hits are not seen."
    )
    assert (page.hits, len(page.days), page.nothing) == (210, 3, NONE_CAUGHT)


def test_before_anything_was_read_it_says_so() -> None:
    page = made(of=sums(calls=[], hits=[]), triage={})
    assert (page.sentence, page.nothing, page.days, page.missing) == (NOT_READ[0], NOT_READ, [], "")
    assert table(page, "gaps").nothing == NOT_READ
    assert all(not each.table.rows for each in page.tables)


def test_the_most_caught_lead_to_their_hits() -> None:
    rows = table(made(), "most").table.rows
    assert [(row.words, row.hits, row.share) for row in rows if row.sort == "Policy"] == [
        ("denied topic", 200, "95%"),
        ("personal information", 9, "4%"),
        ("not said in the log", 1, "under 1%"),
    ]
    assert {row.words for row in rows if row.sort == "Account"} == {"payments-production"}
    assert rows[0].narrows_to == "topic"


def test_each_table_has_its_rows_and_columns() -> None:
    page = made(Query(first_day=DAY))
    assert table(page, "unguarded").table.cells()[0][5] == 30
    assert table(page, "away").table.cells()[0][6] == 5
    assert [row[0] for row in table(page, "triage").table.cells()] == ["escalated", "reviewed"]
    triage = table(page, "triage").table
    assert triage.evidence(triage.rows[0]) == (5,)
    assert [len(row) for each in page.tables for row in each.table.cells()]
