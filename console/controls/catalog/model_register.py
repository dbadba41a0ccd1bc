"""Models that an account may call must be on the department's register."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.availability import AVAILABILITY, may_call
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import said
from console.domain.evidence import Fact


def check(question: Question) -> Iterator[Opinion]:
    """Look up each model that may be called; without a register there is nothing to hold models to."""
    approved = question.policy.approved_models
    if not approved:
        yield Opinion(
            subject=str(question.scope),
            verdict=Verdict.NOT_APPLICABLE,
            because="no register of approved models is kept",
            evidence=question.basis,
        )
        return
    for fact in question.facts(AVAILABILITY):
        answer = _judge(fact, approved)
        if answer is not None:
            yield answer.about(fact)


def _judge(fact: Fact, approved: tuple[str, ...]) -> Answer | None:
    """Answer for a model; one that cannot be called needs no approval."""
    allowed, model = may_call(fact), said(fact.payload, "modelId")
    if allowed is None or model is None:
        return Answer(Verdict.UNKNOWN, "AWS did not say whether the account may call it")
    if not allowed:
        return None
    if model in approved:
        return Answer(Verdict.PASS, "the account may call it, and it is on the register")
    return Answer(Verdict.FAIL, "the account may call it, and it is not on the register")


CONTROL = Control(
    id="BR-MDL-003",
    title="Models that the account may call are on the register of approved models",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(AVAILABILITY,),
    rationale=(
        "A model that nobody approved and everybody may call is one prompt away from being used: under terms that"
        " nobody read, and with a retention mode of its own."
    ),
    remedy=(
        "Add the model to policy.approved_models once its terms and retention were accepted; or deny it with a service"
        " control policy on bedrock:InvokeModel* for its ARN, and end its agreement with"
        " bedrock:DeleteFoundationModelAgreement."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "availability was read to the end; the account may call no model here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html",),
    claims=("S11", "S14"),
)
