"""Every alias of an agent must lead to a numbered version that a guardrail guards."""

from collections.abc import Iterator

from console.controls.answers import Answer, together
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.guardrails import GUARDRAIL, named_version
from console.controls.payload import listed, part, said
from console.domain.evidence import Fact, Gap, Payload

_ALIAS, _VERSION, _AGENT = "bedrock-agent.agent_alias", "bedrock-agent.agent_version", "bedrock-agent.agent"
_DRAFT = "DRAFT"
_TEST_ALIAS = "TSTALIASID"
"""AWS's own, in every agent: it leads to the draft and cannot lead elsewhere."""


def check(question: Question) -> Iterator[Opinion]:
    """Follow each alias to its version, and that to its guardrail: what the draft says proves nothing."""
    for fact in question.facts(_ALIAS):
        routes = listed(fact.payload, "routingConfiguration")
        answers = [_follow(question, fact, route) for route in routes]
        if not answers:
            answers = [Answer(Verdict.UNKNOWN, "AWS did not say where it leads")]
        yield together(answers, "; ".join(answer.because for answer in answers)).about(fact)


def _follow(question: Question, alias: Fact, route: Payload) -> Answer:
    agent, version = said(alias.payload, "agentId"), said(route, "agentVersion")
    is_test = said(alias.payload, "agentAliasId") == _TEST_ALIAS
    if agent is None or version is None:
        return Answer(Verdict.UNKNOWN, "AWS did not say to which version it leads")
    if version == _DRAFT and not is_test:
        return Answer(Verdict.FAIL, "it leads to the draft, which changes whenever somebody edits it")
    if version == _DRAFT:
        found = question.at(_AGENT, question.scope, agent)
    else:
        found = question.at(_VERSION, question.scope, f"{agent}:{version}")
    if not isinstance(found, Fact):
        why = f"could not be read: {found.reason.value}" if isinstance(found, Gap) else "was not read"
        return Answer(Verdict.UNKNOWN, f"version {version} {why}", (found,) if found else ())
    guardrail = part(found.payload, "guardrailConfiguration")
    answer = named_version(
        question, said(guardrail, "guardrailIdentifier"), said(guardrail, "guardrailVersion")
    )
    because = f"it leads to version {version}: {answer.because}"
    return Answer(answer.verdict, because, (found, *answer.evidence))


CONTROL = Control(
    id="BR-AGT-001",
    title="Every alias of an agent leads to a numbered version with a numbered guardrail",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(_ALIAS, _VERSION, _AGENT, GUARDRAIL),
    rationale=(
        "People talk to the version that an alias leads to. A guardrail on the draft guards none of them, and an alias"
        " on the draft answers with whatever somebody saved last."
    ),
    remedy=(
        "Call bedrock:UpdateAgent with guardrailConfiguration naming a published version of a guardrail, then"
        " bedrock:PrepareAgent and bedrock:CreateAgentAlias, which makes a version, and point the alias to it with"
        " bedrock:UpdateAgentAlias and routingConfiguration; delete aliases that nobody uses."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "agents and their aliases were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/agents-guardrail.html",),
    claims=("S13", "S39"),
)
