"""Whether traffic of the VPCs with a private way to Bedrock is recorded."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.private_paths import ENDPOINTS, ask_about, bedrock_endpoints, bedrock_vpcs


def fetch(ec2: Client, known: Known) -> Found:
    """Yield the flow logs of each such VPC and of the subnets in which its Bedrock endpoints are."""
    subnets = [name for each in bedrock_endpoints(known) for name in each.get("SubnetIds", ())]
    names = [*bedrock_vpcs(known), *subnets]
    return ask_about(ec2, "describe_flow_logs", "FlowLogs", names, by="resource-id", filters="Filter")


COLLECTOR = Collector(
    kind="ec2.flow_log",
    title="Flow logs beside Bedrock endpoints",
    service="ec2",
    reach=Reach.REGION,
    actions=("ec2:DescribeFlowLogs",),
    key="FlowLogId",
    fetch=fetch,
    required=("FlowLogId", "ResourceId", "FlowLogStatus"),
    needs=(ENDPOINTS,),
)
