"""What is to be mended, as an OSCAL plan of action and milestones (NIST): every failure, and what was accepted of it.

A failure that an officer accepted for a time is a risk whose deviation is approved; it stays open. What is unknown is
not a failure and not in order: it is an item too, whose remedy is to be able to see.
"""

import json
from typing import Any

from console.controls.base import Control
from console.controls.exceptions import Exempting, GrantedException
from console.domain.finding import Finding, Verdict
from console.reports.content import Content
from console.reports.oscal import (
    OSCAL_VERSION,
    about_of,
    name_of,
    observation,
    open_findings,
    property_of,
    uuid_of,
    words_of,
)

_SYSTEM = "use-of-amazon-bedrock"


def plan_of_action(content: Content) -> bytes:
    """Return the document; equal content gives equal UUIDs."""
    about = about_of(content)
    found = open_findings(content.findings)
    exempting = Exempting(content.judged.duties.exceptions, content.judged.rules.today)
    controls = {control.id: control for control in content.controls}
    observations = [observation(content, about, each) for each in found]
    said: dict[str, Any] = {
        "uuid": uuid_of(about, "plan-of-action-and-milestones"),
        "metadata": {
            "title": "Amazon Bedrock assurance: plan of action and milestones",
            "last-modified": content.as_of,
            "version": content.as_of,
            "oscal-version": OSCAL_VERSION,
        },
        "system-id": {"identifier-type": "urn:bedrock-console:system", "id": _SYSTEM},
        "poam-items": [_item(about, each, controls[each.control_id]) for each in found] or [_nothing(about)],
    }
    if found:
        said["observations"] = observations
        said["risks"] = [_risk(about, each, controls[each.control_id], exempting.of(each)) for each in found]
    document = {"plan-of-action-and-milestones": said}
    return (json.dumps(document, indent=1, sort_keys=True, ensure_ascii=True) + "\n").encode("ascii")


def _item(about: str, finding: Finding, control: Control) -> dict[str, Any]:
    return {
        "uuid": uuid_of(about, f"item/{name_of(finding)}"),
        "title": words_of(f"{finding.control_id}: {control.title}"),
        "description": words_of(finding.because),
        "related-observations": [{"observation-uuid": uuid_of(about, name_of(finding))}],
        "related-risks": [{"risk-uuid": uuid_of(about, f"risk/{name_of(finding)}")}],
    }


def _nothing(about: str) -> dict[str, Any]:
    """Return the one item that a plan without items needs."""
    return {
        "uuid": uuid_of(about, "item/nothing"),
        "title": "Nothing is open",
        "description": "No control failed or was unknown in what was read.",
    }


def _risk(
    about: str, finding: Finding, control: Control, exception: GrantedException | None
) -> dict[str, Any]:
    unknown = finding.verdict is Verdict.UNKNOWN
    said: dict[str, Any] = {
        "uuid": uuid_of(about, f"risk/{name_of(finding)}"),
        "title": words_of(f"{finding.control_id} {finding.verdict.value} in {finding.scope}"),
        "description": words_of(control.rationale),
        "statement": "It could not be seen whether this is so." if unknown else words_of(finding.because),
        "status": "investigating" if unknown else "open",
        "props": [
            property_of("severity", finding.severity.value),
            property_of("verdict", finding.verdict.value),
        ],
        "remediations": [
            {
                "uuid": uuid_of(about, f"remedy/{name_of(finding)}"),
                "lifecycle": "recommendation",
                "title": "Make it possible to read this, then judge again"
                if unknown
                else "What makes it pass",
                "description": words_of(control.remedy),
            }
        ],
    }
    if exception is not None:
        said["status"] = "deviation-approved"
        said["deadline"] = f"{exception.valid_until}T23:59:59Z"
        said["props"].append(property_of("exception", exception.id))
        said["props"].append(property_of("approver", exception.approver))
    return said
