"""Bedrock endpoints must have private DNS."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import said
from console.domain.evidence import Fact

_KIND = "ec2.vpc_endpoint"


def check(question: Question) -> Iterator[Opinion]:
    """Judge interface endpoints for Bedrock; other types have no private DNS of this kind."""
    for fact in question.facts(_KIND):
        if ".bedrock" not in str(fact.payload.get("ServiceName", "")):
            continue
        verdict, because = _judge(fact)
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact) -> tuple[Verdict, str]:
    type_ = said(fact.payload, "VpcEndpointType")
    if type_ is None:
        return Verdict.UNKNOWN, "AWS does not say its type"
    if type_ != "Interface":
        return Verdict.NOT_APPLICABLE, f"it is of the type {type_}, not an interface endpoint"
    private = fact.payload.get("PrivateDnsEnabled")
    if private is True:
        return Verdict.PASS, "private DNS is on"
    if private is False:
        return Verdict.FAIL, "private DNS is off, so Bedrock's usual name leads past the endpoint"
    return Verdict.UNKNOWN, "AWS does not say whether private DNS is on"


CONTROL = Control(
    id="BR-NET-003",
    title="Bedrock endpoints have private DNS",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale="Without private DNS an application that uses Bedrock's usual name goes over the public internet.",
    remedy="Call ec2:ModifyVpcEndpoint with PrivateDnsEnabled true for this endpoint.",
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "VPC endpoints were read to the end; none is for Bedrock"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html",),
    claims=("S03", "S07", "S19"),
)
