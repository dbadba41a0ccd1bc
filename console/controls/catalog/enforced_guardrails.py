"""A guardrail must stand before every call of a model, whether the caller names one or not."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import part, said
from console.domain.evidence import Fact

_KIND = "bedrock.enforced_guardrail"
_ALL = "ALL"


def check(question: Question) -> Iterator[Opinion]:
    """Judge each configuration by what it leaves out; other Regions are for residency to judge."""
    if not question.is_approved_region:
        because = f"{question.scope.region} is not an approved Region"
        yield Opinion(
            subject=str(question.scope),
            verdict=Verdict.NOT_APPLICABLE,
            because=because,
            evidence=question.basis,
        )
        return
    for fact in question.facts(_KIND):
        verdict, because = _judge(fact)
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact) -> tuple[Verdict, str]:
    models = part(fact.payload, "modelEnforcement")
    included, excluded = models.get("includedModels"), models.get("excludedModels")
    if models and (not isinstance(included, list) or _ALL not in included):
        return (
            Verdict.FAIL,
            f"it stands before some models only: {', '.join(map(str, included or ['not said']))}",
        )
    if excluded:
        return Verdict.FAIL, f"it leaves out {', '.join(map(str, excluded))}"
    tags = said(fact.payload, "inputTags")
    if tags == "HONOR":
        return Verdict.FAIL, "it looks only at what the caller tags, so a caller can go round it"
    if tags != "IGNORE":
        return Verdict.UNKNOWN, f"its inputTags are {tags or 'not said'}, which this build does not know"
    name = f"{said(fact.payload, 'guardrailId')} version {said(fact.payload, 'guardrailVersion')}"
    return Verdict.PASS, f"guardrail {name} stands before every model, whatever the caller tags"


CONTROL = Control(
    id="BR-GRD-005",
    title="The account enforces a guardrail on every call",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "A guardrail that is there filters nothing until a call names it. Only one that the account enforces cannot be"
        " forgotten or left out."
    ),
    remedy=(
        "Call bedrock:PutEnforcedGuardrailConfiguration with a numbered version, inputTags IGNORE and no model"
        " excluded, in every approved Region."
    ),
    check=check,
    nothing=(Verdict.FAIL, "enforced guardrails were read to the end; none is enforced here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-enforcements.html",),
    claims=("S13", "S28", "S39"),
)
