"""Custom models: what they were made from, with which data, and under which key."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.domain.evidence import Payload


def fetch(bedrock: Client) -> Found:
    """Yield the account's models whole, and what the list says of those that another account shares with it."""
    owned = {each["modelArn"]: each for each in _listed(bedrock, is_owned=True)}

    def read(model: str) -> Payload:
        return {"isOwned": True, **owned[model], **ask(bedrock, "get_custom_model", modelIdentifier=model)}

    yield from each(owned, read)
    for shared in _listed(bedrock, is_owned=False):
        yield {"isOwned": False, **shared}


def _listed(bedrock: Client, *, is_owned: bool) -> Iterator[Payload]:
    yield from ask_all(bedrock, "list_custom_models", "modelSummaries", isOwned=is_owned)


COLLECTOR = Collector(
    kind="bedrock.custom_model",
    title="Custom models",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:ListCustomModels", "bedrock:GetCustomModel"),
    key="modelArn",
    fetch=fetch,
    required=("modelArn", "modelName", "creationTime"),
)
