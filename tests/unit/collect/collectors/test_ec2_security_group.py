from unit.collect.collectors.asking import Asking

KIND = "ec2.security_group"


def test_the_groups_of_bedrock_endpoints_are_read_whole(asking: Asking) -> None:
    for reading in asking.everywhere(KIND):
        endpoints = asking.read("ec2.vpc_endpoint", reading.scope).payloads.values()
        wanted = {
            group["GroupId"]
            for each in endpoints
            if ".bedrock" in each["ServiceName"]
            for group in each.get("Groups", ())
        }
        assert reading.payloads.keys() == wanted
        assert bool(reading.heard) == bool(wanted)


def test_a_group_that_lets_everybody_in_is_seen(asking: Asking) -> None:
    sources = {each["IpPermissions"][0]["IpRanges"][0]["CidrIp"] for each in asking.payloads(KIND)}
    assert "0.0.0.0/0" in sources
