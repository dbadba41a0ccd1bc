"""The organisation's root, with the policy types that are enabled."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(organizations: Client) -> Iterator[Payload]:
    """Yield every root."""
    yield from ask_all(organizations, "list_roots", "Roots")


COLLECTOR = Collector(
    kind="organizations.root",
    title="Organisation roots and enabled policy types",
    service="organizations",
    reach=Reach.ORGANISATION,
    actions=("organizations:ListRoots",),
    key="Id",
    fetch=fetch,
    required=("Id", "PolicyTypes"),
)
