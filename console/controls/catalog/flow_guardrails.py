"""Every node of a flow that asks a model must do so through a guardrail."""

from collections.abc import Iterator

from console.controls.answers import Answer, together
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.guardrails import GUARDRAIL, named_version
from console.controls.payload import listed, part, said
from console.domain.evidence import Fact, Payload

_KINDS = ("bedrock-agent.flow", "bedrock-agent.flow_version")
_ASKING = {"Prompt": "prompt", "KnowledgeBase": "knowledgeBase"}
_LOOP = "Loop"
_SILENT = (
    "Input", "Output", "Condition", "Lex", "LambdaFunction", "Storage", "Agent", "Retrieval", "Iterator",
    "Collector", "InlineCode", "LoopInput", "LoopController",
)  # fmt: skip
"""Types of nodes that ask no model themselves; an agent's guardrail is the agent's own."""


def check(question: Question) -> Iterator[Opinion]:
    """Look at each node of each draft and version in use, those inside loops too."""
    for kind in _KINDS:
        for fact in question.facts(kind):
            yield _judge(question, fact).about(fact)


def _judge(question: Question, fact: Fact) -> Answer:
    definition = part(fact.payload, "definition")
    if "nodes" not in definition:
        return Answer(Verdict.UNKNOWN, "AWS did not say of which nodes it is made")
    answers = list(_of(question, definition))
    if not answers:
        return Answer(Verdict.NOT_APPLICABLE, "none of its nodes asks a model")
    return together(answers, "; ".join(answer.because for answer in answers))


def _of(question: Question, definition: Payload) -> Iterator[Answer]:
    for node in listed(definition, "nodes"):
        name, sort = said(node, "name") or "without a name", said(node, "type")
        configuration = part(node, "configuration")
        if sort == _LOOP:
            yield from _of(question, part(part(configuration, "loop"), "definition"))
        elif sort in _ASKING:
            yield _asks(question, name, part(configuration, _ASKING[sort]))
        elif sort not in _SILENT:
            because = f"node {name} is of type {sort or 'not said'}, which this build does not know"
            yield Answer(Verdict.UNKNOWN, because)


def _asks(question: Question, name: str, configuration: Payload) -> Answer:
    """Answer for a node; one that hands on what a knowledge base found asks no model to say it in words."""
    if not configuration:
        return Answer(Verdict.UNKNOWN, f"AWS did not say what node {name} does")
    if "knowledgeBaseId" in configuration and said(configuration, "modelId") is None:
        return Answer(Verdict.PASS, f"node {name} returns what it found as it is")
    guardrail = part(configuration, "guardrailConfiguration")
    answer = named_version(
        question, said(guardrail, "guardrailIdentifier"), said(guardrail, "guardrailVersion")
    )
    return Answer(answer.verdict, f"node {name}: {answer.because}", answer.evidence)


CONTROL = Control(
    id="BR-FLW-001",
    title="Every node of a flow that asks a model has a numbered guardrail",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(*_KINDS, GUARDRAIL),
    rationale=(
        "A flow hands what one node says to the next. One node without a guardrail is enough for what the others hold"
        " back to get through."
    ),
    remedy=(
        "Call bedrock:UpdateFlow with guardrailConfiguration naming a published version of a guardrail in every prompt"
        " and knowledge base node, then bedrock:PrepareFlow and bedrock:CreateFlowVersion, and point the aliases to it"
        " with bedrock:UpdateFlowAlias."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "flows were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/flows-guardrails.html",),
    claims=("S13", "S39"),
)
