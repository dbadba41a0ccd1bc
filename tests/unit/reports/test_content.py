from console.domain.finding import Finding, Severity, Verdict
from console.reports.content import cited
from fakes import LONDON, FakeSnapshot, gap


def finding(verdict: Verdict, *evidence: int) -> Finding:
    return Finding(
        control_id="BR-XXX-001",
        severity=Severity.LOW,
        subject="s",
        scope=LONDON,
        verdict=verdict,
        because="b",
        evidence=evidence,
    )


def test_the_report_opens_what_is_open_and_every_gap() -> None:
    findings = [
        finding(Verdict.PASS, 1),
        finding(Verdict.FAIL, 2, 3),
        finding(Verdict.UNKNOWN, 4),
        finding(Verdict.NOT_APPLICABLE, 5),
    ]
    assert cited(FakeSnapshot(missing=[gap("iam.user", sequence=9)]), findings) == {2, 3, 4, 9}
