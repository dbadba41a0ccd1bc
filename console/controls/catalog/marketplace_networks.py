"""Models of the marketplace must run in a VPC of the department's."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import part
from console.domain.evidence import Fact

_KIND = "bedrock.marketplace_model_endpoint"
_MACHINES = ("initialInstanceCount", "instanceType", "executionRole")


def check(question: Question) -> Iterator[Opinion]:
    """Look at the network of each endpoint's machines."""
    for fact in question.facts(_KIND):
        yield _judge(fact).about(fact)


def _judge(fact: Fact) -> Answer:
    machines = part(part(fact.payload, "endpointConfig"), "sageMaker")
    if not any(name in machines for name in _MACHINES):
        return Answer(Verdict.UNKNOWN, "AWS did not say on which machines it runs")
    if "vpc" not in machines:
        return Answer(
            Verdict.FAIL, "its machines are in no VPC, and reach the internet past the department's network"
        )
    subnets = part(machines, "vpc").get("subnetIds")
    if not isinstance(subnets, list) or not subnets:
        return Answer(Verdict.UNKNOWN, "AWS did not name the subnets of its VPC")
    return Answer(Verdict.PASS, f"its machines are in {', '.join(map(str, subnets))}")


CONTROL = Control(
    id="BR-MKT-001",
    title="Models of the marketplace run in a VPC",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "The code of a marketplace model is somebody else's and runs on the department's machines with its prompts."
        " Outside a VPC it may send them anywhere."
    ),
    remedy=(
        "Call bedrock:CreateMarketplaceModelEndpoint with endpointConfig.sageMaker.vpc naming subnets without a route"
        " to an internet gateway, move callers to it, and delete the old one with"
        " bedrock:DeleteMarketplaceModelEndpoint."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "marketplace endpoints were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/amazon-bedrock-marketplace.html",),
    claims=("S34",),
)
