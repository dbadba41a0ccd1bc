"""Prompt routers: between which models, and so which Regions, a call may be routed."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(bedrock: Client) -> Iterator[Payload]:
    """Yield AWS's own routers and the account's; AWS does not say which of them a question without a type means."""
    for sort in ("default", "custom"):
        yield from ask_all(bedrock, "list_prompt_routers", "promptRouterSummaries", type=sort)


COLLECTOR = Collector(
    kind="bedrock.prompt_router",
    title="Prompt routers",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:ListPromptRouters",),
    key="promptRouterArn",
    fetch=fetch,
    required=("promptRouterArn", "type", "models", "fallbackModel"),
)
