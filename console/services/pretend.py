"""What the officers of the invented department did, so that a demonstration shows attestations and exceptions too."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from console.controls.exceptions import ANY, GrantedException
from console.domain.finding import Finding, Verdict
from console.services.attesting import Draft
from console.services.office import Office

_JO, _SAM = "Jo Bloggs (invented)", "Sam Roe (invented)"
_ATTESTED = (
    ("S10", "The customer agreement leaves what we put in and get out with the department", 240),
    ("S12", "The data protection assessment covers the use of Bedrock and is in date", 20),
    ("S17", "The transfer risk assessment considers US law over a US provider", 120),
    ("S35 S37", "The reports for ISO 27001 and ISO 27018 were read and are in date", 300),
)
_REPORTS = (
    "report-0000000000000010",
    "report-0000000000000012",
    "report-0000000000000017",
    "report-0000000000000035",
)


def pretend(office: Office, findings: Sequence[Finding], now: datetime) -> None:
    """Attest, except, note and assign in invented names."""
    today = now.date()
    for (claims, statement, days), report in zip(_ATTESTED, _REPORTS, strict=True):
        office.attest(
            Draft(
                statement=statement,
                claims=tuple(claims.split()),
                person=_JO,
                valid_from=today.isoformat(),
                valid_until=(today + timedelta(days=days)).isoformat(),
                artifact_report=report,
            )
        )
    failing = [each for each in findings if each.verdict is Verdict.FAIL]
    if not failing:
        return
    first, last = failing[0], failing[-1]
    office.grant(
        GrantedException(
            id="",
            control_id=first.control_id,
            account_id=first.scope.account_id,
            region=ANY,
            subject=ANY,
            reason="The trial ends with the quarter",
            approver=_SAM,
            granted_by=_JO,
            granted_at="",
            valid_until=(today + timedelta(days=30)).isoformat(),
        ),
        _JO,
    )
    office.note(last.identity, _JO, "Raised with the account's owner; a change is planned")
    office.assign([last.identity], _JO, _SAM)
