"""Tags of the organisation's accounts: who owns each, and what for."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask_all
from console.collect.each import each
from console.domain.evidence import Payload


def fetch(organizations: Client, known: Known) -> Found:
    """Yield the tags of each account, an empty list where it has none."""

    def read(account: str) -> Payload:
        tags = ask_all(organizations, "list_tags_for_resource", "Tags", ResourceId=account)
        return {"ResourceId": account, "Tags": list(tags)}

    yield from each((account["Id"] for account in known["organizations.account"]), read)


COLLECTOR = Collector(
    kind="organizations.account_tags",
    title="Tags of accounts",
    service="organizations",
    reach=Reach.ORGANISATION,
    actions=("organizations:ListTagsForResource",),
    needs=("organizations.account",),
    key="ResourceId",
    fetch=fetch,
    required=("ResourceId", "Tags"),
)
