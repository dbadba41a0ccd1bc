"""Who may reach the endpoints that lead to Bedrock."""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.private_paths import ENDPOINTS, ask_about, bedrock_endpoints


def fetch(ec2: Client, known: Known) -> Found:
    """Yield every security group of such an endpoint."""
    names = [group["GroupId"] for each in bedrock_endpoints(known) for group in each.get("Groups", ())]
    return ask_about(ec2, "describe_security_groups", "SecurityGroups", names, by="group-id")


COLLECTOR = Collector(
    kind="ec2.security_group",
    title="Security groups of Bedrock endpoints",
    service="ec2",
    reach=Reach.REGION,
    actions=("ec2:DescribeSecurityGroups",),
    key="GroupId",
    fetch=fetch,
    required=("GroupId", "IpPermissions", "IpPermissionsEgress"),
    needs=(ENDPOINTS,),
)
