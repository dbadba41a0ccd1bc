"""Every alias of a flow must lead to a numbered version that works."""

from collections.abc import Iterator

from console.controls.answers import Answer, together
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import listed, said
from console.domain.evidence import Fact, Gap, Payload

_ALIAS, _VERSION = "bedrock-agent.flow_alias", "bedrock-agent.flow_version"
_DRAFT = "DRAFT"
_TEST_ALIAS = "TSTALIASID"
"""AWS's own, in every flow: it leads to the draft and cannot lead elsewhere."""
_BROKEN = ("Failed", "NotPrepared")


def check(question: Question) -> Iterator[Opinion]:
    """Follow each alias to its version."""
    for fact in question.facts(_ALIAS):
        yield _judge(question, fact).about(fact)


def _judge(question: Question, alias: Fact) -> Answer:
    if said(alias.payload, "id") == _TEST_ALIAS:
        return Answer(Verdict.NOT_APPLICABLE, "it is AWS's own for trials, and always leads to the draft")
    answers = [_follow(question, alias, each) for each in listed(alias.payload, "routingConfiguration")]
    if not answers:
        return Answer(Verdict.UNKNOWN, "AWS did not say where it leads")
    return together(answers, "; ".join(answer.because for answer in answers))


def _follow(question: Question, alias: Fact, route: Payload) -> Answer:
    flow, version = said(alias.payload, "flowId"), said(route, "flowVersion")
    if flow is None or version is None:
        return Answer(Verdict.UNKNOWN, "AWS did not say to which version it leads")
    if version == _DRAFT:
        return Answer(Verdict.FAIL, "it leads to the draft, which changes whenever somebody edits it")
    found = question.at(_VERSION, question.scope, f"{flow}:{version}")
    if not isinstance(found, Fact):
        why = f"could not be read: {found.reason.value}" if isinstance(found, Gap) else "was not read"
        return Answer(Verdict.UNKNOWN, f"version {version} {why}", (found,) if found else ())
    status = said(found.payload, "status")
    because = f"it leads to version {version}, which is {status or 'of a status not said'}"
    if status == "Prepared":
        return Answer(Verdict.PASS, because, (found,))
    return Answer(Verdict.FAIL if status in _BROKEN else Verdict.UNKNOWN, because, (found,))


CONTROL = Control(
    id="BR-FLW-002",
    title="Every alias of a flow leads to a numbered version that is prepared",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(_ALIAS, _VERSION),
    rationale=(
        "An alias that leads to the draft runs whatever somebody saved last: nobody reviewed it, and what ran"
        " yesterday cannot be shown."
    ),
    remedy=(
        "Call bedrock:PrepareFlow and bedrock:CreateFlowVersion, then bedrock:UpdateFlowAlias with that version in"
        " routingConfiguration; delete aliases that nobody uses with bedrock:DeleteFlowAlias."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "flows and their aliases were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/flows-deploy.html",),
    claims=("S39",),
)
