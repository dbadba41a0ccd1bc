"""Bedrock endpoints must lead only to approved Regions."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import said
from console.domain.evidence import Fact

_KIND = "ec2.vpc_endpoint"


def check(question: Question) -> Iterator[Opinion]:
    """Look at the Region that the endpoint's service is in, which need not be the endpoint's own."""
    for fact in question.facts(_KIND):
        if ".bedrock" not in str(fact.payload.get("ServiceName", "")):
            continue
        verdict, because = _judge(fact, question.policy.approved_regions)
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact, approved: tuple[str, ...]) -> tuple[Verdict, str]:
    region = said(fact.payload, "ServiceRegion")
    service = fact.payload["ServiceName"]
    if region is None:
        return Verdict.UNKNOWN, f"AWS does not say which Region its service {service} is in"
    because = f"it leads to {service} in {region}"
    return (
        (Verdict.PASS, because) if region in approved else (Verdict.FAIL, f"{because}, which is not approved")
    )


CONTROL = Control(
    id="BR-NET-001",
    title="Bedrock endpoints lead only to approved Regions",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale="An endpoint in an approved Region can lead to Bedrock in another one: its ServiceRegion says where.",
    remedy=(
        "Delete the endpoint with ec2:DeleteVpcEndpoints and create it with ec2:CreateVpcEndpoint for the service"
        " in an approved Region, without another ServiceRegion."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "VPC endpoints were read to the end; none is for Bedrock"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html",),
    claims=("S02", "S15", "S34"),
)
