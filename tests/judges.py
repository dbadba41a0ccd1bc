"""Independent judges of what we write that take seconds to load: only whoever asks one loads it."""

from typing import Any


def complaint_about_bill(text: str) -> object:
    """Return what CycloneDX's own validator says against a bill of version 1.6; None if nothing."""
    from cyclonedx.schema import SchemaVersion  # noqa: PLC0415 - see above
    from cyclonedx.validation.json import JsonStrictValidator  # noqa: PLC0415 - see above

    return JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)


def oscal_results(said: dict[str, Any]) -> Any:
    """Return assessment results as trestle understands them; it raises if they are none."""
    from trestle.oscal.assessment_results import AssessmentResults  # noqa: PLC0415 - see above

    return AssessmentResults(**said)


def oscal_plan(said: dict[str, Any]) -> Any:
    """Return a plan of action and milestones as trestle understands it; it raises if it is none."""
    from trestle.oscal.poam import PlanOfActionAndMilestones  # noqa: PLC0415 - see above

    return PlanOfActionAndMilestones(**said)
