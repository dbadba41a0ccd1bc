"""Asynchronous invocations: which bucket holds what a model made. What was asked is not in the list."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(runtime: Client) -> Iterator[Payload]:
    """Yield every invocation that AWS still remembers."""
    yield from ask_all(runtime, "list_async_invokes", "asyncInvokeSummaries")


COLLECTOR = Collector(
    kind="bedrock-runtime.async_invoke",
    title="Asynchronous invocations and their outputs",
    service="bedrock-runtime",
    reach=Reach.REGION,
    actions=("bedrock:ListAsyncInvokes",),
    key="invocationArn",
    fetch=fetch,
    required=("invocationArn", "modelArn", "outputDataConfig"),
)
