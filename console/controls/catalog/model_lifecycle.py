"""Approved models must be active in approved Regions."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import part, said
from console.domain.evidence import Fact

_KIND = "bedrock.foundation_model"


def check(question: Question) -> Iterator[Opinion]:
    """Look up each model of the register; without a register there is nothing to hold models to."""
    if not question.is_approved_region or not question.policy.approved_models:
        because = "no register of approved models is kept"
        if question.policy.approved_models:
            because = f"{question.scope.region} is not an approved Region"
        yield Opinion(
            subject=str(question.scope),
            verdict=Verdict.NOT_APPLICABLE,
            because=because,
            evidence=question.basis,
        )
        return
    offered = {said(fact.payload, "modelId"): fact for fact in question.facts(_KIND)}
    for model in question.policy.approved_models:
        fact = offered.get(model)
        verdict, because = _judge(fact)
        yield Opinion(
            subject=model, verdict=verdict, because=because, evidence=(fact,) if fact else question.basis
        )


def _judge(fact: Fact | None) -> tuple[Verdict, str]:
    if fact is None:
        return Verdict.FAIL, "foundation models were read to the end; this one is not offered here"
    lifecycle = part(fact.payload, "modelLifecycle")
    status = said(lifecycle, "status")
    if status == "ACTIVE":
        return Verdict.PASS, "its lifecycle status is ACTIVE"
    if status == "LEGACY":
        end = lifecycle.get("endOfLifeTime")
        return (
            Verdict.FAIL,
            f"its lifecycle status is LEGACY, until {end}" if end else "its lifecycle status is LEGACY",
        )
    return Verdict.UNKNOWN, f"its lifecycle status is {status or 'not said'}, which this build does not know"


CONTROL = Control(
    id="BR-MDL-001",
    title="Approved models are active in approved Regions",
    severity=Severity.LOW,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale="A legacy model is withdrawn at its end of life, and what depends on it stops.",
    remedy="Approve the model's successor in the register (policy.approved_models) and move applications to it.",
    check=check,
    nothing=(Verdict.UNKNOWN, "foundation models were read to the end, but no answer was reached"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html",),
    claims=("S14",),
)
