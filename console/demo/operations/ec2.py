"""Amazon EC2: VPC endpoints."""

from collections.abc import Callable, Mapping

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("ec2")
_PAGING = Paging(most=3, refusal="InvalidPaginationToken")
_FILTERS: Mapping[str, Callable[[Payload], str]] = {
    "service-name": lambda each: str(each["ServiceName"]),
    "vpc-id": lambda each: str(each["VpcId"]),
    "vpc-endpoint-id": lambda each: str(each["VpcEndpointId"]),
    "vpc-endpoint-state": lambda each: str(each["State"]),
    "vpc-endpoint-type": lambda each: str(each["VpcEndpointType"]),
}


@OPERATIONS("DescribeVpcEndpoints")
def describe_vpc_endpoints(asked: Asked) -> Payload:
    """Return the Region's endpoints."""
    wanted = asked.account.regions[asked.region].endpoints
    ids = asked.parameters.get("VpcEndpointIds")
    if ids:
        missing = set(ids) - {each["VpcEndpointId"] for each in wanted}
        if missing:
            message = f"The Vpc Endpoint Id '{min(missing)}' does not exist"
            raise RefusedError(400, "InvalidVpcEndpointId.NotFound", message)
        wanted = [each for each in wanted if each["VpcEndpointId"] in ids]
    for each in asked.parameters.get("Filters") or ():
        value_of = _FILTERS.get(each["Name"])
        if value_of is None:
            raise RefusedError(400, "InvalidParameterValue", f"The filter '{each['Name']}' is invalid")
        wanted = [endpoint for endpoint in wanted if value_of(endpoint) in each["Values"]]
    found, following = page(asked, wanted, _PAGING)
    return {"VpcEndpoints": found, **following}
