"""Amazon EC2: VPC endpoints, and the networks beside them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listing:
    """An operation that lists things of one sort and filters them."""

    held: str
    member: str
    filters: Mapping[str, Callable[[Payload], list[str]]]
    asked: str = "Filters"
    """The parameter with the filters."""


def _vpc(each: Payload) -> list[str]:
    return [str(each["VpcId"])]


_LISTINGS: Mapping[str, _Listing] = {
    "DescribeVpcs": _Listing(held="ec2.vpc", member="Vpcs", filters={"vpc-id": _vpc}),
    "DescribeSubnets": _Listing(held="ec2.subnet", member="Subnets", filters={"vpc-id": _vpc}),
    "DescribeSecurityGroups": _Listing(
        held="ec2.security_group",
        member="SecurityGroups",
        filters={"vpc-id": _vpc, "group-id": lambda each: [each["GroupId"]]},
    ),
    "DescribeRouteTables": _Listing(held="ec2.route_table", member="RouteTables", filters={"vpc-id": _vpc}),
    "DescribeNatGateways": _Listing(
        held="ec2.nat_gateway", member="NatGateways", filters={"vpc-id": _vpc}, asked="Filter"
    ),
    "DescribeInternetGateways": _Listing(
        held="ec2.internet_gateway",
        member="InternetGateways",
        filters={"attachment.vpc-id": lambda each: [one["VpcId"] for one in each["Attachments"]]},
    ),
    "DescribeFlowLogs": _Listing(
        held="ec2.flow_log",
        member="FlowLogs",
        filters={"resource-id": lambda each: [each["ResourceId"]]},
        asked="Filter",
    ),
}
_ONE = Paging(most=1, refusal="InvalidPaginationToken")


def _list(asked: Asked) -> Payload:
    """Return a page of the things that pass every filter."""
    listing = _LISTINGS[asked.operation]
    wanted = asked.held(listing.held)
    for each in asked.parameters.get(listing.asked) or ():
        values_of = listing.filters.get(each["Name"])
        if values_of is None:
            raise RefusedError(400, "InvalidParameterValue", f"The filter '{each['Name']}' is invalid")
        wanted = [thing for thing in wanted if not set(each["Values"]).isdisjoint(values_of(thing))]
    found, following = page(asked, wanted, _ONE)
    return {listing.member: found, **following}


for _operation in _LISTINGS:
    OPERATIONS(_operation)(_list)
