from dataclasses import replace
from typing import Any

import pytest

from console.controls.catalog.knowledge_base_ingestion import CONTROL
from console.domain.finding import Verdict
from fakes import fact, gap
from unit.controls.asking import ask, is_unknown_when_unread, opinion

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
SOURCE, JOB = CONTROL.reads
THING = fact(SOURCE, "KB/DS", {}, sequence=7)


def job(status: Any, lost: Any = 0) -> Any:
    payload = {"status": status, "startedAt": "2026-11-16", "statistics": {"numberOfDocumentsFailed": lost}}
    return fact(JOB, "KB/DS", payload, sequence=8)


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_data_sources_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


@pytest.mark.parametrize(
    ("made", "verdict", "word"),
    [
        (job("COMPLETE"), PASS, "2026-11-16"),
        (job("COMPLETE", 3), FAIL, "3 documents"),
        (job("COMPLETE", None), UNKNOWN, "did not say"),
        (job("COMPLETE", True), UNKNOWN, "did not say"),
        (job("FAILED"), FAIL, "FAILED"),
        (job("STOPPED"), FAIL, "STOPPED"),
        (job("IN_PROGRESS"), UNKNOWN, "under way"),
        (job("DREAMT"), UNKNOWN, "did not say"),
        (fact(JOB, "KB/DS", {}, sequence=8), UNKNOWN, "a time not said"),
    ],
)
def test_a_source_is_as_current_as_its_newest_reading(made: Any, verdict: Any, word: str) -> None:
    found = opinion(CONTROL, THING, made)
    assert (found.verdict, found.evidence) == (verdict, (7, 8))
    assert word in found.because


def test_a_source_that_was_never_read_has_nothing_to_be_out_of_date() -> None:
    found = opinion(CONTROL, THING)
    assert (found.verdict, found.evidence) == (NOT, (7,))


def test_a_reading_that_could_not_be_seen_is_unknown_and_opens_to_the_gap() -> None:
    lost = replace(gap(JOB, sequence=9), key="KB/DS")
    found = ask(CONTROL, [THING], missing=[lost])
    assert {(each.verdict, each.evidence) for each in found} == {(UNKNOWN, (9,)), (UNKNOWN, (7, 9))}
