"""Prompt routers must route only to approved Regions."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import said
from console.controls.routes import MODEL, PROFILE, ROUTER, route


def check(question: Question) -> Iterator[Opinion]:
    """Follow each router of the account's own to its models; AWS's are there for everybody, used or not."""
    for fact in question.facts(ROUTER):
        sort = said(fact.payload, "type")
        if sort == "default":
            continue
        answer = Answer(Verdict.UNKNOWN, f"its type is {sort or 'not said'}, which this build does not know")
        if sort == "custom":
            answer = route(question, said(fact.payload, "promptRouterArn"))
        yield answer.about(fact)


CONTROL = Control(
    id="BR-RES-006",
    title="Prompt routers of the account route only to approved Regions",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(ROUTER, PROFILE, MODEL),
    rationale=(
        "A router picks a model for each prompt. One of them being a profile that crosses Regions is enough for some"
        " prompts, and nobody can say which, to be processed elsewhere."
    ),
    remedy=(
        "Delete the router with bedrock:DeletePromptRouter and create it again from models, or from profiles whose"
        " every model lies in an approved Region."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "prompt routers were read to the end; none is the account's own"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-routing.html",),
    claims=("S15",),
)
