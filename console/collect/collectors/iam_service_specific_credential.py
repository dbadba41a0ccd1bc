"""Long-term API keys for Amazon Bedrock, which no request signature protects."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload

_BEDROCK = "bedrock.amazonaws.com"


def fetch(iam: Client) -> Iterator[Payload]:
    """Yield every Bedrock API key of every user; one without `ExpirationDate` never expires."""
    yield from ask_all(
        iam,
        "list_service_specific_credentials",
        "ServiceSpecificCredentials",
        AllUsers=True,
        ServiceName=_BEDROCK,
    )


COLLECTOR = Collector(
    kind="iam.service_specific_credential",
    title="Bedrock API keys",
    service="iam",
    reach=Reach.ACCOUNT,
    actions=("iam:ListServiceSpecificCredentials",),
    key="ServiceSpecificCredentialId",
    fetch=fetch,
    required=("ServiceSpecificCredentialId", "UserName", "Status", "CreateDate"),
)
