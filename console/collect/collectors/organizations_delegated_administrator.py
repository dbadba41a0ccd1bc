"""Accounts that administer a service for the whole organisation."""

from console.collect.base import Client, Collector, Found, Reach, ask_all
from console.collect.each import each
from console.domain.evidence import Payload


def fetch(organizations: Client) -> Found:
    """Yield every delegated administrator with the services it may administer."""
    found = ask_all(organizations, "list_delegated_administrators", "DelegatedAdministrators")
    administrators = {account["Id"]: account for account in found}

    def read(account: str) -> Payload:
        services = ask_all(
            organizations, "list_delegated_services_for_account", "DelegatedServices", AccountId=account
        )
        return {**administrators[account], "DelegatedServices": list(services)}

    yield from each(administrators, read)


COLLECTOR = Collector(
    kind="organizations.delegated_administrator",
    title="Delegated administrators with their services",
    service="organizations",
    reach=Reach.ORGANISATION,
    actions=("organizations:ListDelegatedAdministrators", "organizations:ListDelegatedServicesForAccount"),
    key="Id",
    fetch=fetch,
    required=("Id", "Arn"),
)
