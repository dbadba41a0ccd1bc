"""Bedrock Data Automation: projects and blueprints; what they made of documents lies in buckets."""

from console.collect.discovery.inquiry import Inquiry
from console.deletion.target import Target
from console.domain.scope import Scope

_PROJECTS = "bedrock-data-automation.project"


def find_automation_project(inquiry: Inquiry, target: Target) -> None:
    """Plan the end of a project; its results are where each caller had them put."""
    scope, arn = Scope(target.account_id, target.region), target.name
    named = {"projectArn": arn}
    found = inquiry.see(scope, arn, "bedrock-data-automation:GetDataAutomationProject", **named)
    if found is None:
        return
    project = found["project"]
    if project["status"] == "IN_PROGRESS":
        inquiry.sketch.block("in-flight", arn, "The project is being changed just now")
    inquiry.removal(
        scope,
        "bedrock-data-automation:DeleteDataAutomationProject",
        "bedrock-data-automation:GetDataAutomationProject",
        named,
        subject=arn,
        words=f"Delete the Data Automation project {project['projectName']}",
    )
    for each in project.get("customOutputConfiguration", {}).get("blueprints", []):
        words = "A blueprint that the project used; ask for it by itself if it is to go"
        inquiry.sketch.stays(each["blueprintArn"], words, "Other projects may use it", "as its owner decides")
    _keeps_results(inquiry, arn)


def find_blueprint(inquiry: Inquiry, target: Target) -> None:
    """Plan the end of a blueprint; projects that name it lose it."""
    scope, arn = Scope(target.account_id, target.region), target.name
    named = {"blueprintArn": arn}
    found = inquiry.see(scope, arn, "bedrock-data-automation:GetBlueprint", **named)
    if found is None:
        return
    for each in inquiry.naming(scope.account_id, (_PROJECTS,), arn):
        inquiry.sketch.block("in-use", f"{arn} in {each}", f"{each} uses the blueprint")
    if found["blueprint"].get("optimizationSamples"):
        words = "Samples by which the blueprint was improved, in the buckets where they were put"
        inquiry.sketch.stays(arn, words, "Ask for them by their address", "as their owner decides")
    inquiry.removal(
        scope,
        "bedrock-data-automation:DeleteBlueprint",
        "bedrock-data-automation:GetBlueprint",
        named,
        subject=arn,
        words=f"Delete the blueprint {found['blueprint']['blueprintName']} with its versions",
    )
    _keeps_results(inquiry, arn)


def _keeps_results(inquiry: Inquiry, arn: str) -> None:
    words = "What was made of documents with it, in the buckets that each caller named"
    why = "AWS keeps no list of them: ask for them by their address (objects in a bucket)"
    inquiry.sketch.stays(arn, words, why, "as their owner decides")
    inquiry.keeps_trail(arn)
