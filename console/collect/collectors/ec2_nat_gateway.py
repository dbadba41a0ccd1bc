"""NAT gateways: a way to Bedrock over the internet beside the private one."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.private_paths import ENDPOINTS, ask_about, bedrock_vpcs


def fetch(ec2: Client, known: Known) -> Found:
    """Yield every gateway of each VPC with a Bedrock endpoint."""
    names = bedrock_vpcs(known)
    return ask_about(ec2, "describe_nat_gateways", "NatGateways", names, by="vpc-id", filters="Filter")


COLLECTOR = Collector(
    kind="ec2.nat_gateway",
    title="NAT gateways beside Bedrock endpoints",
    service="ec2",
    reach=Reach.REGION,
    actions=("ec2:DescribeNatGateways",),
    key="NatGatewayId",
    fetch=fetch,
    required=("NatGatewayId", "VpcId", "State"),
    needs=(ENDPOINTS,),
)
