"""VPC endpoints to Bedrock, and the networks that they are in."""

from collections.abc import Callable, Iterator, Mapping

from console.controls.payload import listed, said
from console.domain.evidence import Fact, Payload, Snapshot
from console.domain.scope import Scope
from console.views.beside import Seen
from console.views.inventory import Listing, listings
from console.views.names import count_words
from console.views.policy_words import policy_in_words, policy_json
from console.views.routes import ENDPOINT, calls_through, is_bedrock, routes, routes_listing
from console.views.sections import Detail, Heading, Inventory, Section, Source
from console.views.table import Cell, Kind
from console.views.text import inert

VPC, SUBNET, GROUP, TABLE = "ec2.vpc", "ec2.subnet", "ec2.security_group", "ec2.route_table"
NAT, INTERNET, FLOW_LOG = "ec2.nat_gateway", "ec2.internet_gateway", "ec2.flow_log"
_SERVICES = ("bedrock", "bedrock-runtime", "bedrock-agent", "bedrock-agent-runtime", "bedrock-mantle")
_ANYWHERE = ("0.0.0.0/0", "::/0")
_EVERY_PROTOCOL = "-1"


def _service(payload: Payload) -> str:
    """Return an endpoint's service without AWS's prefix and Region."""
    return inert(str(payload.get("ServiceName", "")).rpartition(".")[2])


def _crosses(seen: Seen) -> Cell:
    there = seen.get("ServiceRegion")
    if there is None:
        return "AWS does not say"
    return f"{there}, another Region" if there != seen.fact.scope.region else there


def _policy_words(seen: Seen) -> Iterator[str]:
    yield from policy_in_words(seen.fact.payload.get("PolicyDocument"))


def _policy_json(seen: Seen) -> Iterator[str]:
    document = seen.fact.payload.get("PolicyDocument")
    if document:
        yield policy_json(document)


def _names(seen: Seen) -> list[str]:
    subnets = seen.fact.payload.get("SubnetIds")
    return [str(each) for each in subnets] if isinstance(subnets, list) else []


def _subnets(seen: Seen) -> Iterator[str]:
    for name in _names(seen):
        zone, network = (
            seen.other(SUBNET, name, each, nothing="not found") for each in ("AvailabilityZone", "CidrBlock")
        )
        yield inert(f"{name}: {zone}, {network}")


def _groups(seen: Seen) -> Iterator[str]:
    for group in listed(seen.fact.payload, "Groups"):
        name = said(group, "GroupId") or "not said"
        fact = seen.beside.one(GROUP, seen.fact.scope, name)
        yield inert(f"{name} ({said(group, 'GroupName') or 'without a name'})")
        if fact is None:
            yield f"  {seen.why_not(GROUP, name) or 'not found'}"
            continue
        seen.looked_at.append(fact.sequence)
        yield from (f"  from {rule}" for rule in rules_in_words(fact.payload, "IpPermissions"))
        yield from (f"  to {rule}" for rule in rules_in_words(fact.payload, "IpPermissionsEgress"))


def rules_in_words(group: Payload, member: str) -> Iterator[str]:
    """Yield whom a security group lets in, or where it lets out, a line for each rule."""
    for rule in listed(group, member):
        where = [
            *(said(each, "CidrIp") for each in listed(rule, "IpRanges")),
            *(said(each, "CidrIpv6") for each in listed(rule, "Ipv6Ranges")),
            *(said(each, "GroupId") for each in listed(rule, "UserIdGroupPairs")),
            *(said(each, "PrefixListId") for each in listed(rule, "PrefixListIds")),
        ]
        peers = ["anywhere" if each in _ANYWHERE else inert(each) for each in where if each]
        yield f"{', '.join(peers) or 'nobody named'}: {_ports(rule)}"


