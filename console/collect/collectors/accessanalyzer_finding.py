"""Who outside the account or the organisation reaches what Bedrock works with, as IAM Access Analyzer sees it."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Found, Known, Reach, ask_all
from console.collect.each import each_of
from console.domain.evidence import Payload

_OF_OUTSIDERS = frozenset({"ACCOUNT", "ORGANIZATION"})
"""Analyzers that look for access from outside; AWS lists findings of no others here."""
_BESIDE_BEDROCK = [
    "AWS::IAM::Role",
    "AWS::KMS::Key",
    "AWS::Lambda::Function",
    "AWS::S3::Bucket",
    "AWS::SecretsManager::Secret",
]
"""Resources that models, agents and knowledge bases work with; Access Analyzer has no types of Bedrock's own."""


def fetch(accessanalyzer: Client, known: Known) -> Found:
    """Yield every open finding about such a resource."""
    wanted = {"resourceType": {"eq": _BESIDE_BEDROCK}, "status": {"eq": ["ACTIVE"]}}

    def findings(analyzer: str) -> Iterator[Payload]:
        return ask_all(accessanalyzer, "list_findings", "findings", analyzerArn=analyzer, filter=wanted)

    analyzers = known["accessanalyzer.analyzer"]
    yield from each_of((each["arn"] for each in analyzers if each["type"] in _OF_OUTSIDERS), findings)


COLLECTOR = Collector(
    kind="accessanalyzer.finding",
    title="Open findings of access analyzers",
    service="accessanalyzer",
    reach=Reach.REGION,
    actions=("access-analyzer:ListFindings",),
    needs=("accessanalyzer.analyzer",),
    key="id",
    fetch=fetch,
    required=("id", "resourceType", "status"),
)
