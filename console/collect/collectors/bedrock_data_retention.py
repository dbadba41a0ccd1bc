"""Whether Bedrock keeps prompts and completions: the account's retention mode."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask
from console.domain.evidence import Payload


def fetch(bedrock: Client) -> Iterator[Payload]:
    """Yield the retention mode."""
    yield ask(bedrock, "get_account_data_retention")


COLLECTOR = Collector(
    kind="bedrock.data_retention",
    title="Data retention mode",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:GetAccountDataRetention",),
    key=lambda _: "data-retention",
    fetch=fetch,
    required=("mode",),
)
