"""Projects of the mantle endpoint as AWS's own inventory has them: names and tags, archived ones too."""

from console.collect.base import Client, Collector, Found, Reach, ask_all

_TYPE = "AWS::BedrockMantle::Project"


def fetch(cloudcontrol: Client) -> Found:
    """Yield every project."""
    yield from ask_all(cloudcontrol, "list_resources", "ResourceDescriptions", TypeName=_TYPE)


COLLECTOR = Collector(
    kind="cloudcontrol.mantle_project",
    title="Projects of the mantle endpoint (inventory)",
    service="cloudcontrol",
    reach=Reach.REGION,
    actions=(
        "cloudformation:ListResources",
        "bedrock-mantle:ListProjects",
        "bedrock-mantle:ListTagsForResource",
    ),
    operations=("ListResources",),
    key="Identifier",
    fetch=fetch,
    required=("Identifier", "Properties"),
)
