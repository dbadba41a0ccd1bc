from unit.collect.collectors.asking import Asking

KIND = "ec2.vpc"


def test_every_vpc_is_known_those_without_a_private_way_too(asking: Asking) -> None:
    with_endpoints = {each["VpcId"] for each in asking.payloads("ec2.vpc_endpoint")}
    known = {each["VpcId"] for each in asking.payloads(KIND)}
    assert with_endpoints < known
