"""Projects of Bedrock Data Automation, which always processes documents across Regions."""

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.domain.evidence import Payload

_LIVE = "LIVE"


def fetch(data_automation: Client) -> Found:
    """Yield every stage of every project of the account's own."""
    listed = ask_all(
        data_automation,
        "list_data_automation_projects",
        "projects",
        resourceOwner="ACCOUNT",
        projectStageFilter="ALL",
    )
    found = {key(project): project for project in listed}

    def one(name: str) -> Payload:
        project = found[name]
        stage = project.get("projectStage", _LIVE)
        answer = ask(
            data_automation,
            "get_data_automation_project",
            projectArn=project["projectArn"],
            projectStage=stage,
        )
        whole: Payload = answer["project"]
        return whole

    yield from each(found, one)


def key(payload: Payload) -> str:
    """Name one stage of one project."""
    return f"{payload['projectArn']}:{payload.get('projectStage', _LIVE)}"


COLLECTOR = Collector(
    kind="bedrock-data-automation.project",
    title="Data Automation projects",
    service="bedrock-data-automation",
    reach=Reach.REGION,
    actions=("bedrock:ListDataAutomationProjects", "bedrock:GetDataAutomationProject"),
    key=key,
    fetch=fetch,
    required=("projectArn", "status"),
)
