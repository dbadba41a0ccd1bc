"""Organisation policies that do not take effect in an account, and why.

An effective Bedrock policy that names a guardrail which is not there makes every call to Bedrock fail.
"""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Found, Known, Reach, ask_all
from console.collect.each import each
from console.domain.evidence import Payload


def fetch(organizations: Client, known: Known) -> Found:
    """Yield, for each account and type whose effective policy is not valid, all errors of it."""
    places = {f"{account}/{sort}": (account, sort) for account, sort in _invalid(organizations, known)}

    def read(place: str) -> Payload:
        account, sort = places[place]
        found = ask_all(
            organizations,
            "list_effective_policy_validation_errors",
            "EffectivePolicyValidationErrors",
            AccountId=account,
            PolicyType=sort,
        )
        return {"AccountId": account, "PolicyType": sort, "EffectivePolicyValidationErrors": list(found)}

    yield from each(places, read)


def _invalid(organizations: Client, known: Known) -> Iterator[tuple[str, str]]:
    summed = organizations.meta.service_model.shape_for("EffectivePolicyType").enum
    for root in known["organizations.root"]:
        for sort in (one["Type"] for one in root["PolicyTypes"] if one["Status"] == "ENABLED"):
            if sort in summed:
                accounts = ask_all(
                    organizations, "list_accounts_with_invalid_effective_policy", "Accounts", PolicyType=sort
                )
                yield from ((account["Id"], sort) for account in accounts)


def key(payload: Payload) -> str:
    """Name the errors by account and type."""
    return f"{payload['AccountId']}/{payload['PolicyType']}"


COLLECTOR = Collector(
    kind="organizations.effective_policy_validation_error",
    title="Errors in effective organisation policies",
    service="organizations",
    reach=Reach.ORGANISATION,
    actions=(
        "organizations:ListAccountsWithInvalidEffectivePolicy",
        "organizations:ListEffectivePolicyValidationErrors",
    ),
    needs=("organizations.root",),
    key=key,
    fetch=fetch,
)
