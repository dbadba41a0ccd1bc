"""Whether the mantle endpoint keeps prompts and completions: a setting of its own, beside that of Bedrock."""

from console.collect.base import Client, Collector, Found, Reach, ask


def fetch(mantle: Client) -> Found:
    """Yield the account's retention mode."""
    yield ask(mantle, "get_account_data_retention")


COLLECTOR = Collector(
    kind="bedrock-mantle.data_retention",
    title="Data retention mode (mantle endpoint)",
    service="bedrock-mantle",
    reach=Reach.REGION,
    actions=("bedrock-mantle:GetAccountDataRetention",),
    key=lambda _: "data-retention",
    fetch=fetch,
    required=("mode",),
)
