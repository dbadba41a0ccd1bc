"""Networks beside the endpoints: private ones, and some from which the internet can be reached too."""

from console.demo.department.site import Held, Site
from console.demo.messages import Payload

_ZONES = "ab"
_EVERYWHERE = "0.0.0.0/0"


def networks_of(site: Site) -> Held:
    """Return a VPC for each that an endpoint is in, with all that is in it, and the Region's default VPC."""
    held: Held = {f"ec2.{name}": [] for name in _PARTS}
    vpcs = dict.fromkeys(each["VpcId"] for each in site.built.endpoints)
    for number, vpc in enumerate(vpcs):
        network = _Network(site, vpc, number)
        for name, part in _PARTS.items():
            held[f"ec2.{name}"] += part(network)
    default = f"vpc-{site.draw.hexadecimal(17, 'default vpc', site.member.id, site.region)}"
    held["ec2.vpc"].append(_vpc(site, default, "172.31.0.0/16", is_default=True))
    return held


class _Network:
    """Makes what is in one VPC."""

    def __init__(self, site: Site, vpc: str, number: int) -> None:
        self._site = site
        self._vpc = vpc
        self._block = f"10.{number}"
        endpoints = [each for each in site.built.endpoints if each["VpcId"] == vpc]
        self._subnets = list(dict.fromkeys(name for each in endpoints for name in each.get("SubnetIds", ())))
        self._groups = {
            each["GroupId"]: each["GroupName"] for one in endpoints for each in one.get("Groups", ())
        }
        self._tables = [name for each in endpoints for name in each.get("RouteTableIds", ())]
        self._has_internet = site.chance(4, "internet", vpc)
        self._has_nat = site.chance(3, "nat", vpc)

    def vpcs(self) -> list[Payload]:
        """Return the VPC."""
        return [_vpc(self._site, self._vpc, f"{self._block}.0.0/16", is_default=False)]

    def subnets(self) -> list[Payload]:
        """Return the subnets that the endpoints are in."""
        return [
            {
                "SubnetId": name,
                "SubnetArn": self._site.arn("ec2", f"subnet/{name}"),
                "VpcId": self._vpc,
                "State": "available",
                "CidrBlock": f"{self._block}.{number}.0/24",
                "AvailabilityZone": f"{self._site.region}{_ZONES[number % 2]}",
                "AvailableIpAddressCount": 240,
                "DefaultForAz": False,
                "MapPublicIpOnLaunch": False,
                "OwnerId": self._site.member.id,
            }
            for number, name in enumerate(self._subnets)
        ]

    def groups(self) -> list[Payload]:
        """Return the endpoints' security groups; in a few accounts everybody may come in."""
        source = _EVERYWHERE if self._site.turn(8, 4) else f"{self._block}.0.0/16"
        return [
            {
                "GroupId": id_,
                "GroupName": name,
                "Description": "Who may reach endpoints",
                "VpcId": self._vpc,
                "OwnerId": self._site.member.id,
                "IpPermissions": [_rule("tcp", source, 443)],
                "IpPermissionsEgress": [_rule("-1", _EVERYWHERE)],
            }
            for id_, name in self._groups.items()
        ]

    def tables(self) -> list[Payload]:
        """Return the route tables: one for the subnets, one main."""
        names = [*self._tables, self._name("rtb", "main")]
        routes: list[Payload] = [
            {
                "DestinationCidrBlock": f"{self._block}.0.0/16",
                "GatewayId": "local",
                "Origin": "CreateRouteTable",
                "State": "active",
            }
        ]
        if self._has_nat or self._has_internet:
            way = (
                {"NatGatewayId": self._name("nat", 0)} if self._has_nat else {"GatewayId": self._name("igw")}
            )
            routes.append(
                {"DestinationCidrBlock": _EVERYWHERE, **way, "Origin": "CreateRoute", "State": "active"}
            )
        return [
            {
                "RouteTableId": name,
                "VpcId": self._vpc,
                "OwnerId": self._site.member.id,
                "Routes": routes if name in self._tables else routes[:1],
                "Associations": self._associations(name),
                "PropagatingVgws": [],
            }
            for name in names
        ]

    def nats(self) -> list[Payload]:
        """Return a NAT gateway for each subnet, if the VPC has them."""
        return [
            {
                "NatGatewayId": self._name("nat", number),
                "VpcId": self._vpc,
                "SubnetId": subnet,
                "State": "available",
                "ConnectivityType": "public",
                "CreateTime": self._site.day("nat", self._vpc),
            }
            for number, subnet in enumerate(self._subnets)
            if self._has_nat
        ]

    def gateways(self) -> list[Payload]:
        """Return the internet gateway, if the VPC has one; without it a NAT gateway leads nowhere."""
        if not self._has_internet and not self._has_nat:
            return []
        attached = {"State": "attached", "VpcId": self._vpc}
        return [
            {
                "InternetGatewayId": self._name("igw"),
                "OwnerId": self._site.member.id,
                "Attachments": [attached],
            }
        ]

    def flow_logs(self) -> list[Payload]:
        """Return flow logs of the VPC and of a subnet, where traffic is recorded."""
        if self._site.chance(3, "no flow log", self._vpc):
            return []
        return [
            {
                "FlowLogId": self._name("fl", each),
                "ResourceId": each,
                "FlowLogStatus": "ACTIVE",
                "TrafficType": "ALL",
                "LogDestinationType": "cloud-watch-logs",
                "LogGroupName": "/public-works/flow-logs",
                "DeliverLogsStatus": "SUCCESS",
                "CreationTime": self._site.day("flow log", each),
            }
            for each in (self._vpc, *self._subnets[:1])
        ]

    def _associations(self, table: str) -> list[Payload]:
        main = [
            {"Main": True, "RouteTableAssociationId": self._name("rtbassoc", "main"), "RouteTableId": table}
        ]
        if table not in self._tables:
            return main
        return [
            {
                "Main": False,
                "RouteTableAssociationId": self._name("rtbassoc", table, subnet),
                "RouteTableId": table,
                "SubnetId": subnet,
            }
            for subnet in self._subnets
        ]

    def _name(self, prefix: str, *words: object) -> str:
        return f"{prefix}-{self._site.draw.hexadecimal(17, prefix, self._vpc, *words)}"


_PARTS = {
    "vpc": _Network.vpcs,
    "subnet": _Network.subnets,
    "security_group": _Network.groups,
    "route_table": _Network.tables,
    "nat_gateway": _Network.nats,
    "internet_gateway": _Network.gateways,
    "flow_log": _Network.flow_logs,
}


def _vpc(site: Site, vpc: str, block: str, *, is_default: bool) -> Payload:
    return {
        "VpcId": vpc,
        "OwnerId": site.member.id,
        "State": "available",
        "CidrBlock": block,
        "InstanceTenancy": "default",
        "IsDefault": is_default,
    }


def _rule(protocol: str, source: str, port: int | None = None) -> Payload:
    ports = {} if port is None else {"FromPort": port, "ToPort": port}
    return {"IpProtocol": protocol, **ports, "IpRanges": [{"CidrIp": source}]}
