"""The organisation's accounts, closed and suspended ones too."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(organizations: Client) -> Iterator[Payload]:
    """Yield every account."""
    yield from ask_all(organizations, "list_accounts", "Accounts")


COLLECTOR = Collector(
    kind="organizations.account",
    title="Accounts of the organisation",
    service="organizations",
    reach=Reach.ORGANISATION,
    actions=("organizations:ListAccounts",),
    key="Id",
    fetch=fetch,
    required=("Id", "Arn", "Status"),
)
