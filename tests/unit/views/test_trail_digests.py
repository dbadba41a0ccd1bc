"""What came of a trail's digests, as the page shows it."""

from dataclasses import replace
from typing import Any

from console.views.inventory_trails import TRAILS
from fakes import gap
from unit.controls.digests_made import ARN, HOURS, KEY, facts, series, status, trail
from unit.views.listed import cells_of, rows_of, section_of, told_of

SECTION = section_of(TRAILS, "trails")
DAY = series(HOURS)
KIND = "s3.cloudtrail_digest"
PART = "Digests of the day before"


def cell(known: list[Any], **more: Any) -> str:
    return str(cells_of(SECTION, known, **more)["digests"])


def test_a_whole_day_says_how_many_and_over_how_much_and_each_is_named() -> None:
    known = [trail(), status(), KEY, *facts(DAY)]
    assert cell(known) == "whole: 24 of 22 November 2026, over 24 log files"
    lines = told_of(SECTION, known)[PART].splitlines()
    assert len(lines) == 25
    assert lines[0].startswith("24 digests of 22 November 2026, over 24 log files: each")
    assert lines[1] == "the one of 00:59 UTC: 1 log file"
    (row,) = [row for row in rows_of(SECTION, known) if not row.is_gap]
    assert {1, 2, 90, *range(100, 124)} <= set(row.evidence)


def test_one_that_was_taken_out_is_said_and_stands_among_the_others() -> None:
    known = [trail(), status(), KEY, *facts([*DAY[:3], *DAY[4:]])]
    assert cell(known).startswith("not as signed: 23 digests of 22 November 2026 read, 23 as CloudTrail")
    lines = told_of(SECTION, known)[PART].splitlines()
    assert len(lines) == 25
    assert lines[4] == "the one of 03:59 UTC, which the next names, was taken out"


def test_what_is_not_known_is_said_so() -> None:
    assert cell([trail(), status(), *facts(DAY)]).startswith("not part of this refresh")
    known = [trail(), status(), KEY, *facts(DAY)]
    assert cell(known[:1] + known[2:]) == "not part of this refresh"
    lost = gap("cloudtrail.trail_status", sequence=5)
    assert cell(known[:1] + known[2:], missing=[lost]) == "could not be read: denied"
    assert cell(known[:3], missing=[gap(KIND)]) == "could not be read: denied"
    assert cell(known[:3], missing=[replace(gap(KIND), key=ARN)]) == "could not be read: denied"
    one = replace(gap(KIND, sequence=9), key=DAY[3]["Key"])
    said = cell([*known[:3], *facts([*DAY[:3], *DAY[4:]])], missing=[one])
    assert said.startswith("not known: 23 digests")
    assert PART not in told_of(SECTION, known[:3], [gap(KIND)])


def test_a_trail_without_digests_says_why() -> None:
    assert cell([trail(LogFileValidationEnabled=False), status()]) == (
        "its log files are not validated, so it has no digests"
    )


def test_a_pack_that_redacts_a_word_of_a_digest_does_not_call_it_changed() -> None:
    content = DAY[3]["Content"].replace("log-03", "{person:abcdefgh}")
    known = [trail(), status(), KEY, *facts([*DAY[:3], {**DAY[3], "Content": content}, *DAY[4:]])]
    assert cell(known) == "not shown whole in this pack, so not verified here"
