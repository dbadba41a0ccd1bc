"""Organisational units, from the roots downwards."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(organizations: Client) -> Iterator[Payload]:
    """Yield every organisational unit, a parent before its children."""
    parents = [root["Id"] for root in ask_all(organizations, "list_roots", "Roots")]
    while parents:
        parent = parents.pop(0)
        units = ask_all(
            organizations, "list_organizational_units_for_parent", "OrganizationalUnits", ParentId=parent
        )
        for unit in units:
            parents.append(unit["Id"])
            yield unit


COLLECTOR = Collector(
    kind="organizations.organizational_unit",
    title="Organisational units",
    service="organizations",
    reach=Reach.ORGANISATION,
    actions=("organizations:ListRoots", "organizations:ListOrganizationalUnitsForParent"),
    key="Id",
    fetch=fetch,
    required=("Id", "Name"),
)
