"""Which networks matter: those from which Bedrock is reached over endpoints of their own."""

from collections.abc import Iterable, Iterator

from console.collect.base import Client, Found, Known, ask_all
from console.domain.evidence import Payload

ENDPOINTS = "ec2.vpc_endpoint"
"""The kind that says where there are endpoints."""
_BEDROCK = ".bedrock"
"""In the name of each of Bedrock's endpoint services, whichever Region and surface."""
_MOST_VALUES = 200
"""Of one filter of EC2."""


def bedrock_endpoints(known: Known) -> list[Payload]:
    """Return the endpoints that lead to Bedrock."""
    return [each for each in known[ENDPOINTS] if _BEDROCK in each["ServiceName"]]


def bedrock_vpcs(known: Known) -> list[str]:
    """Return the VPCs that have such an endpoint."""
    return sorted({str(each["VpcId"]) for each in bedrock_endpoints(known) if "VpcId" in each})


def ask_about(
    ec2: Client, operation: str, member: str, names: Iterable[str], *, by: str, filters: str = "Filters"
) -> Found:
    """Yield the entries of the list `member` that a filter finds; without names nothing is asked."""
    for some in _batches(sorted(set(names))):
        yield from ask_all(ec2, operation, member, **{filters: [{"Name": by, "Values": some}]})


def _batches(names: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(names), _MOST_VALUES):
        yield names[start : start + _MOST_VALUES]
