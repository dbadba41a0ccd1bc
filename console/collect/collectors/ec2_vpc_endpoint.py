"""VPC endpoints: where private traffic to a service leads, and what its policy lets through."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(ec2: Client) -> Iterator[Payload]:
    """Yield every endpoint of every VPC."""
    yield from ask_all(ec2, "describe_vpc_endpoints", "VpcEndpoints")


COLLECTOR = Collector(
    kind="ec2.vpc_endpoint",
    title="VPC endpoints",
    service="ec2",
    reach=Reach.REGION,
    actions=("ec2:DescribeVpcEndpoints",),
    key="VpcEndpointId",
    fetch=fetch,
    required=("VpcEndpointId", "VpcEndpointType", "ServiceName", "State"),
)
