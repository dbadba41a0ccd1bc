"""Internet gateways of the VPCs with a private way to Bedrock."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.private_paths import ENDPOINTS, ask_about, bedrock_vpcs


def fetch(ec2: Client, known: Known) -> Found:
    """Yield every gateway that is attached to such a VPC."""
    names = bedrock_vpcs(known)
    return ask_about(ec2, "describe_internet_gateways", "InternetGateways", names, by="attachment.vpc-id")


COLLECTOR = Collector(
    kind="ec2.internet_gateway",
    title="Internet gateways beside Bedrock endpoints",
    service="ec2",
    reach=Reach.REGION,
    actions=("ec2:DescribeInternetGateways",),
    key="InternetGatewayId",
    fetch=fetch,
    required=("InternetGatewayId", "Attachments"),
    needs=(ENDPOINTS,),
)
