"""Which retention mode holds for each model of the mantle endpoint, who decided it, and which the model allows."""

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.domain.evidence import Payload

_RETENTION = "data_retention"


def fetch(mantle: Client) -> Found:
    """Yield every model; one is asked about alone where the list does not tell its retention."""
    listed = {model["id"]: model for model in ask_all(mantle, "list_models", "data")}

    def one(model: str) -> Payload:
        entry: Payload = listed[model]
        return entry if _RETENTION in entry else ask(mantle, "get_model", model=model)

    yield from each(listed, one)


COLLECTOR = Collector(
    kind="bedrock-mantle.model",
    title="Models of the mantle endpoint and their retention",
    service="bedrock-mantle",
    reach=Reach.REGION,
    actions=("bedrock-mantle:ListModels", "bedrock-mantle:GetModel"),
    key="id",
    fetch=fetch,
    required=("id",),
)
