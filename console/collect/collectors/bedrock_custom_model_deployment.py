"""Custom models that stand ready to be called on demand."""

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each


def fetch(bedrock: Client) -> Found:
    """Yield every deployment."""
    listed = ask_all(bedrock, "list_custom_model_deployments", "modelDeploymentSummaries")
    yield from each(
        (summary["customModelDeploymentArn"] for summary in listed),
        lambda name: ask(bedrock, "get_custom_model_deployment", customModelDeploymentIdentifier=name),
    )


COLLECTOR = Collector(
    kind="bedrock.custom_model_deployment",
    title="Deployments of custom models",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:ListCustomModelDeployments", "bedrock:GetCustomModelDeployment"),
    key="customModelDeploymentArn",
    fetch=fetch,
    required=("customModelDeploymentArn", "modelArn", "status"),
)
