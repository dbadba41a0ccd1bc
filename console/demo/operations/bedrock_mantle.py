"""Amazon Bedrock's mantle endpoint: its retention mode, projects and models."""

from console.demo.messages import Payload
from console.demo.native import Asked, Operations, Paging
from console.demo.records import Lookup, Records, chosen, one

OPERATIONS = Operations("bedrock-mantle")
_MOST = 2
_RETENTION = Lookup(held="bedrock-mantle.data_retention")
_PROJECTS = Lookup(held="bedrock-mantle.project")
_MODELS = Lookup(held="bedrock-mantle.model")
_RECORDS = Records(OPERATIONS, Paging(most=_MOST))

_RECORDS.shown("GetProject", Lookup(held="bedrock-mantle.project", by={"project_id": "id"}))
_RECORDS.shown("GetModel", Lookup(held="bedrock-mantle.model", by={"model": "id"}))


@OPERATIONS("GetAccountDataRetention")
def get_account_data_retention(asked: Asked) -> Payload:
    """Return the account's retention mode in the Region."""
    return one(asked, _RETENTION)


@OPERATIONS("ListProjects")
def list_projects(asked: Asked) -> Payload:
    """Return active projects after the one that is named, in the form of lists of this API."""
    active = [each for each in chosen(asked, _PROJECTS) if each["status"] == "active"]
    ids = [each["id"] for each in active]
    start = ids.index(asked.text("after")) + 1 if asked.text("after") in ids else 0
    found = active[start : start + _MOST]
    ends = {"first_id": found[0]["id"], "last_id": found[-1]["id"]} if found else {}
    return {"object": "list", "data": found, "has_more": start + _MOST < len(active), **ends}


@OPERATIONS("ListModels")
def list_models(asked: Asked) -> Payload:
    """Return the models, without what is told of each alone."""
    brief = [
        {name: value for name, value in each.items() if name != "data_retention"}
        for each in chosen(asked, _MODELS)
    ]
    return {"object": "list", "data": brief}
