"""Security groups of Bedrock endpoints must not let the whole internet in."""

from collections.abc import Iterator, Mapping
from typing import Any

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import listed, said
from console.domain.evidence import Fact

_KIND = "ec2.security_group"
_EVERYBODY = ("0.0.0.0/0", "::/0")
_HTTPS = 443


def check(question: Question) -> Iterator[Opinion]:
    """Look for a rule that opens the endpoint's port to every address."""
    for fact in question.facts(_KIND):
        verdict, because = _judge(fact)
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact) -> tuple[Verdict, str]:
    if "IpPermissions" not in fact.payload:
        return Verdict.UNKNOWN, "AWS did not say whom it lets in"
    for rule in listed(fact.payload, "IpPermissions"):
        addresses = [said(each, "CidrIp") for each in listed(rule, "IpRanges")]
        addresses += [said(each, "CidrIpv6") for each in listed(rule, "Ipv6Ranges")]
        wide = [each for each in addresses if each in _EVERYBODY]
        if wide and _is_about_https(rule):
            return Verdict.FAIL, f"it lets {', '.join(map(str, wide))} in on port {_HTTPS}"
    return Verdict.PASS, "it lets in only addresses and groups that it names"


def _is_about_https(rule: Mapping[str, Any]) -> bool:
    """Tell whether a rule is about the port of endpoints; what is not understood is."""
    if said(rule, "IpProtocol") in ("udp", "17", "icmp", "1", "icmpv6", "58"):
        return False
    first, last = rule.get("FromPort"), rule.get("ToPort")
    return not (isinstance(first, int) and isinstance(last, int)) or first <= _HTTPS <= last


CONTROL = Control(
    id="BR-NET-005",
    title="Security groups of Bedrock endpoints do not let everybody in",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "The endpoint's group decides who in the network, and beyond it over peerings and VPNs, can reach Bedrock by"
        " it."
    ),
    remedy=(
        "Call ec2:RevokeSecurityGroupIngress for the rule, and ec2:AuthorizeSecurityGroupIngress for the groups or"
        " addresses of the applications on port 443."
    ),
    check=check,
    nothing=(
        Verdict.NOT_APPLICABLE,
        "VPC endpoints were read to the end; none for Bedrock has a security group",
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html",),
    claims=("S34",),
)
