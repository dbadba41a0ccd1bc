"""Guardrails must be processed only in approved Regions."""

from collections.abc import Iterator, Mapping

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import said
from console.domain.evidence import Fact

_KIND = "bedrock.guardrail"
_DESTINATIONS: Mapping[str, tuple[str, ...]] = {"uk.guardrail.v1:0": ("eu-west-2",)}
"""Guardrail profiles whose destinations AWS documents as one Region; every other one reaches further."""


def check(question: Question) -> Iterator[Opinion]:
    """Look at each version's guardrail profile; without one, text stays in the guardrail's own Region."""
    for fact in question.facts(_KIND):
        verdict, because = _judge(fact, question)
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact, question: Question) -> tuple[Verdict, str]:
    approved = question.policy.approved_regions
    details = fact.payload.get("crossRegionDetails")
    if details is None:
        if question.is_approved_region:
            return Verdict.PASS, f"it has no cross-Region profile and lies in {question.scope.region}"
        return Verdict.FAIL, f"it lies in {question.scope.region}, which is not approved"
    profile = _profile(details) if isinstance(details, dict) else None
    if profile is None:
        return Verdict.UNKNOWN, "AWS says that it crosses Regions and does not say by which profile"
    destinations = _DESTINATIONS.get(profile)
    if destinations is None:
        return Verdict.FAIL, f"its profile {profile} processes text in other Regions"
    if set(destinations) <= set(approved):
        return Verdict.PASS, f"its profile {profile} processes text only in {', '.join(destinations)}"
    return (
        Verdict.FAIL,
        f"its profile {profile} processes text in {', '.join(destinations)}, which is not approved",
    )


def _profile(details: Mapping[str, object]) -> str | None:
    arn = said(details, "guardrailProfileArn")
    return said(details, "guardrailProfileId") or (arn.rpartition("/")[2] if arn else None)


CONTROL = Control(
    id="BR-RES-002",
    title="Guardrails are processed only in approved Regions",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale="A guardrail with a cross-Region profile sends prompts and completions elsewhere to be examined.",
    remedy=(
        "Call bedrock:UpdateGuardrail with crossRegionConfig.guardrailProfileIdentifier uk.guardrail.v1:0, or"
        " without crossRegionConfig on the CLASSIC tier, publish a version, and delete the versions that fail."
        " A guardrail outside the approved Regions must be deleted and made again in one of them."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "guardrails were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-cross-region.html",),
    claims=("S15",),
)
