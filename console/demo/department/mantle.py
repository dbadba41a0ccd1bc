"""The mantle endpoint: its retention mode, projects and models; and projects of Data Automation."""

from console.demo.department.plan import LONDON
from console.demo.department.site import Held, Place
from console.demo.messages import Payload

_MODELS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("anthropic.claude-haiku-4-5", "default", ("none", "default", "provider_data_share")),
    ("anthropic.claude-opus-4-8", "default", ("default", "provider_data_share")),
    ("openai.gpt-oss-120b", "none", ("none", "default", "provider_data_share")),
)
"""Id, mode of the model's own, and the modes it allows; as AWS tells of them in every Region."""
_SHARING = ("anthropic.claude-fable-5", "provider_data_share", ("provider_data_share",))
"""A model that runs only where prompts are shared with its provider; not offered in London."""
_PROJECTS = ("casework-assist", "casework-trials", "casework-archive")
_AUTOMATED = ("scanned-letters", "site-photographs", "meeting-recordings")


def mantle_of(place: Place) -> Held:
    """Return what the endpoint knows of an account in a Region."""
    mode = _account_mode(place)
    offered = _MODELS if place.region == LONDON else (*_MODELS, _SHARING)
    return {
        "bedrock-mantle.data_retention": [_retention(place, mode)],
        "bedrock-mantle.project": _projects(place),
        "bedrock-mantle.model": [_model(*each, mode) for each in offered],
    }


def automation_of(place: Place) -> Held:
    """Return the projects of Data Automation: in London where most is built, and where people try things out."""
    if not place.tries and (place.region != LONDON or not place.is_busiest):
        return {}
    return {
        "bedrock-data-automation.project": [
            _automation(place, name) for name in place.some(_AUTOMATED, "automation")
        ]
    }


def _account_mode(place: Place) -> str:
    """Return the account's mode: set in most places, forgotten in a few."""
    if place.region == LONDON:
        return "inherit" if place.chance(10, "mantle mode") else "none"
    return "inherit" if place.chance(10, "mantle mode") else "none"


def _retention(place: Place, mode: str) -> Payload:
    updated = {} if mode == "inherit" else {"updated_at": place.day("mantle mode")}
    return {"mode": mode, **updated}


def _projects(place: Place) -> list[Payload]:
    found = [_project(place, "default", "default", "inherit")]
    if place.builds and place.region == LONDON:
        named = place.some(_PROJECTS, "projects")
        found += [
            _project(place, f"proj_{place.low(20, 'project', name)}", name, "default" if index else "inherit")
            for index, name in enumerate(named)
        ]
    if place.is_busiest and place.region == LONDON:
        old = _project(place, f"proj_{place.low(20, 'project', 'old')}", "first-steps", "inherit")
        found.append({**old, "status": "archived", "archived_at": place.day("archived")})
    return found


def _project(place: Place, id_: str, name: str, mode: str) -> Payload:
    return {
        "id": id_,
        "arn": place.arn("bedrock-mantle", f"project/{id_}"),
        "object": "organization.project",
        "name": name,
        "status": "active",
        "created_at": place.day("project", name),
        "tags": {} if name == "default" else {"CostCentre": f"PW-{place.draw.below(900, name) + 100}"},
        "data_retention": {"mode": mode},
    }


def _model(id_: str, own: str, allowed: tuple[str, ...], account: str) -> Payload:
    mode, source = (own, "model_default") if account == "inherit" else (account, "account")
    is_there = mode in allowed
    why = {"status_reason": f"This model is not available under data retention mode '{mode}'."}
    return {
        "id": id_,
        "object": "model",
        "created": "2026-06-09T00:00:00Z",
        "owned_by": "system",
        "status": "available" if is_there else "unavailable",
        **({} if is_there else why),
        "data_retention": {"mode": mode, "source": source, "allowed_modes": list(allowed)},
    }


def _automation(place: Place, name: str) -> Payload:
    project: Payload = {
        "projectArn": place.arn("bedrock", f"data-automation-project/{place.low(12, 'automation', name)}"),
        "creationTime": place.day("automation", name),
        "lastModifiedTime": place.day("automation", name),
        "projectName": name,
        "projectStage": "DEVELOPMENT" if name == _AUTOMATED[1] else "LIVE",
        "projectType": "ASYNC",
        "standardOutputConfiguration": {
            "document": {
                "generativeField": {"state": "ENABLED"},
                "outputFormat": {
                    "textFormat": {"types": ["MARKDOWN"]},
                    "additionalFileFormat": {"state": "DISABLED"},
                },
            }
        },
        "status": "COMPLETED",
    }
    if place.is_busiest and name != _AUTOMATED[1]:
        project["kmsKeyId"] = place.builders_key("documents")
    return project
