"""Reports of AWS's own auditors that AWS Artifact offers: ISO 27001, SOC 2, Cyber Essentials and others."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(artifact: Client) -> Iterator[Payload]:
    """Yield what each report is and which period it covers.

    The list says all that an officer must know; reports themselves are under terms that a person accepts.
    """
    yield from ask_all(artifact, "list_reports", "reports")


COLLECTOR = Collector(
    kind="artifact.report",
    title="Audit reports that AWS offers",
    service="artifact",
    reach=Reach.ORGANISATION,
    actions=("artifact:ListReports",),
    key="arn",
    fetch=fetch,
    required=("arn", "name", "state"),
)
