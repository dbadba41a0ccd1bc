"""Models of the marketplace on machines of the account: their network, role and key.

AWS looks at the endpoint's SageMaker side in the caller's name, so a caller who may not describe endpoints there is
refused here. Which permissions it takes is what AWS's own policy AmazonBedrockReadOnly grants for it.
"""

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.domain.evidence import Payload


def fetch(bedrock: Client) -> Found:
    """Yield every endpoint."""

    def read(endpoint: str) -> Payload:
        answer = ask(bedrock, "get_marketplace_model_endpoint", endpointArn=endpoint)
        return dict(answer["marketplaceModelEndpoint"])

    listed = ask_all(bedrock, "list_marketplace_model_endpoints", "marketplaceModelEndpoints")
    yield from each((summary["endpointArn"] for summary in listed), read)


COLLECTOR = Collector(
    kind="bedrock.marketplace_model_endpoint",
    title="Marketplace model endpoints",
    service="bedrock",
    reach=Reach.REGION,
    actions=(
        "bedrock:ListMarketplaceModelEndpoints",
        "bedrock:GetMarketplaceModelEndpoint",
        "sagemaker:DescribeEndpoint",
        "sagemaker:DescribeEndpointConfig",
        "sagemaker:DescribeInferenceComponent",
        "sagemaker:DescribeModel",
        "sagemaker:ListEndpoints",
        "sagemaker:ListTags",
    ),
    operations=("ListMarketplaceModelEndpoints", "GetMarketplaceModelEndpoint"),
    key="endpointArn",
    fetch=fetch,
    required=("endpointArn", "modelSourceIdentifier", "endpointConfig"),
)
