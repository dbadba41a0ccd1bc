"""AgentCore gateways must have each call of a tool judged before it is made."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import part, said
from console.domain.evidence import Fact, Gap

_GATEWAY, _ENGINE = "bedrock-agentcore-control.gateway", "bedrock-agentcore-control.policy_engine"
_BROKEN = ("DELETING", "CREATE_FAILED", "UPDATE_FAILED", "DELETE_FAILED")


def check(question: Question) -> Iterator[Opinion]:
    """Follow each gateway to its policy engine, and see whether that decides or only takes notes."""
    for fact in question.facts(_GATEWAY):
        yield _judge(question, fact).about(fact)


def _judge(question: Question, gateway: Fact) -> Answer:
    if "policyEngineConfiguration" not in gateway.payload:
        return Answer(Verdict.FAIL, "no policy engine judges its calls")
    configuration = part(gateway.payload, "policyEngineConfiguration")
    arn, mode = said(configuration, "arn"), said(configuration, "mode")
    if mode == "LOG_ONLY":
        return Answer(Verdict.FAIL, "its policy engine takes notes and stops nothing (LOG_ONLY)")
    if mode != "ENFORCE" or arn is None:
        return Answer(Verdict.UNKNOWN, f"the mode of its policy engine is {mode or 'not said'}")
    engine = question.at(_ENGINE, question.scope, arn)
    if isinstance(engine, Gap):
        because = f"its policy engine {arn} could not be read: {engine.reason.value}"
        return Answer(Verdict.UNKNOWN, because, (engine,))
    if engine is None:
        return Answer(Verdict.UNKNOWN, f"its policy engine {arn} is not among those that were read here")
    status = said(engine.payload, "status")
    if status == "ACTIVE":
        return Answer(Verdict.PASS, f"policy engine {arn} decides on each call", (engine,))
    verdict = Verdict.FAIL if status in _BROKEN else Verdict.UNKNOWN
    return Answer(verdict, f"its policy engine {arn} is {status or 'of a status not said'}", (engine,))


CONTROL = Control(
    id="BR-ACR-004",
    title="AgentCore gateways enforce a policy engine's decisions",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(_GATEWAY, _ENGINE),
    rationale=(
        "Who may come in says nothing about which tool they may use with which input. A policy engine that only logs"
        " tells afterwards what a model was talked into."
    ),
    remedy=(
        "Call bedrock-agentcore:UpdateGateway with policyEngineConfiguration naming an engine whose status is ACTIVE,"
        " and mode ENFORCE."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "AgentCore gateways were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy.html",),
    claims=("S30", "S33"),
)
