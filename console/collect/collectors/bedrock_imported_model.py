"""Models that were brought to Bedrock from elsewhere: where from, and under which key."""

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each


def fetch(bedrock: Client) -> Found:
    """Yield every imported model."""
    listed = ask_all(bedrock, "list_imported_models", "modelSummaries")
    yield from each(
        (summary["modelArn"] for summary in listed),
        lambda name: ask(bedrock, "get_imported_model", modelIdentifier=name),
    )


COLLECTOR = Collector(
    kind="bedrock.imported_model",
    title="Imported models",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:ListImportedModels", "bedrock:GetImportedModel"),
    key="modelArn",
    fetch=fetch,
    required=("modelArn", "modelName"),
)
