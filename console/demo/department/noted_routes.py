"""Which calls are set up to leave London."""

import json
from collections.abc import Iterator

from console.demo.department.model_access import ACROSS
from console.demo.department.plan import LONDON
from console.demo.department.sight import Failing, Sight

_DRAFT = "DRAFT"


def route_failings(sight: Sight) -> Iterator[Failing]:
    """Yield routers and agents whose models run elsewhere."""
    for each in sight.held("bedrock.prompt_router"):
        if each["type"] == "custom" and ACROSS in json.dumps(each):
            yield "BR-RES-006", each["promptRouterArn"], "Its fallback crosses Regions"
    used = {
        (alias["agentId"], route["agentVersion"])
        for alias in sight.held("bedrock-agent.agent_alias")
        for route in alias["routingConfiguration"]
    }
    for each in sight.held("bedrock-agent.agent"):
        why = _why(sight, each["foundationModel"])
        for version in (_DRAFT, "1", "2") if why else ():
            if version == _DRAFT or (each["agentId"], version) in used:
                subject = each["agentId"] if version == _DRAFT else f"{each['agentId']}:{version}"
                yield "BR-RES-007", subject, why


def _why(sight: Sight, model: str) -> str:
    if sight.code != LONDON:
        return f"Its model runs in {sight.code}"
    return "Its model's profile crosses Regions" if model.endswith(ACROSS) else ""
