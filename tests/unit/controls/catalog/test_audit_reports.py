from dataclasses import replace
from typing import Any

import pytest

from console.controls.base import assess
from console.controls.catalog.audit_reports import CONTROL
from console.domain.finding import Verdict
from fakes import FakeSnapshot, fact, gap
from unit.controls.asking import ACCOUNT, HERE, POLICY

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
CERTIFICATE = "Certifications and Attestations"


def judged(*known: Any, policy: Any = POLICY) -> dict[str, Any]:
    empty = () if known else [("artifact.report", HERE)]
    snapshot = FakeSnapshot(known=[ACCOUNT, *known], empty=empty)
    return {each.subject: each for each in assess(CONTROL, snapshot, policy)}


def test_what_could_not_be_read_is_unknown() -> None:
    snapshot = FakeSnapshot(known=[ACCOUNT], missing=[gap("artifact.report", HERE, sequence=5)])
    assert [(each.verdict, each.evidence) for each in assess(CONTROL, snapshot, POLICY)] == [(UNKNOWN, (5,))]


def test_no_report_at_all_is_unknown() -> None:
    (found,) = judged().values()
    assert found.verdict is UNKNOWN


def report(
    name: Any, end: Any, category: Any = CERTIFICATE, number: Any = 1, state: Any = "PUBLISHED"
) -> Any:
    payload = {"name": name, "periodEnd": end, "category": category, "state": state}
    return fact("artifact.report", f"report:{number}", payload, HERE, number)


@pytest.mark.parametrize(
    ("known", "subject", "verdict", "said"),
    [
        ([report("ISO 27001 certificate", "2028-10-31T00:00:00Z")], "ISO 27001", PASS, "until 2028-10-31"),
        (
            [report("Cyber Essentials Plus", "2026-08-11T00:00:00Z")],
            "Cyber Essentials Plus",
            FAIL,
            "2026-08-11",
        ),
        ([report("SOC 2 Type 2", "2026-08-11T00:00:00Z", "SOC")], "SOC 2", PASS, "2026-08-11"),
        ([report("SOC 2 Type 2", "2025-03-31T00:00:00Z", "SOC")], "SOC 2", FAIL, "2025-03-31"),
        ([report("SOC 2 Type 2", None, "SOC")], "SOC 2", UNKNOWN, "did not say"),
        ([report("SOC 1", "2028-10-31T00:00:00Z", "SOC")], "SOC 2", FAIL, "no such report"),
        (
            [report("CSA STAR", "2028-10-31T00:00:00Z", state="UNPUBLISHED")],
            "CSA STAR",
            FAIL,
            "no such report",
        ),
    ],
)
def test_the_newest_report_must_cover_the_present(known: Any, subject: Any, verdict: Any, said: str) -> None:
    found = judged(*known)[subject]
    assert (found.verdict, found.evidence) == (verdict, (1,))
    assert said in found.because


def test_an_older_report_does_no_harm() -> None:
    known = [
        report("SOC 2 Spring", "2025-03-31T00:00:00Z", "SOC"),
        report("SOC 2", "2026-09-30T00:00:00Z", "SOC", 2),
    ]
    assert judged(*known)["SOC 2"].evidence == (2,)
    strict = replace(POLICY, report_age_days=7)
    assert judged(*known, policy=strict)["SOC 2"].verdict is FAIL
