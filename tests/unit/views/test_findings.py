from console.domain.finding import Severity, Verdict
from console.services.assess import discover_controls
from console.views.findings import findings_table
from unit.views.findings_made import finding


def test_failing_and_unknown_stand_together_by_severity() -> None:
    made = [
        finding(Verdict.PASS, Severity.CRITICAL),
        finding(Verdict.FAIL, Severity.LOW),
        finding(Verdict.UNKNOWN, Severity.CRITICAL),
        finding(Verdict.NOT_APPLICABLE),
        finding(Verdict.FAIL, Severity.CRITICAL),
    ]
    rows = findings_table(made, (), {}).rows
    assert [(row.finding.severity.value, row.finding.verdict.value) for row in rows] == [
        ("critical", "fail"),
        ("critical", "unknown"),
        ("low", "fail"),
        ("critical", "pass"),
        ("high", "not applicable"),
    ]


def test_a_row_names_control_and_account_and_opens_to_its_evidence() -> None:
    made = finding(Verdict.FAIL, control="BR-RET-001", subject="x\x1b")
    table = findings_table([made], discover_controls(), {made.scope.account_id: "payments"})
    (row,) = table.rows
    expected = ["fail", "high", "BR-RET-001", "The data retention mode is none", "payments", "111122223333"]
    assert table.cells() == [[*expected, "eu-west-2", "x\\u001b", "b\\u202e"]]
    assert table.evidence(row) == (3,)
