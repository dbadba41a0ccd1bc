"""Where traffic of the VPCs with a private way to Bedrock is sent besides."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.private_paths import ENDPOINTS, ask_about, bedrock_vpcs


def fetch(ec2: Client, known: Known) -> Found:
    """Yield every route table of each such VPC."""
    names = bedrock_vpcs(known)
    return ask_about(ec2, "describe_route_tables", "RouteTables", names, by="vpc-id")


COLLECTOR = Collector(
    kind="ec2.route_table",
    title="Route tables beside Bedrock endpoints",
    service="ec2",
    reach=Reach.REGION,
    actions=("ec2:DescribeRouteTables",),
    key="RouteTableId",
    fetch=fetch,
    required=("RouteTableId", "VpcId", "Routes"),
    needs=(ENDPOINTS,),
)
