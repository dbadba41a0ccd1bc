"""AWS's audit reports must cover the present."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from console.base.clock import parse_stamp
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import moment, said
from console.domain.evidence import Fact

_KIND = "artifact.report"
_WANTED = ("ISO 27001", "ISO 27018", "SOC 2", "CSA STAR", "Cyber Essentials Plus")
_OF_A_PERIOD = "SOC"
"""The category of reports about a period that is over; certificates are valid until theirs ends."""


def check(question: Question) -> Iterator[Opinion]:
    """Look for the newest report of each sort that the guidance names."""
    reports = question.facts(_KIND)
    if not reports:
        return
    for name in _WANTED:
        found = [each for each in reports if _is_named(each, name)]
        verdict, because, evidence = _judge(found, question.policy.report_age_days)
        yield Opinion(subject=name, verdict=verdict, because=because, evidence=evidence or reports)


def _is_named(report: Fact, name: str) -> bool:
    words = f"{report.payload.get('name')} {report.payload.get('series')}"
    return name.lower() in words.lower() and said(report.payload, "state") == "PUBLISHED"


def _judge(found: Sequence[Fact], most: int) -> tuple[Verdict, str, Sequence[Fact]]:
    if not found:
        return Verdict.FAIL, "AWS Artifact offers no such report", ()
    ends = [(end, each) for each in found if (end := moment(each.payload, "periodEnd"))]
    if not ends:
        return Verdict.UNKNOWN, "AWS did not say which period it covers", found
    end, newest = max(ends, key=lambda each: each[0])
    name, last = said(newest.payload, "name"), _last(newest, end, most)
    if last < parse_stamp(newest.provenance.observed_at):
        return Verdict.FAIL, f"the newest, {name}, covers the time until {end:%Y-%m-%d}", (newest,)
    return Verdict.PASS, f"{name} covers the time until {end:%Y-%m-%d}", (newest,)


def _last(report: Fact, end: datetime, most: int) -> datetime:
    """Return until when a report tells something: one about a period, for some days after it."""
    return end + timedelta(days=most if said(report.payload, "category") == _OF_A_PERIOD else 0)


CONTROL = Control(
    id="BR-ART-001",
    title="AWS's audit reports are current",
    severity=Severity.LOW,
    grain=Grain.ORGANISATION,
    reads=(_KIND,),
    rationale=(
        "What AWS does behind its interfaces is told by its auditors alone. A certificate that ended, or a report about"
        " a year long gone, says nothing of today."
    ),
    remedy=(
        "Look in AWS Artifact for a newer report or a bridge letter, read it, and attest that it was read. If there is"
        " none, ask AWS when it comes and record an exception until then (policy.report_age_days)."
    ),
    check=check,
    nothing=(Verdict.UNKNOWN, "audit reports were read to the end, but no answer was reached"),
    references=("https://docs.aws.amazon.com/artifact/latest/ug/what-is-aws-artifact.html",),
    claims=("S35", "S36", "S37"),
    ages=True,
)
