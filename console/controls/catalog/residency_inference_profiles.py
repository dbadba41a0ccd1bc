"""Application inference profiles must route only to approved Regions."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import arn_region, listed, said
from console.domain.evidence import Fact

_KIND = "bedrock.inference_profile"


def check(question: Question) -> Iterator[Opinion]:
    """Look at the Regions inside each profile's models; a profile's name and prefix say nothing."""
    for fact in question.facts(_KIND):
        type_ = said(fact.payload, "type")
        if type_ == "SYSTEM_DEFINED":
            continue
        if type_ != "APPLICATION":
            verdict, because = Verdict.UNKNOWN, f"its type is {type_}, which this build does not know"
        else:
            verdict, because = _judge(fact, question.policy.approved_regions)
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact, approved: tuple[str, ...]) -> tuple[Verdict, str]:
    regions = [arn_region(each.get("modelArn")) for each in listed(fact.payload, "models")]
    if not regions:
        return Verdict.UNKNOWN, "AWS listed no model in it, so its Regions are not known"
    outside = sorted(
        {region or "every Region (global)" for region in regions if region not in (None, *approved)}
    )
    if outside:
        return Verdict.FAIL, f"it routes to {', '.join(outside)}"
    if None in regions:
        return Verdict.UNKNOWN, "the ARN of one of its models is not understood"
    return Verdict.PASS, f"it routes only to {', '.join(sorted(set(filter(None, regions))))}"


CONTROL = Control(
    id="BR-RES-001",
    title="Application inference profiles route only to approved Regions",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "A profile sends prompts and completions to any Region among its models. A model ARN without a Region"
        " is global: AWS chooses where the data is processed."
    ),
    remedy=(
        "Delete the application inference profile with bedrock:DeleteInferenceProfile and create it again from"
        " a model, or a profile, whose every model ARN lies in an approved Region."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "inference profiles were read to the end; none is an application's"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles.html",),
    claims=("S02", "S15"),
)
