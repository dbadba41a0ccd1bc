"""Subnets of the VPCs with a private way to Bedrock."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.private_paths import ENDPOINTS, ask_about, bedrock_vpcs


def fetch(ec2: Client, known: Known) -> Found:
    """Yield every subnet of each such VPC."""
    names = bedrock_vpcs(known)
    return ask_about(ec2, "describe_subnets", "Subnets", names, by="vpc-id")


COLLECTOR = Collector(
    kind="ec2.subnet",
    title="Subnets beside Bedrock endpoints",
    service="ec2",
    reach=Reach.REGION,
    actions=("ec2:DescribeSubnets",),
    key="SubnetId",
    fetch=fetch,
    required=("SubnetId", "VpcId", "State"),
    needs=(ENDPOINTS,),
)
