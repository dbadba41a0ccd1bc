"""The findings as OSCAL assessment results (NIST, version 1.1.3 of the model), for those who collect such documents.

OSCAL knows two states, satisfied and not satisfied, and a reason. A question whose answer is unknown is therefore not
satisfied for the reason "other", and says so; one that applied nowhere has no finding.
"""

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from console.controls.base import Control
from console.domain.finding import Finding, Verdict
from console.reports.content import OPEN, Content
from console.views.text import inert

OSCAL_VERSION = "1.1.3"
_SPACE = uuid.UUID("6f5e3b1c-5a0c-5d0e-9c54-0f4b7d1b6a11")
"""Ours: names within it become the same UUIDs on every machine."""
_PROPERTIES = "urn:bedrock-console:oscal"


def assessment_results(content: Content) -> bytes:
    """Return the document; equal content gives equal UUIDs."""
    refresh, export = content.snapshot.refresh, content.export
    about = f"{refresh.organisation_id}/{refresh.id}/{refresh.content_root}/{content.assessed_at}"
    plan = _uuid(about, "plan")
    observations = {each: _observation(content, about, each) for each in _open(content.findings)}
    by_control: dict[str, list[Finding]] = {}
    for each in content.findings:
        by_control.setdefault(each.control_id, []).append(each)
    result: dict[str, Any] = {
        "uuid": _uuid(about, "result"),
        "title": "Amazon Bedrock controls",
        "description": "What the controls concluded from one reading of the organisation.",
        "start": refresh.started_at,
        "end": refresh.finished_at,
        "reviewed-controls": {
            "control-selections": [
                {"include-controls": [{"control-id": each.id} for each in content.controls]}
            ]
        },
    }
    findings = [
        _finding(about, control, by_control[control.id], observations)
        for control in content.controls
        if any(each.verdict is not Verdict.NOT_APPLICABLE for each in by_control.get(control.id, ()))
    ]
    result |= {"observations": list(observations.values())} if observations else {}
    result |= {"findings": findings} if findings else {}
    document = {
        "assessment-results": {
            "uuid": _uuid(about, "assessment-results"),
            "metadata": {
                "title": "Amazon Bedrock assurance: assessment results",
                "last-modified": export.exported_at,
                "version": content.assessed_at,
                "oscal-version": OSCAL_VERSION,
            },
            "import-ap": {"href": f"#{plan}"},
            "results": [result],
            "back-matter": {"resources": [_plan(plan)]},
        }
    }
    return (json.dumps(document, indent=1, sort_keys=True, ensure_ascii=True) + "\n").encode("ascii")


def _open(findings: Iterable[Finding]) -> list[Finding]:
    return [each for each in findings if each.verdict in OPEN]


def _plan(plan: str) -> dict[str, Any]:
    """Return the plan that OSCAL wants named: the controls that were put, which the assessment lists."""
    return {
        "uuid": plan,
        "title": "The controls of this build",
        "description": "Each control's question, rationale and remedy, and the policy they were held against.",
        "rlinks": [{"href": "../assessment.json", "media-type": "application/json"}],
    }


def _observation(content: Content, about: str, finding: Finding) -> dict[str, Any]:
    """Return one open finding; its evidence is named by file and number."""
    exhibits = content.exhibits
    seen = [exhibits.observed_at(sequence) for sequence in finding.evidence]
    said = {
        "uuid": _uuid(about, _name(finding)),
        "title": f"{finding.control_id}: {finding.verdict.value}",
        "description": _words(finding.because),
        "props": [
            _property("verdict", finding.verdict.value),
            _property("severity", finding.severity.value),
            _property("account", finding.scope.account_id),
            _property("region", finding.scope.region),
        ],
        "methods": ["TEST"],
        "types": ["finding"],
        "subjects": [
            {
                "subject-uuid": _uuid(about, f"{finding.scope}/{finding.subject}"),
                "type": "resource",
                "title": _words(finding.subject),
            }
        ],
        "collected": max(seen, default=content.snapshot.refresh.finished_at),
    }
    evidence = [
        {
            "href": f"../{exhibits.places[sequence].file}",
            "description": f"Observation {sequence}, line {exhibits.places[sequence].line} of the file.",
        }
        for sequence in finding.evidence
    ]
    return said | ({"relevant-evidence": evidence} if evidence else {})


def _finding(
    about: str, control: Control, findings: list[Finding], observations: Mapping[Finding, dict[str, Any]]
) -> dict[str, Any]:
    """Return one control's outcome; a failure outweighs what is unknown, which outweighs any pass."""
    verdicts = {each.verdict for each in findings}
    if Verdict.FAIL in verdicts:
        status = {"state": "not-satisfied", "reason": "fail"}
    elif Verdict.UNKNOWN in verdicts:
        status = {
            "state": "not-satisfied",
            "reason": "other",
            "remarks": "Not known: part of the evidence was not seen.",
        }
    else:
        status = {"state": "satisfied", "reason": "pass"}
    related = [{"observation-uuid": observations[each]["uuid"]} for each in _open(findings)]
    said = {
        "uuid": _uuid(about, f"finding/{control.id}"),
        "title": control.title,
        "description": control.rationale,
        "target": {"type": "objective-id", "target-id": control.id, "status": status},
    }
    return said | ({"related-observations": related} if related else {})


def _property(name: str, value: str) -> dict[str, str]:
    return {"name": name, "ns": _PROPERTIES, "value": _words(value)}


def _words(text: str) -> str:
    """Return text as OSCAL takes it: something, and no space round it."""
    return inert(text).strip() or "not known"


def _name(finding: Finding) -> str:
    return json.dumps(
        [finding.control_id, str(finding.scope), finding.subject, finding.because, finding.evidence]
    )


def _uuid(about: str, name: str) -> str:
    return str(uuid.uuid5(_SPACE, f"{about}/{name}"))
