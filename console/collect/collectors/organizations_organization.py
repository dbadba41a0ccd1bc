"""The organisation itself: its id, its management account, its feature set."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask
from console.domain.evidence import Payload


def fetch(organizations: Client) -> Iterator[Payload]:
    """Yield the organisation that the caller's account belongs to."""
    yield ask(organizations, "describe_organization").get("Organization", {})


COLLECTOR = Collector(
    kind="organizations.organization",
    title="The organisation",
    service="organizations",
    reach=Reach.ORGANISATION,
    actions=("organizations:DescribeOrganization",),
    key="Id",
    fetch=fetch,
    required=("Id", "MasterAccountId"),
)
