"""Findings for views to draw."""

from console.domain.finding import Finding, Severity, Verdict
from console.domain.scope import Scope
from fakes import LONDON


def finding(
    verdict: Verdict,
    severity: Severity = Severity.HIGH,
    control: str = "BR-X-001",
    scope: Scope = LONDON,
    subject: str = "s",
) -> Finding:
    """Make a finding."""
    return Finding(
        control_id=control,
        severity=severity,
        subject=subject,
        scope=scope,
        verdict=verdict,
        because="b\u202e",
        evidence=(3,),
    )
