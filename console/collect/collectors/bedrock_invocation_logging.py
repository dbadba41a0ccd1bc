"""Whether and where Bedrock logs model invocations."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask
from console.domain.evidence import Payload


def fetch(bedrock: Client) -> Iterator[Payload]:
    """Yield the logging configuration; AWS leaves `loggingConfig` out where logging is off."""
    yield ask(bedrock, "get_model_invocation_logging_configuration")


COLLECTOR = Collector(
    kind="bedrock.invocation_logging",
    title="Model invocation logging",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:GetModelInvocationLoggingConfiguration",),
    key=lambda _: "invocation-logging",
    fetch=fetch,
)
