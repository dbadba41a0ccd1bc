"""There must be a VPC endpoint for each of Bedrock's surfaces that is used."""

from collections.abc import Iterator, Mapping, Sequence

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.invocations import METRICS, invocations
from console.controls.payload import said
from console.domain.evidence import Fact

_KIND = "ec2.vpc_endpoint"
_AGENT, _BASE, _RUNTIME = (
    "bedrock-agent.agent",
    "bedrock-agent.knowledge_base",
    "bedrock-agentcore-control.agent_runtime",
)


def check(question: Question) -> Iterator[Opinion]:
    """Look for an endpoint that is available for each surface by which something here is called."""
    for surface, used in _used(question).items():
        verdict, because, found = _judge(surface, question.facts(_KIND))
        yield Opinion(
            subject=f"{question.scope}/{surface}",
            verdict=verdict,
            because=f"{because}, by which {_words(used)} is used",
            evidence=(*found, *used),
        )


def _used(question: Question) -> Mapping[str, Sequence[Fact]]:
    found = {
        "bedrock-runtime": invocations(question.facts(METRICS)),
        "bedrock-agent-runtime": [*question.facts(_AGENT), *question.facts(_BASE)],
        "bedrock-agentcore": question.facts(_RUNTIME),
    }
    return {surface: facts for surface, facts in found.items() if facts}


def _words(used: Sequence[Fact]) -> str:
    kinds = {
        METRICS: "a model",
        _AGENT: "an agent",
        _BASE: "a knowledge base",
        _RUNTIME: "an AgentCore runtime",
    }
    return " and ".join(dict.fromkeys(kinds[each.kind] for each in used))


def _judge(surface: str, endpoints: Sequence[Fact]) -> tuple[Verdict, str, Sequence[Fact]]:
    leading = [
        each
        for each in endpoints
        if (said(each.payload, "ServiceName") or "").endswith((f".{surface}", f".{surface}-fips"))
    ]
    states = {(said(each.payload, "State") or "").lower() for each in leading}
    if "available" in states:
        return Verdict.PASS, f"an endpoint leads to {surface}", leading
    if "" in states:
        return Verdict.UNKNOWN, f"AWS did not say the state of the endpoint for {surface}", leading
    if leading:
        return Verdict.FAIL, f"the endpoint for {surface} is {', '.join(sorted(states))}", leading
    return Verdict.FAIL, f"no endpoint in this account leads to {surface}", leading


CONTROL = Control(
    id="BR-NET-006",
    title="There is a VPC endpoint for each surface of Bedrock that is used",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(_KIND, METRICS, _AGENT, _BASE, _RUNTIME),
    rationale=(
        "Each of Bedrock's surfaces has an endpoint of its own: an endpoint for models carries no call of an agent or"
        " of an AgentCore runtime, which then goes over the public internet."
    ),
    remedy=(
        "Call ec2:CreateVpcEndpoint for com.amazonaws.<Region>.<surface> with private DNS in the network of the"
        " application. Where a central network's endpoint is used over shared DNS, record an exception that says so."
    ),
    check=check,
    nothing=(
        Verdict.NOT_APPLICABLE,
        "no call, agent, knowledge base or AgentCore runtime was found in this Region",
    ),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html",),
    claims=("S03", "S07", "S34"),
)
