from dataclasses import replace
from typing import Any

from console.controls.catalog.trail_digests import CONTROL
from console.domain.finding import Verdict
from fakes import LONDON, fact, gap
from unit.controls.asking import ask, is_unknown_when_unread
from unit.controls.digests_made import ARN, HOURS, KEY, PAYLOAD, facts, series, status, trail

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
DAY = series(HOURS)
KIND = "s3.cloudtrail_digest"


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_where_there_is_no_trail_the_stated_answer_is_given() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


def found_of(payloads: list[dict[str, Any]], missed: tuple[str, ...] = ()) -> dict[str, Any]:
    known = [trail(), status(), KEY, *facts(payloads)]
    gaps = [replace(gap(KIND, sequence=number), key=key) for number, key in enumerate(missed, 7)]
    empty = [KIND] if not payloads else []
    return {each.subject: each for each in ask(CONTROL, known, gaps, empty)}


def test_a_whole_day_passes_and_opens_to_trail_digests_and_key() -> None:
    (found,) = found_of(DAY).values()
    assert (found.subject, found.verdict) == (ARN, PASS)
    assert found.evidence == (1, 2, *range(100, 124), 90)


def test_one_that_was_taken_out_fails_though_another_could_not_be_read() -> None:
    found = found_of([*DAY[:3], *DAY[5:]], (DAY[4]["Key"], DAY[9]["Key"]))
    assert found[ARN].verdict is UNKNOWN  # the one that was not read may name it, or not
    found = found_of([*DAY[:3], *DAY[4:9], *DAY[10:]], (DAY[9]["Key"],))
    assert (found[ARN].verdict, found[DAY[9]["Key"]].verdict) == (FAIL, UNKNOWN)
    assert 7 in found[ARN].evidence


def test_a_trail_whose_digests_could_not_be_listed_is_unknown_once() -> None:
    (found,) = found_of([], (ARN,)).values()
    assert (found.subject, found.verdict, found.evidence) == (ARN, UNKNOWN, (7,))


def test_digests_of_another_trail_are_not_this_ones() -> None:
    other = ARN.replace("/t", "/u")
    known = [trail(), status(), KEY, *facts(DAY)]
    known += [
        fact("cloudtrail.trail", other, {**PAYLOAD, "TrailARN": other, "Name": "u"}, LONDON, 3),
        fact(
            "cloudtrail.trail_status", other, {"IsLogging": True, "StartLoggingTime": "2024-01-01T00:00:00Z"}
        ),
    ]
    found = {each.subject: each for each in ask(CONTROL, known)}
    assert (found[ARN].verdict, found[other].verdict) == (PASS, FAIL)
    assert "no hourly digest" in found[other].because


def test_a_trail_without_a_state_is_unknown() -> None:
    (found,) = ask(CONTROL, [trail(), KEY, *facts(DAY)], empty=["cloudtrail.trail_status"])
    assert (found.verdict, found.evidence) == (UNKNOWN, (1,))
