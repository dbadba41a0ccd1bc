"""What an account agreed to buy through AWS Marketplace, models among it."""

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.domain.evidence import Payload

_BOUGHT = [
    {"name": "PartyType", "values": ["Acceptor"]},
    {"name": "AgreementType", "values": ["PurchaseAgreement"]},
]


def fetch(marketplace: Client) -> Found:
    """Yield every agreement in which the account is the buyer.

    AWS Marketplace does not say which of them are about models of Bedrock; the offers of models do, by their ids.
    """

    def read(agreement: str) -> Payload:
        return ask(marketplace, "describe_agreement", agreementId=agreement)

    found = ask_all(
        marketplace, "search_agreements", "agreementViewSummaries", catalog="AWSMarketplace", filters=_BOUGHT
    )
    yield from each((agreement["agreementId"] for agreement in found), read)


COLLECTOR = Collector(
    kind="marketplace-agreement.agreement",
    title="Purchases through AWS Marketplace",
    service="marketplace-agreement",
    reach=Reach.ACCOUNT,
    actions=("aws-marketplace:SearchAgreements", "aws-marketplace:DescribeAgreement"),
    key="agreementId",
    fetch=fetch,
    required=("agreementId", "status", "proposalSummary"),
)
