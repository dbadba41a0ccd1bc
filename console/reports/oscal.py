"""The findings as OSCAL assessment results (NIST, version 1.2.1 of the model), for those who collect such documents.

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

OSCAL_VERSION = "1.2.1"
_SPACE = uuid.UUID("6f5e3b1c-5a0c-5d0e-9c54-0f4b7d1b6a11")
"""Ours: names within it become the same UUIDs on every machine."""
_PROPERTIES = "urn:bedrock-console:oscal"


def assessment_results(content: Content) -> bytes:
    """Return the document; equal content gives equal UUIDs."""
    refresh = content.snapshot.refresh
    about = about_of(content)
    plan = uuid_of(about, "plan")
    observations = {each: observation(content, about, each) for each in open_findings(content.findings)}
    by_control: dict[str, list[Finding]] = {}
    for each in content.findings:
        by_control.setdefault(each.control_id, []).append(each)
    result: dict[str, Any] = {
        "uuid": uuid_of(about, "result"),
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
            "uuid": uuid_of(about, "assessment-results"),
            "metadata": {
                "title": "Amazon Bedrock assurance: assessment results",
                "last-modified": content.as_of,
                "version": content.as_of,
                "oscal-version": OSCAL_VERSION,
            },
            "import-ap": {"href": f"#{plan}"},
            "results": [result],
            "back-matter": {"resources": [_plan(plan)]},
        }
    }
    return (json.dumps(document, indent=1, sort_keys=True, ensure_ascii=True) + "\n").encode("ascii")


def about_of(content: Content) -> str:
    """Return what a pack's UUIDs follow from: the reading, the part of it and the profile."""
    refresh = content.snapshot.refresh
    said = (
        refresh.organisation_id,
        str(refresh.id),
        refresh.content_root,
        content.as_of,
        content.profile.value,
    )
    return "/".join((*said, str(content.scope)))


def open_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return those that failed or are unknown."""
    return [each for each in findings if each.verdict in OPEN]


def _plan(plan: str) -> dict[str, Any]:
    """Return the plan that OSCAL wants named: the controls that were put, which the assessment lists."""
    return {
        "uuid": plan,
        "title": "The controls of this build",
        "description": "Each control's question, rationale and remedy, and the policy they were held against.",
        "rlinks": [{"href": "../assessment.json", "media-type": "application/json"}],
    }


def observation(content: Content, about: str, finding: Finding) -> dict[str, Any]:
    """Return one open finding; its evidence is named by file and number."""
    exhibits = content.exhibits
    seen = [exhibits.observed_at(sequence) for sequence in finding.evidence]
    said = {
        "uuid": uuid_of(about, name_of(finding)),
        "title": f"{finding.control_id}: {finding.verdict.value}",
        "description": words_of(finding.because),
        "props": [
            property_of("verdict", finding.verdict.value),
            property_of("severity", finding.severity.value),
            property_of("account", finding.scope.account_id),
            property_of("region", finding.scope.region),
        ],
        "methods": ["TEST"],
        "types": ["finding"],
        "subjects": [
            {
                "subject-uuid": uuid_of(about, f"{finding.scope}/{finding.subject}"),
                "type": "resource",
                "title": words_of(finding.subject),
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
    related = [{"observation-uuid": observations[each]["uuid"]} for each in open_findings(findings)]
    said = {
        "uuid": uuid_of(about, f"finding/{control.id}"),
        "title": control.title,
        "description": control.rationale,
        "target": {"type": "objective-id", "target-id": control.id, "status": status},
    }
    return said | ({"related-observations": related} if related else {})


def property_of(name: str, value: str) -> dict[str, str]:
    """Return a property of our own namespace."""
    return {"name": name, "ns": _PROPERTIES, "value": words_of(value)}


def words_of(text: str) -> str:
    """Return text as OSCAL takes it: something, and no space round it."""
    return inert(text).strip() or "not known"


def name_of(finding: Finding) -> str:
    """Return what tells a finding from every other of a document."""
    return json.dumps(
        [finding.control_id, str(finding.scope), finding.subject, finding.because, finding.evidence]
    )


def uuid_of(about: str, name: str) -> str:
    """Return the UUID of a name within one document."""
    return str(uuid.uuid5(_SPACE, f"{about}/{name}"))
