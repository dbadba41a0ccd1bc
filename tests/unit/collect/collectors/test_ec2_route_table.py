from console.collect.private_paths import bedrock_vpcs
from unit.collect.collectors.asking import Asking

KIND = "ec2.route_table"


def test_it_is_read_where_there_is_a_private_way_to_bedrock_and_nothing_is_asked_elsewhere(
    asking: Asking,
) -> None:
    for reading in asking.everywhere(KIND):
        endpoints = list(asking.read("ec2.vpc_endpoint", reading.scope).payloads.values())
        vpcs = set(bedrock_vpcs({"ec2.vpc_endpoint": endpoints}))
        assert {each["VpcId"] for each in reading.payloads.values()} <= vpcs
        assert bool(reading.heard) == bool(vpcs)


def test_a_way_to_the_internet_is_seen(asking: Asking) -> None:
    ways = {
        name
        for each in asking.payloads(KIND)
        for route in each["Routes"]
        if route["DestinationCidrBlock"] == "0.0.0.0/0"
        for name in route
    }
    assert {"NatGatewayId", "GatewayId"} & ways
