"""Which Regions an account has enabled."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(account: Client) -> Iterator[Payload]:
    """Yield every Region with its opt-in status, disabled ones too."""
    yield from ask_all(account, "list_regions", "Regions")


COLLECTOR = Collector(
    kind="account.region",
    title="Regions and whether they are enabled",
    service="account",
    reach=Reach.ACCOUNT,
    actions=("account:ListRegions",),
    key="RegionName",
    fetch=fetch,
    required=("RegionName", "RegionOptStatus"),
)
