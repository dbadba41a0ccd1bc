"""AWS Cloud Control API: the projects of Bedrock's mantle endpoint as resources."""

import json

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("cloudcontrol")
_PAGING = Paging(most=2)
_PROJECT = "AWS::BedrockMantle::Project"


@OPERATIONS("ListResources")
def list_resources(asked: Asked) -> Payload:
    """Return the resources of a type; the type of projects is the only one that is known here."""
    wanted = asked.text("TypeName")
    if wanted != _PROJECT:
        raise RefusedError(400, "TypeNotFoundException", f"The type '{wanted}' cannot be found.")
    descriptions = [_description(each) for each in asked.held("bedrock-mantle.project")]
    found, following = page(asked, descriptions, _PAGING)
    return {"TypeName": wanted, "ResourceDescriptions": found, **following}


def _description(project: Payload) -> Payload:
    tags = [{"Key": key, "Value": value} for key, value in project.get("tags", {}).items()]
    properties = {
        "ProjectArn": project["arn"],
        "ProjectId": project["id"],
        "Name": project["name"],
        "Tags": tags,
    }
    return {"Identifier": project["arn"], "Properties": json.dumps(properties)}
