"""Which account and which organisational unit hangs where."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload

_UNIT = "ORGANIZATIONAL_UNIT"


def fetch(organizations: Client) -> Iterator[Payload]:
    """Yield every child of every root and unit, with its parent's id."""
    parents = [root["Id"] for root in ask_all(organizations, "list_roots", "Roots")]
    while parents:
        parent = parents.pop(0)
        for sort in (_UNIT, "ACCOUNT"):
            children = ask_all(organizations, "list_children", "Children", ParentId=parent, ChildType=sort)
            for child in children:
                if sort == _UNIT:
                    parents.append(child["Id"])
                yield {"ParentId": parent, **child}


def key(payload: Payload) -> str:
    """Name a place in the tree."""
    return f"{payload['ParentId']}/{payload['Id']}"


COLLECTOR = Collector(
    kind="organizations.child",
    title="Places in the organisation's tree",
    service="organizations",
    reach=Reach.ORGANISATION,
    actions=("organizations:ListRoots", "organizations:ListChildren"),
    key=key,
    fetch=fetch,
    required=("Id", "Type"),
)
