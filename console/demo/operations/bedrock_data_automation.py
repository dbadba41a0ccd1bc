"""Bedrock Data Automation: projects."""

from console.demo.messages import Payload
from console.demo.models import operation_of
from console.demo.native import Asked, Operations, Paging, page
from console.demo.records import Lookup, Records, cut

OPERATIONS = Operations("bedrock-data-automation")
_PAGING = Paging(most=2, asked="maxResults", token="nextToken")  # noqa: S106
_HELD = "bedrock-data-automation.project"
_BY = {"projectArn": "projectArn", "projectStage": "projectStage"}

Records(OPERATIONS, _PAGING).shown("GetDataAutomationProject", Lookup(held=_HELD, member="project", by=_BY))


@OPERATIONS("ListDataAutomationProjects")
def list_data_automation_projects(asked: Asked) -> Payload:
    """Return the account's projects of a stage; AWS's own are none of the account's."""
    stage = asked.text("projectStageFilter") or "LIVE"
    shape = operation_of(asked.service, asked.operation).output_shape.members["projects"].member
    is_own = asked.text("resourceOwner") != "SERVICE"
    wanted = [each for each in asked.held(_HELD) if is_own and stage in ("ALL", each["projectStage"])]
    found, following = page(asked, [cut(shape, each) for each in wanted], _PAGING)
    return {"projects": found, **following}
