"""Makers of findings, claims, attestations and exceptions for tests."""

from datetime import date
from typing import Any

from console.controls.attestation import Attestation, Rules
from console.controls.base import Control, Grain
from console.controls.claims import Basis, Claim
from console.controls.exceptions import GrantedException
from console.domain.finding import Finding, Severity, Verdict
from console.domain.scope import Scope

TODAY = date(2026, 11, 23)
RULES = Rules(today=TODAY, reminder_days=30, needs_countersignature=False)
ONE, TWO = "111122223333", "222233334444"


def finding(verdict: Verdict, control: str = "BR-AAA-001", account: str = ONE, **changes: Any) -> Finding:
    said = {
        "control_id": control,
        "severity": Severity.HIGH,
        "subject": "arn:thing",
        "scope": Scope(account, changes.pop("region", "eu-west-2")),
        "verdict": verdict,
        "because": "so",
        "evidence": (1,),
    }
    return Finding(**{**said, **changes})


def control(id_: str = "BR-AAA-001", *claims: str, grain: Grain = Grain.REGION) -> Control:
    return Control(
        id=id_,
        title="It is so",
        severity=Severity.HIGH,
        grain=grain,
        reads=("bedrock.guardrail",),
        rationale="Because.",
        remedy="Do it.",
        check=lambda _question: (),
        nothing=(Verdict.NOT_APPLICABLE, "nothing there"),
        claims=claims,
    )


def claim(id_: str = "S01", basis: Basis = Basis.LIVE) -> Claim:
    return Claim(id=id_, heading="H", words="It is so.", basis=basis, line_sha256=id_, reality="")


def attestation(*claims: str, **changes: Any) -> Attestation:
    said = {
        "id": "AT-1",
        "statement": "It is so",
        "claims": claims or ("S01",),
        "accounts": (),
        "document": "paper.pdf",
        "document_sha256": "00" * 32,
        "artifact_report": "",
        "person": "Jo",
        "signed_at": "2026-11-01T00:00:00.000Z",
        "fingerprint": "SHA256:a",
        "valid_from": "2026-11-01",
        "valid_until": "2027-03-31",
        "review_on": "",
        "problem": "",
        "sequence": 7,
    }
    return Attestation(**{**said, **changes})


def exception(**changes: Any) -> GrantedException:
    said = {
        "id": "EX-1",
        "control_id": "BR-AAA-001",
        "account_id": "*",
        "region": "*",
        "subject": "*",
        "reason": "a trial",
        "approver": "Sam",
        "granted_by": "Jo",
        "granted_at": "2026-11-01T00:00:00.000Z",
        "valid_until": "2026-12-31",
        "sequence": 9,
    }
    return GrantedException(**{**said, **changes})
