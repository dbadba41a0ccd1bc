"""AWS Marketplace Agreements: what an account bought."""

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("marketplace-agreement")
_ONE = Paging(most=1, asked="maxResults", token="nextToken")  # noqa: S106 - a member's name
_SUMMARY = frozenset(
    {
        "agreementId",
        "acceptanceTime",
        "startTime",
        "endTime",
        "agreementType",
        "acceptor",
        "proposer",
        "proposalSummary",
        "status",
    }
)
"""What a summary takes from an agreement."""


@OPERATIONS("SearchAgreements")
def search_agreements(asked: Asked) -> Payload:
    """Return the agreements in which the account is the buyer."""
    given = {each["name"]: each["values"] for each in asked.parameters.get("filters", [])}
    if "AgreementType" not in given or given.get("PartyType") != ["Acceptor"]:
        raise RefusedError(400, "ValidationException", "The stand-in knows buyers, and asks for a type.")
    bought = [
        {name: each[name] for name in each if name in _SUMMARY}
        for each in _agreements(asked)
        if each["agreementType"] in given["AgreementType"]
    ]
    found, following = page(asked, bought, _ONE)
    return {"agreementViewSummaries": found, **following}


@OPERATIONS("DescribeAgreement")
def describe_agreement(asked: Asked) -> Payload:
    """Return an agreement."""
    for each in _agreements(asked):
        if each["agreementId"] == asked.text("agreementId"):
            return each
    raise RefusedError(400, "ResourceNotFoundException", "There is no such agreement.")


def _agreements(asked: Asked) -> list[Payload]:
    return asked.account.held.get("marketplace-agreement.agreement", [])
