"""IAM Access Analyzer: what watches over access from outside, and over access that nobody uses."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(accessanalyzer: Client) -> Iterator[Payload]:
    """Yield every analyzer."""
    yield from ask_all(accessanalyzer, "list_analyzers", "analyzers")


COLLECTOR = Collector(
    kind="accessanalyzer.analyzer",
    title="Access analyzers",
    service="accessanalyzer",
    reach=Reach.REGION,
    actions=("access-analyzer:ListAnalyzers",),
    key="arn",
    fetch=fetch,
    required=("arn", "type", "status"),
)
