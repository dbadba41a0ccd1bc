"""VPC endpoints: for Bedrock and for what stands beside it."""

import json

from console.demo.department.draw import Draw
from console.demo.department.plan import LONDON, VIRGINIA, Failings, Member
from console.demo.messages import Payload

_BEDROCK = ("bedrock", "bedrock-runtime")
_OF_AGENTS = ("bedrock-agent-runtime", "bedrock-agentcore")
_OTHERS = ("s3", "ecr.api", "logs", "sts")


def endpoints_of(
    draw: Draw, member: Member, region: str, organisation_id: str, failings: Failings
) -> list[Payload]:
    """Return a Region's endpoints; those for Bedrock are in London alone."""
    vpc = f"vpc-{draw.hexadecimal(17, 'vpc', member.id, region)}"
    making = _Making(draw, member, region, vpc)
    if region != LONDON:
        return [making.gateway()] if draw.below(2, "gateway", member.id, region) else []
    ours = _ours(organisation_id)
    is_incomplete = draw.below(6, "surfaces", member.id) == 0
    surfaces = _BEDROCK if is_incomplete else (*_BEDROCK, *_OF_AGENTS)
    found = [making.interface(service, ours) for service in surfaces]
    found += [making.gateway()]
    found += [
        making.interface(service, _open()) for service in _OTHERS[1 : 2 + draw.below(3, "more", member.id)]
    ]
    planted: tuple[tuple[str, str, str, Payload], ...] = (
        (
            "endpoint policy is open",
            "BR-NET-002",
            "Its policy lets everybody in",
            making.interface("bedrock-agent", _open()),
        ),
        (
            "endpoint leads to Virginia",
            "BR-NET-001",
            "Its service is in us-east-1",
            making.interface("bedrock-agent-runtime", ours, service_region=VIRGINIA),
        ),
        (
            "endpoint has no private DNS",
            "BR-NET-003",
            "Private DNS is off",
            making.interface("bedrock-agent", ours, private_dns=False),
        ),
    )
    for flaw, control, why, endpoint in planted:
        if flaw in member.flaws:
            found.append(endpoint)
            failings.add(control, member.id, region, endpoint["VpcEndpointId"], why)
    return found


class _Making:
    def __init__(self, draw: Draw, member: Member, region: str, vpc: str) -> None:
        self._draw = draw
        self._member = member
        self._region = region
        self._vpc = vpc

    def interface(
        self, service: str, policy: Payload, *, private_dns: bool = True, service_region: str = ""
    ) -> Payload:
        """Return an interface endpoint."""
        leads_to = service_region or self._region
        endpoint = self._common(f"com.amazonaws.{leads_to}.{service}", leads_to, "Interface", policy)
        own_name = f"{endpoint['VpcEndpointId']}-{self._hex(8, service)}"
        subnets = [f"subnet-{self._hex(17, 'subnet', index)}" for index in range(2)]
        return {
            **endpoint,
            "SubnetIds": subnets,
            "Groups": self._groups(),
            "IpAddressType": "ipv4",
            "PrivateDnsEnabled": private_dns,
            "NetworkInterfaceIds": [f"eni-{self._hex(17, service, index)}" for index in range(2)],
            "DnsEntries": [
                {
                    "DnsName": f"{own_name}.{service}.{leads_to}.vpce.amazonaws.com",
                    "HostedZoneId": "Z7K1066E3PUKB",
                }
            ],
        }

    def gateway(self) -> Payload:
        """Return the gateway endpoint for S3."""
        service = f"com.amazonaws.{self._region}.s3"
        return {
            **self._common(service, self._region, "Gateway", _open()),
            "RouteTableIds": [f"rtb-{self._hex(17, 'routes')}"],
            "PrivateDnsEnabled": False,
        }

    def _common(self, service: str, leads_to: str, sort: str, policy: Payload) -> Payload:
        return {
            "VpcEndpointId": f"vpce-{self._hex(17, sort, service)}",
            "VpcEndpointType": sort,
            "VpcId": self._vpc,
            "ServiceName": service,
            "State": "available",
            "PolicyDocument": json.dumps(policy),
            "RequesterManaged": False,
            "CreationTimestamp": self._draw.day("endpoint", self._member.id, service),
            "Tags": [{"Key": "owner", "Value": "network-hub"}],
            "OwnerId": self._member.id,
            "ServiceRegion": leads_to,
        }

    def _groups(self) -> list[Payload]:
        """Return who may reach it: what is in the network and, in some, what administers it."""
        names = ("endpoints", "administration")[: 1 + self._draw.below(2, "groups", self._vpc)]
        return [{"GroupId": f"sg-{self._hex(17, 'group', name)}", "GroupName": name} for name in names]

    def _hex(self, length: int, *words: object) -> str:
        return self._draw.hexadecimal(length, self._vpc, *words)


def _ours(organisation_id: str) -> Payload:
    return _policy({"StringEquals": {"aws:PrincipalOrgID": organisation_id}})


def _open() -> Payload:
    return _policy(None)


def _policy(condition: Payload | None) -> Payload:
    statement: Payload = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
    if condition:
        statement["Condition"] = condition
    return {"Version": "2012-10-17", "Statement": [statement]}
