"""Bedrock Data Automation: projects and blueprints."""

from console.demo.changing import take
from console.demo.messages import Payload
from console.demo.models import operation_of
from console.demo.native import Asked, Operations, Paging, page
from console.demo.records import Lookup, Records, cut

OPERATIONS = Operations("bedrock-data-automation")
_PAGING = Paging(most=2, asked="maxResults", token="nextToken")  # noqa: S106
_HELD = "bedrock-data-automation.project"
_BY = {"projectArn": "projectArn", "projectStage": "projectStage"}

_BLUEPRINT = "bedrock-data-automation.blueprint"

Records(OPERATIONS, _PAGING).shown("GetDataAutomationProject", Lookup(held=_HELD, member="project", by=_BY))
Records(OPERATIONS, _PAGING).shown(
    "GetBlueprint", Lookup(held=_BLUEPRINT, member="blueprint", by={"blueprintArn": "blueprintArn"})
)


@OPERATIONS("DeleteDataAutomationProject")
def delete_data_automation_project(asked: Asked) -> Payload:
    """Delete a project in all of its stages."""
    wanted = asked.text("projectArn")
    take(asked, _HELD, lambda each: bool(each["projectArn"] == wanted), f"project {wanted}")
    return {"projectArn": wanted, "status": "IN_PROGRESS"}


@OPERATIONS("DeleteBlueprint")
def delete_blueprint(asked: Asked) -> Payload:
    """Delete a blueprint with its versions."""
    wanted = asked.text("blueprintArn")
    take(asked, _BLUEPRINT, lambda each: bool(each["blueprintArn"] == wanted), f"blueprint {wanted}")
    return {}


@OPERATIONS("ListDataAutomationProjects")
def list_data_automation_projects(asked: Asked) -> Payload:
    """Return the account's projects of a stage; AWS's own are none of the account's."""
    stage = asked.text("projectStageFilter") or "LIVE"
    shape = operation_of(asked.service, asked.operation).output_shape.members["projects"].member
    is_own = asked.text("resourceOwner") != "SERVICE"
    wanted = [each for each in asked.held(_HELD) if is_own and stage in ("ALL", each["projectStage"])]
    found, following = page(asked, [cut(shape, each) for each in wanted], _PAGING)
    return {"projects": found, **following}
