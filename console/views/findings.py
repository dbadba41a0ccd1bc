"""The findings table: what each control concluded, what asks for work first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.controls.base import Control
from console.domain.finding import Finding, Severity, Verdict
from console.views.table import Column, Kind, Table
from console.views.text import inert

_OPEN = (Verdict.FAIL, Verdict.UNKNOWN)
_VERDICTS = {each: rank for rank, each in enumerate((*_OPEN, Verdict.PASS, Verdict.NOT_APPLICABLE))}
_SEVERITIES = {each: rank for rank, each in enumerate(Severity)}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One finding with the names that make it readable."""

    finding: Finding
    title: str
    """The control's; its id where this build has no such control."""
    account_name: str
    """Empty where the account's name is not known."""
    subject: str
    because: str


FINDING_COLUMNS: tuple[Column[FindingRow], ...] = (
    Column("verdict", "Verdict", lambda row: row.finding.verdict.value, Kind.VERDICT),
    Column("severity", "Severity", lambda row: row.finding.severity.value, Kind.SEVERITY),
    Column("control", "Control", lambda row: row.finding.control_id),
    Column("title", "What should be true", lambda row: row.title),
    Column("account", "Account", lambda row: row.account_name or None),
    Column("account_id", "Account id", lambda row: row.finding.scope.account_id or None),
    Column("region", "Region", lambda row: row.finding.scope.region),
    Column("subject", "Subject", lambda row: row.subject, Kind.ARN),
    Column("because", "Because", lambda row: row.because),
)


def findings_table(
    findings: Iterable[Finding], controls: Iterable[Control], account_names: Mapping[str, str]
) -> Table[FindingRow]:
    """Build the table: what is failing or unknown comes first, by severity, so that neither hides the other."""
    titles = {control.id: control.title for control in controls}
    rows = (
        FindingRow(
            finding=each,
            title=titles.get(each.control_id, each.control_id),
            account_name=account_names.get(each.scope.account_id, ""),
            subject=inert(each.subject),
            because=inert(each.because),
        )
        for each in findings
    )
    return Table(FINDING_COLUMNS, tuple(sorted(rows, key=_order)), evidence=lambda row: row.finding.evidence)


def _order(row: FindingRow) -> tuple[bool, int, int, str, str, str, str]:
    finding = row.finding
    return (
        finding.verdict not in _OPEN,
        _SEVERITIES[finding.severity],
        _VERDICTS[finding.verdict],
        finding.control_id,
        finding.scope.account_id,
        finding.scope.region,
        finding.subject,
    )
