"""Whether the account may call each foundation model: agreement, authorisation, entitlement, Region.

AWS answers for one model at a time, so this takes as many calls as a Region has models, in every account. Every model
is asked about all the same: one that nobody approved and everybody may call is found in no other way. Left out are
only entries for another context size (`amazon.nova-lite-v1:0:24k`) of a model that is in the list itself.
"""

from collections.abc import Collection

from console.collect.base import Client, Collector, Found, Known, Reach, ask
from console.collect.each import each

_MODELS = "bedrock.foundation_model"
_PARTS = 2
"""Of an id: the model with its revision, and its version; what follows is a size."""


def fetch(bedrock: Client, known: Known) -> Found:
    """Yield the availability of every model that the Region offers."""
    models = [model["modelId"] for model in known[_MODELS]]
    yield from each(
        models_without_sizes(models),
        lambda model: ask(bedrock, "get_foundation_model_availability", modelId=model),
    )


def models_without_sizes(models: Collection[str]) -> list[str]:
    """Return the ids of models, without those of a size of one that is among them.

    >>> models_without_sizes(["a.b-v1:0", "a.b-v1:0:24k", "a.c-v1:0:8k"])
    ['a.b-v1:0', 'a.c-v1:0:8k']
    """
    plain = {model: ":".join(model.split(":")[:_PARTS]) for model in models}
    return [model for model in models if model == plain[model] or plain[model] not in plain]


COLLECTOR = Collector(
    kind="bedrock.model_availability",
    title="Foundation models that the account may call",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:GetFoundationModelAvailability",),
    key="modelId",
    fetch=fetch,
    required=("modelId", "agreementAvailability", "authorizationStatus", "entitlementAvailability"),
    needs=(_MODELS,),
)
