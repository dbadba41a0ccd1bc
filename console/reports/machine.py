"""The assessment for machines: everything the report says, as JSON in ASCII, in one order."""

import dataclasses
import json

from console.controls.base import Control
from console.domain.finding import Finding
from console.reports.content import Content

SCHEMA = "bedrock-console/assessment/2"


def assessment_json(content: Content) -> bytes:
    """Return the assessment with what it was made from and held against."""
    said = {
        "schema": SCHEMA,
        "refresh": dataclasses.asdict(content.snapshot.refresh),
        "as_of": content.as_of,
        "scope": content.scope.document(),
        "profile": content.profile.value,
        "policy": dataclasses.asdict(content.policy),
        "export": dataclasses.asdict(content.export),
        "steps": [
            [step.kind, step.scope.account_id, step.scope.region, step.state.value, step.facts]
            for step in content.snapshot.steps()
        ],
        "controls": [_control(each) for each in content.controls],
        "findings": [_finding(each) for each in content.findings],
    }
    return (json.dumps(said, indent=1, sort_keys=True, ensure_ascii=True) + "\n").encode("ascii")


def _control(control: Control) -> dict[str, object]:
    return {
        "id": control.id,
        "title": control.title,
        "severity": control.severity.value,
        "grain": control.grain.value,
        "reads": list(control.reads),
        "claims": list(control.claims),
        "rationale": control.rationale,
        "remedy": control.remedy,
        "references": list(control.references),
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "control": finding.control_id,
        "severity": finding.severity.value,
        "subject": finding.subject,
        "account_id": finding.scope.account_id,
        "region": finding.scope.region,
        "verdict": finding.verdict.value,
        "because": finding.because,
        "evidence": list(finding.evidence),
    }
