"""Agreements with AWS that were accepted in AWS Artifact."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(artifact: Client) -> Iterator[Payload]:
    """Yield every agreement, those that ended too."""
    yield from ask_all(artifact, "list_customer_agreements", "customerAgreements")


COLLECTOR = Collector(
    kind="artifact.customer_agreement",
    title="Agreements with AWS",
    service="artifact",
    reach=Reach.ORGANISATION,
    actions=("artifact:ListCustomerAgreements",),
    key="arn",
    fetch=fetch,
    required=("arn", "name", "state"),
)
