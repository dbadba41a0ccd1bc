"""AgentCore gateways must know who calls, and let in only those that the department named."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import part, said
from console.domain.evidence import Fact

_KIND = "bedrock-agentcore-control.gateway"
_NARROWING = ("allowedAudience", "allowedClients", "allowedScopes", "customClaims")
"""Members that say whose tokens of an issuer are taken; without any, all of them are."""


def check(question: Question) -> Iterator[Opinion]:
    """Look at what each gateway asks of a caller."""
    for fact in question.facts(_KIND):
        yield _judge(fact).about(fact)


def _judge(fact: Fact) -> Answer:
    sort = said(fact.payload, "authorizerType")
    if sort == "NONE":
        return Answer(Verdict.FAIL, "it lets in whoever finds its address")
    if sort == "AWS_IAM":
        return Answer(Verdict.PASS, "it lets in whom IAM lets in")
    if sort == "CUSTOM_JWT":
        return _by_token(fact)
    if sort == "AUTHENTICATE_ONLY":
        return _by_policy(fact)
    return Answer(Verdict.UNKNOWN, f"its authorizer is {sort or 'not said'}")


def _by_token(fact: Fact) -> Answer:
    token = part(part(fact.payload, "authorizerConfiguration"), "customJWTAuthorizer")
    issuer = said(token, "discoveryUrl")
    if issuer is None:
        return Answer(Verdict.UNKNOWN, "AWS did not say whose tokens it takes")
    if not any(token.get(name) for name in _NARROWING):
        return Answer(Verdict.FAIL, f"it takes any token of {issuer}, whoever it was made for")
    return Answer(Verdict.PASS, f"it takes tokens of {issuer} that were made for it")


def _by_policy(fact: Fact) -> Answer:
    """Answer where callers are only told apart: then nothing but an enforced policy engine keeps anybody out."""
    if said(part(fact.payload, "policyEngineConfiguration"), "mode") == "ENFORCE":
        return Answer(Verdict.PASS, "it tells callers apart, and its policy engine decides who may do what")
    return Answer(Verdict.FAIL, "it tells callers apart and lets in all of them")


CONTROL = Control(
    id="BR-ACR-003",
    title="AgentCore gateways let in only known callers",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "A gateway hands on calls to functions and services with a role of its own. One that asks nothing, or takes any"
        " token of a large issuer, gives that role to everybody on the internet."
    ),
    remedy=(
        "Call bedrock-agentcore:UpdateGateway with authorizerType AWS_IAM, or CUSTOM_JWT with discoveryUrl of the"
        " department's own issuer and allowedAudience or allowedClients."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "AgentCore gateways were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html",),
    claims=("S30", "S34"),
)
