"""Agents, flows, prompts and knowledge bases must name models that run in approved Regions."""

from collections.abc import Iterator

from console.controls.answers import Answer, together
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.routes import MODEL, PROFILE, ROUTER, models_named, route

_KINDS = (
    "bedrock-agent.agent",
    "bedrock-agent.agent_version",
    "bedrock-agent.flow",
    "bedrock-agent.flow_version",
    "bedrock-agent.prompt",
    "bedrock-agent.knowledge_base",
    "bedrock-agent.data_source",
)


def check(question: Question) -> Iterator[Opinion]:
    """Follow every model that a thing names, at whatever depth, to where it runs."""
    known: dict[str, Answer] = {}
    for kind in _KINDS:
        for fact in question.facts(kind):
            names = dict.fromkeys(models_named(fact.payload))
            for name in names:
                if name not in known:
                    known[name] = route(question, name)
            if names:
                good = "; ".join(known[name].because for name in names)
                yield together((known[name] for name in names), good).about(fact)


CONTROL = Control(
    id="BR-RES-007",
    title="Agents, flows, prompts and knowledge bases name only models that run in approved Regions",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(*_KINDS, MODEL, PROFILE, ROUTER),
    rationale=(
        "What an agent in London is asked goes where its model runs. A profile that crosses Regions has an address in"
        " London and looks like a model there."
    ),
    remedy=(
        "Name a foundation model of an approved Region, or an application inference profile whose every model lies in"
        " one, with bedrock:UpdateAgent, UpdateFlow, UpdatePrompt or UpdateDataSource; make a version and point the"
        " aliases to it. A knowledge base's embedding model cannot be changed: create it anew."
    ),
    check=check,
    nothing=(
        Verdict.NOT_APPLICABLE,
        "agents, flows, prompts and knowledge bases were read to the end; none names a model",
    ),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html",),
    claims=("S02", "S15"),
)
