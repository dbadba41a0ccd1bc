"""AWS services that may act in every account of the organisation."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(organizations: Client) -> Iterator[Payload]:
    """Yield every service that the organisation trusts, and since when."""
    yield from ask_all(organizations, "list_aws_service_access_for_organization", "EnabledServicePrincipals")


COLLECTOR = Collector(
    kind="organizations.service_access",
    title="Services that the organisation trusts",
    service="organizations",
    reach=Reach.ORGANISATION,
    actions=("organizations:ListAWSServiceAccessForOrganization",),
    key="ServicePrincipal",
    fetch=fetch,
    required=("ServicePrincipal",),
)