def _ports(rule: Payload) -> str:
    protocol, first, last = rule.get("IpProtocol"), rule.get("FromPort"), rule.get("ToPort")
    if protocol == _EVERY_PROTOCOL:
        return "everything"
    ports = f"port {first}" if first == last else f"ports {first} to {last}"
    return inert(f"{protocol} {ports}") if first is not None else inert(f"{protocol}")


def _group_cell(seen: Seen) -> Cell:
    return (
        ", ".join(inert(said(each, "GroupId") or "not said") for each in listed(seen.fact.payload, "Groups"))
        or "none"
    )


def _first_words(seen: Seen) -> Cell:
    return "; ".join(_policy_words(seen)) or "no statement"


def _bedrock_of(seen: Seen) -> list[Fact]:
    """Return the endpoints to Bedrock of a VPC."""
    return [fact for fact in seen.others(ENDPOINT, "VpcId", seen.fact.key) if is_bedrock(fact)]


def _covered(seen: Seen) -> Cell:
    found = sorted({_service(fact.payload) for fact in _bedrock_of(seen)})
    return ", ".join(found) or seen.why_not(ENDPOINT) or "none"


def _uncovered(seen: Seen) -> Cell:
    found = {_service(fact.payload) for fact in _bedrock_of(seen)}
    why = seen.why_not(ENDPOINT)
    return why or ", ".join(each for each in _SERVICES if each not in found) or "none"


def _private_dns(seen: Seen) -> Cell:
    """Say whether the usual names of Bedrock lead to the endpoints from within the VPC."""
    found = _bedrock_of(seen)
    off = [_service(fact.payload) for fact in found if fact.payload.get("PrivateDnsEnabled") is not True]
    if not found:
        return "no endpoint"
    return f"off for {', '.join(off)}" if off else "on"


def _ways_out(seen: Seen) -> Cell:
    """Say through what a VPC reaches the internet, as far as that was read: only where there is an endpoint."""
    if not _bedrock_of(seen):
        return "not read: no endpoint to Bedrock"
    why = seen.why_not(NAT) or seen.why_not(INTERNET)
    nat = seen.others(NAT, "VpcId", seen.fact.key)
    gates = [fact for fact in seen.others(INTERNET) if _is_attached(fact, seen.fact.key)]
    ways = [
        *([count_words(len(nat), "NAT gateway", "NAT gateways")] if nat else []),
        *([count_words(len(gates), "internet gateway", "internet gateways")] if gates else []),
        *([f"others {why}"] if why else []),
    ]
    return ", ".join(ways) or "none"


def _is_attached(gate: Fact, vpc: str) -> bool:
    return any(each.get("VpcId") == vpc for each in listed(gate.payload, "Attachments"))


def _flow_logs(seen: Seen) -> Cell:
    if not _bedrock_of(seen):
        return "not read: no endpoint to Bedrock"
    return seen.count(FLOW_LOG, "ResourceId", seen.fact.key)


def _route_lines(seen: Seen) -> Iterator[str]:
    for fact in seen.others(TABLE, "VpcId", seen.fact.key):
        yield inert(fact.key)
        for route in listed(fact.payload, "Routes"):
            to = said(route, "DestinationCidrBlock") or said(route, "DestinationPrefixListId")
            by = [
                said(route, name)
                for name in ("GatewayId", "NatGatewayId", "TransitGatewayId", "NetworkInterfaceId")
            ]
            yield inert(f"  {to or 'not said'} through {next(filter(None, by), 'something else')}")
    yield from filter(None, [seen.why_not(TABLE) if _bedrock_of(seen) else ""])


def _endpoint_lines(seen: Seen) -> Iterator[str]:
    for fact in _bedrock_of(seen):
        yield inert(
            f"{fact.key}: {_service(fact.payload)}, {said(fact.payload, 'State') or 'state not said'}"
        )


def _address(seen: Seen) -> Iterator[str]:
    for each in listed(seen.fact.payload, "DnsEntries"):
        yield inert(said(each, "DnsName") or "not said")


