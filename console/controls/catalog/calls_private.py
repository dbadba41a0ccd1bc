"""Calls of models must come through VPC endpoints."""

from collections.abc import Iterator, Sequence

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.calls import EVENTS, SAMPLE, by_caller, is_invocation, record_of
from console.controls.payload import said
from console.domain.evidence import Fact

_BY_AWS = "AWS"
"""What is kept of the address of a call that a service of AWS's made for somebody."""


def check(question: Question) -> Iterator[Opinion]:
    """Count each caller's calls that came through no endpoint; one is one too many, however few are read."""
    for caller, events in by_caller(filter(is_invocation, question.facts(EVENTS))).items():
        verdict, because, evidence = _judge(events)
        yield Opinion(subject=caller, verdict=verdict, because=because, evidence=evidence, is_certain=True)


def _judge(events: Sequence[Fact]) -> tuple[Verdict, str, Sequence[Fact]]:
    own = [each for each in events if said(record_of(each), "sourceIPAddress") != _BY_AWS]
    if not own:
        return Verdict.NOT_APPLICABLE, "its calls were all made by a service of AWS's for it", events
    outside = [each for each in own if not said(record_of(each), "vpcEndpointId")]
    if outside:
        because = f"{len(outside)} of {len(own)} calls came through no VPC endpoint: {SAMPLE}"
        return Verdict.FAIL, because, outside
    return Verdict.PASS, f"all of {len(own)} calls came through a VPC endpoint: {SAMPLE}", own


CONTROL = Control(
    id="BR-NET-004",
    title="Calls of models come through VPC endpoints",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(EVENTS,),
    rationale=(
        "An endpoint that is there does not stop anybody from going round it. Only the event tells by which way a call"
        " came, and a call without an endpoint came over the public internet."
    ),
    remedy=(
        "Let the caller run in a network with an endpoint and private DNS, and deny it bedrock:InvokeModel unless"
        " aws:SourceVpce is one of yours (StringNotEqualsIfExists, in its own policy or a service control policy)."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, f"no call of a model is among what was read, {SAMPLE}"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html",),
    claims=("S03", "S07", "S19"),
)
