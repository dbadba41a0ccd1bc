"""Somebody must answer for each guardrail, profile and model."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import listed, said
from console.domain.evidence import Fact

_KIND = "bedrock.tags"


def check(question: Question) -> Iterator[Opinion]:
    """Look for each required tag with a value."""
    for fact in question.facts(_KIND):
        verdict, because = _judge(fact, question.policy.required_tags)
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact, required: tuple[str, ...]) -> tuple[Verdict, str]:
    if "tags" not in fact.payload:
        return Verdict.UNKNOWN, "AWS did not say its tags"
    held = {(said(each, "key") or "").lower(): said(each, "value") for each in listed(fact.payload, "tags")}
    missing = [name for name in required if not held.get(name.lower())]
    if missing:
        return Verdict.FAIL, f"it has no tag {', '.join(missing)}"
    return Verdict.PASS, "; ".join(
        f"{name} is {held[name.lower()]}" for name in required
    ) or "no tag is required"


CONTROL = Control(
    id="BR-TAG-001",
    title="Guardrails, profiles and models name their owner and classification",
    severity=Severity.LOW,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale="What nobody owns is neither reviewed nor deleted, and its cost and its hits cannot be laid to anybody.",
    remedy="Call bedrock:TagResource with the tags of policy.required_tags.",
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "tags were read to the end; there is nothing here to tag"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/tagging.html",),
    claims=("S39",),
)
