"""That the account told a model's provider what it uses the models for; not what it told."""

from collections.abc import Iterator

from console.base.canonical import sha256_hex
from console.collect.base import Client, Collector, Reach
from console.collect.each import ask_unless
from console.domain.evidence import Payload

_NO_FORM = frozenset({"ResourceNotFoundException"})


def fetch(bedrock: Client) -> Iterator[Payload]:
    """Yield the form's hash, if there is a form: its free text may name people."""
    answer = ask_unless(bedrock, "get_use_case_for_model_access", _NO_FORM)
    if answer is not None:
        yield {"formDataSha256": sha256_hex(answer["formData"])}


COLLECTOR = Collector(
    kind="bedrock.model_use_case",
    title="Use-case form for model access",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:GetUseCaseForModelAccess",),
    key=lambda _: "model-use-case",
    fetch=fetch,
    required=("formDataSha256",),
)
