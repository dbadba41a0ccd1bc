"""VPCs: the networks that may have a private way to Bedrock, or none."""

from console.collect.base import Client, Collector, Found, Reach, ask_all


def fetch(ec2: Client) -> Found:
    """Yield every VPC."""
    yield from ask_all(ec2, "describe_vpcs", "Vpcs")


COLLECTOR = Collector(
    kind="ec2.vpc",
    title="VPCs",
    service="ec2",
    reach=Reach.REGION,
    actions=("ec2:DescribeVpcs",),
    key="VpcId",
    fetch=fetch,
    required=("VpcId", "State"),
)
