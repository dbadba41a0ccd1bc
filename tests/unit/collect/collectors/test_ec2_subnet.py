from console.collect.private_paths import bedrock_vpcs
from unit.collect.collectors.asking import Asking

KIND = "ec2.subnet"


def test_it_is_read_where_there_is_a_private_way_to_bedrock_and_nothing_is_asked_elsewhere(
    asking: Asking,
) -> None:
    for reading in asking.everywhere(KIND):
        endpoints = list(asking.read("ec2.vpc_endpoint", reading.scope).payloads.values())
        vpcs = set(bedrock_vpcs({"ec2.vpc_endpoint": endpoints}))
        assert {each["VpcId"] for each in reading.payloads.values()} <= vpcs
        assert bool(reading.heard) == bool(vpcs)


def test_the_subnets_that_an_endpoint_is_in_are_among_them(asking: Asking) -> None:
    known = {each["SubnetId"] for each in asking.payloads(KIND)}
    endpoints = [each for each in asking.payloads("ec2.vpc_endpoint") if ".bedrock" in each["ServiceName"]]
    assert {name for each in endpoints for name in each["SubnetIds"]} <= known
