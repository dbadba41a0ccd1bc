"""Projects of the mantle endpoint, each of which may set a retention mode of its own."""

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.domain.evidence import Payload


def fetch(mantle: Client) -> Found:
    """Yield every project that is not archived."""

    def one(project: str) -> Payload:
        return ask(mantle, "get_project", project_id=project)

    listed = ask_all(mantle, "list_projects", "data")
    yield from each((project["id"] for project in listed), one)


COLLECTOR = Collector(
    kind="bedrock-mantle.project",
    title="Projects of the mantle endpoint",
    service="bedrock-mantle",
    reach=Reach.REGION,
    actions=("bedrock-mantle:ListProjects", "bedrock-mantle:GetProject"),
    key="id",
    fetch=fetch,
    required=("id",),
)
