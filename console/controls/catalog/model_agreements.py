"""Models that are sold on terms must be called under an agreement that was accepted."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.availability import AVAILABILITY, may_call
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import listed, part, said
from console.domain.evidence import Fact, Gap

_TERMS = "bedrock.model_agreement"
_ABSENT = {
    "NOT_AVAILABLE": "no agreement was accepted",
    "PENDING": "its agreement is not concluded yet",
    "ERROR": "its agreement failed",
}


def check(question: Question) -> Iterator[Opinion]:
    """Look at the agreement of each model that comes with terms, or of which AWS tells an agreement gone wrong."""
    for fact in question.facts(AVAILABILITY):
        terms = question.at(_TERMS, fact.scope, fact.key)
        agreement = part(fact.payload, "agreementAvailability")
        answer = _judge(fact, terms, said(agreement, "status"), said(agreement, "errorMessage"))
        if answer is not None:
            yield Answer(answer.verdict, answer.because, (terms,) if terms else ()).about(fact)


def _judge(fact: Fact, terms: Fact | Gap | None, status: str | None, error: str | None) -> Answer | None:
    """Answer for a model; one without terms, or that nobody asked for and nobody can call, needs no agreement."""
    allowed = may_call(fact)
    if isinstance(terms, Gap):
        return Answer(Verdict.UNKNOWN, f"its terms could not be read: {terms.reason.value}")
    if status == "AVAILABLE":
        return Answer(Verdict.PASS, f"an agreement is in force{_where(terms)}") if terms else None
    if status not in _ABSENT or allowed is None:
        return Answer(
            Verdict.UNKNOWN, f"its agreement is {status or 'not said'}, and so is whether it may be called"
        )
    words = f"{_ABSENT[status]}{f' ({error})' if error else ''}"
    if allowed:
        return Answer(Verdict.FAIL, f"the account may call it, and {words}{_where(terms)}")
    if status == "NOT_AVAILABLE":
        return None
    return Answer(Verdict.UNKNOWN, f"the account may not call it yet; {words}{_where(terms)}")


def _where(terms: Fact | None) -> str:
    """Return where the terms can be read, if AWS said so."""
    offers = listed(terms.payload, "offers") if terms else ()
    found = [said(part(part(each, "termDetails"), "legalTerm"), "url") for each in offers]
    named = ", ".join(dict.fromkeys(each for each in found if each))
    return f"; terms: {named}" if named else ""


CONTROL = Control(
    id="BR-MDL-004",
    title="Models that are sold on terms are called under an accepted agreement",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(AVAILABILITY, _TERMS),
    rationale=(
        "Where a model may be called and no agreement stands behind it, the next call either accepts the maker's"
        " licence in the department's name or breaks it."
    ),
    remedy=(
        "Read the named terms, then call bedrock:CreateFoundationModelAgreement with the offer's token; or deny the"
        " model with a service control policy on bedrock:InvokeModel* for its ARN."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "availability was read to the end; no model here comes with terms"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/model-access-modify.html",),
    claims=("S11",),
)