def _share(calls: Mapping[str, int], of_region: Mapping[Scope, int]) -> Callable[[Seen], Cell]:
    def cell(seen: Seen) -> Cell:
        all_calls = of_region.get(seen.fact.scope, 0)
        if not all_calls:
            return "no call was seen"
        return f"{calls.get(seen.fact.key, 0) * 100 // all_calls} % of {all_calls:,}"

    return cell


def endpoint_sections(calls: Mapping[str, int], of_region: Mapping[Scope, int]) -> tuple[Section, ...]:
    """Return the tables of endpoints and networks, given the calls that each endpoint and each place carried."""
    return (
        Section(
            id="endpoints",
            title="Endpoints to Bedrock",
            about=(
                "A VPC endpoint lets a network reach Bedrock without the internet. Its policy says who may use it for"
                " what; one that AWS wrote lets in everybody. An endpoint can lead to Bedrock in another Region."
            ),
            headings=(
                Heading("service", "Service"),
                Heading("leads", "Leads to"),
                Heading("vpc", "VPC"),
                Heading("state", "State"),
                Heading("dns", "Private DNS"),
                Heading("share", "Share of calls seen"),
                Heading("policy", "Policy in words"),
                Heading("groups", "Security groups"),
                Heading("subnets", "Subnets", Kind.NUMBER),
                Heading("id", "Endpoint id"),
            ),
            sources=(
                Source(
                    ENDPOINT,
                    (
                        lambda seen: _service(seen.fact.payload),
                        _crosses,
                        "VpcId",
                        "State",
                        lambda seen: {"yes": "on", "no": "off"}.get(str(seen.get("PrivateDnsEnabled"))),
                        _share(calls, of_region),
                        _first_words,
                        _group_cell,
                        lambda seen: len(_names(seen)),
                        "VpcEndpointId",
                    ),
                    lambda payload: ".bedrock" in str(payload.get("ServiceName", "")),
                ),
            ),
            beside=(SUBNET, GROUP),
            details=(
                Detail("Policy in words", _policy_words),
                Detail("Security groups", _groups),
                Detail("Subnets", _subnets),
                Detail("Addresses", _address),
                Detail("Policy as JSON", _policy_json, is_code=True),
            ),
            stretch="policy",
        ),
        Section(
            id="vpcs",
            title="VPCs",
            about=(
                "Which services of Bedrock each network has an endpoint for. Where private DNS is off, programs in the"
                " network still find the public address unless they are told of the endpoint."
            ),
            headings=(
                Heading("vpc", "VPC"),
                Heading("network", "Network"),
                Heading("default", "AWS's default"),
                Heading("covered", "Endpoint for"),
                Heading("uncovered", "No endpoint for"),
                Heading("dns", "Private DNS"),
                Heading("ways", "Ways to the internet"),
                Heading("logs", "Flow logs", Kind.NUMBER),
            ),
            sources=(
                Source(
                    VPC,
                    (
                        "VpcId",
                        "CidrBlock",
                        "IsDefault",
                        _covered,
                        _uncovered,
                        _private_dns,
                        _ways_out,
                        _flow_logs,
                    ),
                ),
            ),
            beside=(ENDPOINT, TABLE, NAT, INTERNET, FLOW_LOG),
            details=(Detail("Endpoints to Bedrock", _endpoint_lines), Detail("Routes", _route_lines)),
            stretch="uncovered",
        ),
    )


def endpoint_listings(snapshot: Snapshot, names: Mapping[str, str]) -> tuple[Listing, ...]:
    """Build the tables of endpoints, of networks, and of who reaches Bedrock how."""
    found = routes(snapshot, names)
    of_region: dict[Scope, int] = {}
    for route in found:
        of_region[route.scope] = of_region.get(route.scope, 0) + route.calls
    inventory = Inventory("endpoints", "Endpoints", endpoint_sections(calls_through(found), of_region))
    endpoints, vpcs = listings(inventory, snapshot, names)
    return (endpoints, routes_listing(snapshot, names), vpcs)
