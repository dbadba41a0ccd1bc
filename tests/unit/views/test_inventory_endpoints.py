from typing import Any

from console.views.inventory import told
from console.views.inventory_endpoints import endpoint_listings, endpoint_sections, rules_in_words
from fakes import LONDON, FakeSnapshot, gap
from unit.views.listed import cells_of, facts, rows_of, told_of

ENDPOINTS, VPCS = endpoint_sections({"vpce-1": 3}, {LONDON: 4})
POLICY = (
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}'
)


def endpoint(name: str = "vpce-1", **more: Any) -> tuple[str, str, dict[str, Any]]:
    return (
        "ec2.vpc_endpoint",
        name,
        {
            "VpcEndpointId": name,
            "ServiceName": "com.amazonaws.eu-west-2.bedrock-runtime",
            "ServiceRegion": "eu-west-2",
            "VpcId": "vpc-1",
            "State": "available",
            "PrivateDnsEnabled": True,
            "PolicyDocument": POLICY,
            **more,
        },
    )


VPC = ("ec2.vpc", "vpc-1", {"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "IsDefault": False})


def test_an_endpoint_says_where_it_leads_who_may_use_it_and_what_it_carries() -> None:
    known = facts(
        endpoint(
            SubnetIds=["subnet-1", "subnet-2"],
            Groups=[{"GroupId": "sg-1", "GroupName": "endpoints"}, {"GroupId": "sg-2"}],
            DnsEntries=[{"DnsName": "x.vpce.amazonaws.com"}, {}],
        ),
        ("ec2.subnet", "subnet-1", {"AvailabilityZone": "eu-west-2a", "CidrBlock": "10.0.0.0/24"}),
        (
            "ec2.security_group",
            "sg-1",
            {"IpPermissions": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]},
        ),
    )
    found = cells_of(ENDPOINTS, known)
    assert (found["service"], found["leads"], found["dns"]) == ("bedrock-runtime", "eu-west-2", "on")
    assert (found["share"], found["policy"]) == ("75 % of 4", "Allows everybody every action")
    assert (found["groups"], found["subnets"]) == ("sg-1, sg-2", 2)
    said = told_of(ENDPOINTS, known)
    assert said["Subnets"].splitlines() == [
        "subnet-1: eu-west-2a, 10.0.0.0/24",
        "subnet-2: not found, not found",
    ]
    assert said["Security groups"].splitlines() == [
        "sg-1 (endpoints)",
        "  from anywhere: everything",
        "sg-2 (without a name)",
        "  not found",
    ]
    assert said["Addresses"].splitlines() == ["x.vpce.amazonaws.com", "not said"]
    assert '"Effect": "Allow"' in said["Policy as JSON"]


def test_an_endpoint_to_another_region_says_so_and_one_without_calls_says_none_was_seen() -> None:
    quiet, _ = endpoint_sections({}, {})
    known = facts(
        endpoint(ServiceRegion="us-east-1", PrivateDnsEnabled=False, PolicyDocument=None, Groups=None)
    )
    found = cells_of(quiet, known)
    assert (found["leads"], found["dns"], found["share"]) == (
        "us-east-1, another Region",
        "off",
        "no call was seen",
    )
    assert (found["policy"], found["groups"], found["subnets"]) == ("AWS gave no policy", "none", 0)
    assert "Policy as JSON" not in told_of(quiet, known)
    silent = facts(endpoint(ServiceRegion=None))
    assert cells_of(quiet, silent)["leads"] == "AWS does not say"


def test_endpoints_of_other_services_are_not_among_them() -> None:
    assert rows_of(ENDPOINTS, facts(endpoint(ServiceName="com.amazonaws.eu-west-2.s3"))) == ()


def test_rules_of_a_security_group_name_peers_and_ports() -> None:
    rules = [
        {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "Ipv6Ranges": [{"CidrIpv6": "::/0"}]},
        {"IpProtocol": "udp", "FromPort": 1, "ToPort": 9, "UserIdGroupPairs": [{"GroupId": "sg-9"}]},
        {"IpProtocol": "icmp", "PrefixListIds": [{"PrefixListId": "pl-1"}]},
        {},
    ]
    assert list(rules_in_words({"IpPermissions": rules}, "IpPermissions")) == [
        "anywhere: tcp port 443",
        "sg-9: udp ports 1 to 9",
        "pl-1: icmp",
        "nobody named: None",
    ]


def test_a_network_says_what_it_has_an_endpoint_for_and_how_it_gets_out() -> None:
    known = facts(
        VPC,
        endpoint(PrivateDnsEnabled=False),
        ("ec2.nat_gateway", "nat-1", {"VpcId": "vpc-1"}),
        ("ec2.internet_gateway", "igw-1", {"Attachments": [{"VpcId": "vpc-1"}]}),
        ("ec2.internet_gateway", "igw-2", {"Attachments": [{"VpcId": "vpc-2"}]}),
        ("ec2.flow_log", "fl-1", {"ResourceId": "vpc-1"}),
        (
            "ec2.route_table",
            "rtb-1",
            {
                "VpcId": "vpc-1",
                "Routes": [{"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1"}, {}],
            },
        ),
    )
    found = cells_of(VPCS, known)
    assert (found["covered"], found["dns"]) == ("bedrock-runtime", "off for bedrock-runtime")
    assert found["uncovered"] == "bedrock, bedrock-agent, bedrock-agent-runtime, bedrock-mantle"
    assert (found["ways"], found["logs"]) == ("1 NAT gateway, 1 internet gateway", 1)
    said = told_of(VPCS, known)
    assert said["Endpoints to Bedrock"] == "vpce-1: bedrock-runtime, available"
    assert said["Routes"].splitlines() == [
        "rtb-1",
        "  0.0.0.0/0 through nat-1",
        "  not said through something else",
    ]


def test_a_network_without_an_endpoint_was_not_looked_into_further() -> None:
    known = facts(VPC)
    (row,) = rows_of(VPCS, known, empty=[("ec2.vpc_endpoint", LONDON)])
    words = "not read: no endpoint to Bedrock"
    assert row.cells[3:] == (
        "none",
        "bedrock, bedrock-runtime, bedrock-agent, bedrock-agent-runtime, bedrock-mantle",
        "no endpoint",
        words,
        words,
    )
    assert "Routes" not in {part.heading for part in told(row)}


def test_what_of_a_network_could_not_be_read_is_said() -> None:
    missing = [gap(f"ec2.{each}", sequence=20) for each in ("nat_gateway", "route_table", "flow_log")]
    known = facts(VPC, endpoint())
    found = cells_of(VPCS, known, missing)
    assert (found["ways"], found["dns"]) == ("others could not be read: denied", "on")
    assert found["logs"] == "could not be read: denied"
    assert told_of(VPCS, known, missing)["Routes"] == "could not be read: denied"
    lost = cells_of(VPCS, facts(VPC), [gap("ec2.vpc_endpoint", sequence=3)])
    assert {lost["covered"], lost["uncovered"]} == {"could not be read: denied"}


def test_a_network_without_ways_out_says_none() -> None:
    known = facts(VPC, endpoint())
    empty = [
        (f"ec2.{each}", LONDON) for each in ("nat_gateway", "internet_gateway", "flow_log", "route_table")
    ]
    (row,) = rows_of(VPCS, known, empty=empty)
    assert row.cells[6:] == ("none", 0)


def test_the_page_has_endpoints_routes_and_networks() -> None:
    event = (
        "cloudtrail.bedrock_event",
        "e",
        {"CloudTrailEvent": {"vpcEndpointId": "vpce-1", "awsRegion": "eu-west-2"}},
    )
    found = endpoint_listings(FakeSnapshot(known=facts(VPC, endpoint(), event)), {})
    assert [(each.id, each.found) for each in found] == [("endpoints", 1), ("routes", 1), ("vpcs", 1)]
    share = [column.id for column in found[0].table.columns].index("share")
    assert found[0].table.cells()[0][share] == "100 % of 1"
